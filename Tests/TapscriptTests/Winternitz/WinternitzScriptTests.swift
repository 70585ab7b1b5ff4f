import Bitcoin
import Primitives
import Tapscript
import TestSupport
import Testing
import Winternitz

struct WinternitzScriptTests {
    struct Case: Sendable, CustomStringConvertible {
        let form: DigitForm
        let use: DigitUse

        var description: String { "\(form), \(use)" }

        static let all = DigitForm.allCases.flatMap { form in
            DigitUse.allCases.map { Case(form: form, use: $0) }
        }

        func commitment(_ key: OpenKey) -> WinternitzCommitment {
            WinternitzCommitment(name: "value", key: key.publicKey, form: form, use: use)
        }

        func script(_ commitment: WinternitzCommitment) throws -> AssembledScript {
            var assembler = Assembler()
            let declared = commitment.declare(in: &assembler)
            let digits = assembler.verify([declared])
            return try assembler.finish(leaving: digits[0])
        }

        /// What the script leaves for a message.
        func digits(_ message: [UInt8]) -> [[UInt8]] {
            guard use == .keep else { return [] }
            return message.flatMap { [$0 >> 4, $0 & 15] }.map { $0 == 0 ? [] : [$0] }
        }
    }

    @Test(
        "The script accepts the signature and leaves the digits; the decoder reads the message",
        arguments: Case.all)
    func accepts(_ one: Case) throws {
        var random = SplitMix64.announced("winternitz-accepts")
        for byteCount in [1, 2, 4, 8, 20, 32] {
            let key = try OpenKey(messageByteCount: byteCount, random: &random)
            let commitment = one.commitment(key)
            let script = try one.script(commitment)
            let messages =
                [
                    [UInt8](repeating: 0, count: byteCount),
                    [UInt8](repeating: 255, count: byteCount),
                ]
                + (0..<20).map { _ in random.bytes(count: byteCount) }
            for message in messages {
                let witness = try commitment.layout.witness(
                    message: message, signature: key.sign(message))
                #expect(
                    try Interpreter.execute(CompiledScript(script.script), stack: witness)
                        == one.digits(message))
                #expect(
                    commitment.layout.message(inWitness: witness, of: key.publicKey) == message)
            }
        }
    }

    /// Bytes of script and witness on average, times 100.
    private func cost(_ byteCount: Int, _ one: Case) throws -> (script: Int, mean: Int, worst: Int)
    {
        var random = SplitMix64(seed: 0xC057)
        let key = try OpenKey(messageByteCount: byteCount, random: &random)
        let commitment = one.commitment(key)
        let script = try one.script(commitment).properties.byteCount
        let sizes = try (0..<400).map { _ in
            let message = random.bytes(count: byteCount)
            let witness = try commitment.layout.witness(
                message: message, signature: key.sign(message))
            return witness.reduce(0) { $0 + 1 + $1.count }
        }
        let most = [UInt8](repeating: 255, count: byteCount)
        let worst = try commitment.layout.witness(message: most, signature: key.sign(most))
        return (
            script, sizes.reduce(0, +) / sizes.count, worst.reduce(0) { $0 + 1 + $1.count }
        )
    }

    @Test("Sizes of script and witness", arguments: Case.all)
    func sizes(_ one: Case) throws {
        for byteCount in [1, 2, 4, 8, 20, 32] {
            let cost = try cost(byteCount, one)
            print(
                "winternitz \(one) \(byteCount): script \(cost.script) mean \(cost.mean)",
                "worst \(cost.worst) sum \(cost.script + cost.mean)")
        }
    }
}
