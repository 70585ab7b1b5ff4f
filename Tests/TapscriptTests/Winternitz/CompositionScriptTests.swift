import Bitcoin
import Primitives
import Tapscript
import TestSupport
import Testing
import Winternitz

struct CompositionScriptTests {
    /// A one-time key of profile 2 with its secrets in the open.
    struct Key {
        let secrets: [Bytes20]
        let publicKey: CompositionPublicKey

        init(_ random: inout SplitMix64) throws {
            secrets = (0..<CompositionCode.chainCount).map { _ in
                Bytes20(random.bytes(count: 20)) ?? .zero
            }
            var ends = secrets
            Hash160Lanes.iterate(
                &ends, steps: [UInt8](repeating: CompositionCode.stepCount, count: ends.count))
            publicKey = try CompositionPublicKey(chains: ends)
        }

        func sign(_ message: Bytes20) throws -> CompositionSignature {
            try disclose(CompositionCode.positions(of: message))
        }

        /// The values at positions, whether a message has them or not.
        func disclose(_ positions: [Int]) throws -> CompositionSignature {
            var values = CompositionCode.chainIndices(at: positions).map { secrets[$0] }
            Hash160Lanes.iterate(
                &values, steps: CompositionCode.distances.map { CompositionCode.stepCount - $0 })
            return try CompositionSignature(values: values)
        }
    }

    static func script(_ commitment: CompositionCommitment, _ use: DigitUse) throws
        -> AssembledScript
    {
        var assembler = Assembler()
        let declared = commitment.declare(in: &assembler)
        let positions = assembler.verify(declared, use)
        return try assembler.finish(leaving: positions)
    }

    @Test("The script accepts signatures within 2,450 bytes, and the decoder reads the message")
    func accepts() throws {
        var random = SplitMix64.announced("composition-accepts")
        let key = try Key(&random)
        let commitment = CompositionCommitment(name: "hash", key: key.publicKey)
        let script = try Self.script(commitment, .drop)
        let keeping = try Self.script(commitment, .keep)
        var sizes: [Int] = []
        for _ in 0..<200 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            let signature = try key.sign(message)
            #expect(signature.verify(message: message, publicKey: key.publicKey))
            let positions = CompositionCode.positions(of: message)
            let witness = CompositionCommitment.witness(positions: positions, signature: signature)
            #expect(
                try Interpreter.execute(CompiledScript(script.script), stack: witness).isEmpty)
            #expect(
                try Interpreter.execute(CompiledScript(keeping.script), stack: witness)
                    == positions.map { ScriptNumber.encode(Int64($0)) })
            let read = try #require(commitment.positions(inWitness: witness))
            #expect(CompositionCode.message(CompositionCode.numbers(at: read)) == message)
            sizes.append(script.properties.byteCount + witness.reduce(0) { $0 + 1 + $1.count })
        }
        print(
            "composition: script \(script.properties.byteCount) most \(sizes.max() ?? 0)",
            "mean \(sizes.reduce(0, +) / sizes.count) peak \(script.properties.peakItemCount)",
            "keep \(keeping.properties.byteCount)")
        #expect(sizes.allSatisfy { $0 <= 2450 })
    }
}
