import Foundation
import RiscV

/// A run as long as a dispute allows: time and memory with hashes, then checkpoints, and the rounds
/// of searches that are answered from them.
enum LongRunSuite {
    /// - Parameter stepCount: At least 1; 500 million is what the product is held to.
    static func run(stepCount: UInt64) throws -> SuiteReport {
        var report = SuiteReport("machine, \(stepCount) steps")
        let file = URL(filePath: MachineSuite.folder + "/mulmod.elf")
        let subjects = [
            (
                name: "mulmod", program: try Program(elf: [UInt8](Data(contentsOf: file))),
                input: ProgramInput([0xFF, 0xFF, 0xFF, 0x7F])
            ),
            (name: "scattered stores", program: try ScatteredStores.program(), input: nil),
        ]
        for subject in subjects {
            let name = subject.name
            let machine = try Machine(
                subject.program, input: subject.input, tracking: .writesAndHashes)
            let hashed = Measurement.once("\(name), hashed", count: Int(stepCount)) {
                _ = machine.run(limit: stepCount)
            }
            report.measurements.append(hashed)
            report.figures.append(
                ("\(name), hashed", Int(hashed.wallNanoseconds / 1_000_000), "ms"))
            report.figures.append(
                (
                    "\(name), peak memory so far", Measurement.peakMemoryByteCount / 1_000_000,
                    "MB"
                ))
            try checkpoints(
                subject.program, subject.input, name, stepCount, machine, &report)
        }
        return report
    }

    private static func checkpoints(
        _ program: RiscV.Program, _ input: ProgramInput?, _ name: String, _ stepCount: UInt64,
        _ machine: Machine, _ report: inout SuiteReport
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bitvmx-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try CheckpointedRun(
            program, input: input, storage: CheckpointDirectory(path: folder.path))
        let kept = try Measurement.once("\(name), with checkpoints", count: Int(stepCount)) {
            try run.advance(to: stepCount)
        }
        let hash = try run.hash(at: stepCount)
        precondition(hash == machine.hash, "checkpoints do not change the chain")
        report.measurements.append(kept)
        report.figures.append(
            ("\(name), with checkpoints", Int(kept.wallNanoseconds / 1_000_000), "ms"))
        report.figures.append(
            ("\(name), checkpoints", run.byteCount / 1_000_000, "MB"))
        report.figures.append(
            ("\(name), steps between checkpoints", Int(run.currentSpacing), "steps"))
        for arity in [2, 8, 64, 128, 256] as [UInt64] {
            var slowest: UInt64 = 0
            for eighth in [3, 5, 7] as [UInt64] {
                let target = stepCount / 8 * eighth - 12_345
                slowest = max(slowest, try search(run, arity, target))
            }
            report.figures.append(
                ("\(name), slowest round in \(arity) parts", Int(slowest / 1_000_000), "ms CPU"))
        }
    }

    /// Answers every round of a search that ends at a step, and opens its row.
    ///
    /// - Returns: CPU nanoseconds of the slowest answer.
    private static func search<Storage: CheckpointStorage>(
        _ run: CheckpointedRun<Storage>, _ arity: UInt64, _ target: UInt64
    ) throws -> UInt64 {
        var bits = UInt64(64 - (run.lastStep - 1).leadingZeroBitCount)
        let each = UInt64(arity.trailingZeroBitCount)
        var base: UInt64 = 0
        var slowest: UInt64 = 0
        while bits > 0 {
            let parts = min(each, bits)
            bits -= parts
            let interval = UInt64(1) << bits
            let steps = (1..<UInt64(1) << parts).map { base + $0 * interval }
                .filter { $0 <= run.lastStep }
            let answer = try Measurement.once("round", count: 1) {
                _ = try run.hashes(at: steps)
            }
            slowest = max(slowest, answer.cpuNanoseconds)
            base = (target >> bits) << bits
        }
        let row = try Measurement.once("row", count: 1) { _ = try run.row(at: target + 1) }
        return max(slowest, row.cpuNanoseconds)
    }
}

/// A program without end that stores into 8 MB of memory here and there: hard on checkpoints.
enum ScatteredStores {
    static func program() throws -> RiscV.Program {
        let words: [UInt32] = [
            0x9000_02B7,  // lui x5, 0x90000
            0x0019_63B7,  // lui x7, 0x196
            0x60D3_8393,  // addi x7, x7, 1549: a multiplier that visits every word
            0x0080_0437,  // lui x8, 0x800
            0xFFC4_0413,  // addi x8, x8, -4
            0x0273_0333,  // mul x6, x6, x7
            0x00B3_0313,  // addi x6, x6, 11
            0x0083_54B3,  // srl x9, x6, x8
            0x0083_74B3,  // and x9, x6, x8
            0x0054_84B3,  // add x9, x9, x5
            0x0064_A023,  // sw x6, 0(x9)
            0xFE9F_F06F,  // jal x0, -24
        ]
        return try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: ".text", start: 0x8000_0000, byteCount: UInt32(4 * words.count),
                    kind: .code, content: .initialized(words)),
                Section(
                    name: ".bss", start: 0x9000_0000, byteCount: 0x80_0000, kind: .readWrite,
                    content: .uninitialized), .registers,
            ])
    }
}
