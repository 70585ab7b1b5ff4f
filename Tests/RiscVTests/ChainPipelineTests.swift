import Primitives
import RiscV
import TestSupport
import Testing

/// Hashing on a second processor changes nothing.
@Suite("Chain pipeline")
struct ChainPipelineTests {
    @Test("a pipeline gives the same chain, whatever the batches", arguments: [1, 7, 64])
    func pipeline(_ batchCapacity: Int) {
        var random = SplitMix64.announced("pipeline")
        let steps = (0..<500).map { _ in Self.step(random.bytes(count: 13)) }
        let pipeline = ChainPipeline(
            from: BLAKE3Chain.initialHash, batchCapacity: batchCapacity)
        var next = 0
        while next < steps.count {
            let short = random.next() % 4 == 0
            unsafe pipeline.append { buffer in
                let count = min(buffer.count / (short ? 2 : 1), steps.count - next)
                for index in 0..<count {
                    unsafe buffer[index] = steps[next + index]
                }
                next += count
                return count
            }
        }
        var expected = BLAKE3Chain.initialHash
        BLAKE3Chain.extend(&expected, by: steps.span)
        #expect(pipeline.finish() == expected)
        #expect(pipeline.finish() == expected)
    }

    @Test("samples are the chain on the way", arguments: [(64, 16), (64, 64), (7, 1), (128, 32)])
    func samples(_ batchCapacity: Int, _ interval: Int) {
        var random = SplitMix64.announced("samples")
        let steps = (0..<500).map { _ in Self.step(random.bytes(count: 13)) }
        let pipeline = ChainPipeline(
            from: BLAKE3Chain.initialHash, batchCapacity: batchCapacity, sampleInterval: interval)
        for start in stride(from: 0, to: steps.count, by: batchCapacity) {
            unsafe pipeline.append { buffer in
                let batch = steps[start...].prefix(batchCapacity)
                for (index, step) in batch.enumerated() { unsafe buffer[index] = step }
                return batch.count
            }
        }
        let hashes = BLAKE3Chain.hashes(from: BLAKE3Chain.initialHash, by: steps.span)
        #expect(pipeline.finish() == hashes.last)
        #expect(
            pipeline.samples
                == stride(from: interval, through: steps.count, by: interval).map {
                    hashes[$0 - 1]
                })
    }

    private static func step(_ data: [UInt8]) -> ChainStep {
        func word(_ start: Int) -> UInt32 {
            data[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        return ChainStep(
            writeAddress: word(0), writeValue: word(4), nextAddress: word(8),
            nextMicro: UInt32(data[12]))
    }
}
