import Bitcoin
import Primitives
import ScriptSupport
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

    /// A leaf that only checks the signature.
    private func leaf(_ commitment: WinternitzCommitment) throws -> Script {
        var assembler = Assembler()
        let declared = commitment.declare(in: &assembler)
        for digits in assembler.verify([declared]) {
            assembler.drop(digits)
        }
        return try assembler.finishVerified().script
    }

    @Test("Script and decoder accept the same witnesses", arguments: Case.all)
    func fuzz(_ one: Case) throws {
        var random = SplitMix64.announced("winternitz-fuzz")
        var (accepted, refused) = (0, 0)
        for byteCount in [1, 2, 4] {
            let key = try OpenKey(messageByteCount: byteCount, random: &random)
            let commitment = one.commitment(key)
            let leaf = try leaf(commitment)
            for round in 0..<1_500 {
                let message = random.bytes(count: byteCount)
                let witness = try commitment.layout.witness(
                    message: message, signature: key.sign(message))
                let changed = round % 20 == 0 ? witness : WitnessFuzz.changed(witness, &random)
                let read = commitment.layout.message(inWitness: changed, of: key.publicKey)
                let accepts = ScriptRun.accepts(leaf, changed)
                #expect(accepts == (read != nil), "\(changed)")
                if changed == witness { #expect(read == message) }
                if accepts { accepted += 1 } else { refused += 1 }
            }
        }
        print("winternitz fuzz \(one): \(accepted) accepted, \(refused) refused")
        #expect(accepted > 200)
        #expect(refused > 2_000)
    }

    @Test("Every digit item refuses everything but its shortest form", arguments: Case.all)
    func strictDigits(_ one: Case) throws {
        var random = SplitMix64.announced("winternitz-strict")
        let key = try OpenKey(messageByteCount: 1, random: &random)
        let commitment = one.commitment(key)
        let leaf = try leaf(commitment)
        for message in 0...UInt8.max {
            let witness = try commitment.layout.witness(
                message: [message], signature: key.sign([message]))
            for (index, item) in commitment.layout.items.enumerated() {
                guard case .digit = item else { continue }
                let right = witness[index]
                let wrong =
                    right.isEmpty
                    ? [[0], [0x80], [0, 0], [0, 0x80]]
                    : [right + [0], right + [0, 0], right + [0, 0, 0, 0], [right[0] | 0x80]]
                for form in wrong {
                    var changed = witness
                    changed[index] = form
                    #expect(!ScriptRun.accepts(leaf, changed))
                    #expect(
                        commitment.layout.message(inWitness: changed, of: key.publicKey) == nil)
                }
            }
        }
    }

    @Test("A digit above 15 with the public value somewhere below is refused")
    func farDigit() throws {
        var random = SplitMix64.announced("winternitz-far")
        let key = try OpenKey(messageByteCount: 1, random: &random)
        let commitment = WinternitzCommitment(
            name: "value", key: key.publicKey, form: .nibble, use: .keep)
        var assembler = Assembler()
        let plant = assembler.input("plant", byteCount: 20)
        let declared = commitment.declare(in: &assembler)
        for digits in assembler.verify([declared]) { assembler.drop(digits) }
        assembler.drop(plant)
        let leaf = try assembler.finishVerified().script
        let witness = try commitment.layout.witness(message: [0x12], signature: key.sign([0x12]))
        for (index, item) in commitment.layout.items.enumerated() {
            guard case .digit(let chain, _) = item else { continue }
            for digit in UInt8(0)...60 where digit > 15 {
                var changed = witness
                changed[index] = [digit]
                let planted = key.publicKey.chains[chain].bytes
                #expect(!ScriptRun.accepts(leaf, [planted] + changed))
            }
        }
    }

    @Test("Many keys in one leaf, and digits as numbers")
    func manyKeys() throws {
        var random = SplitMix64.announced("winternitz-many")
        let lengths = [4, 1, 20, 2]
        let keys = try lengths.map { try OpenKey(messageByteCount: $0, random: &random) }
        for form in DigitForm.allCases {
            let commitments = zip(keys, lengths).map { key, length in
                WinternitzCommitment(
                    name: "key\(length)", key: key.publicKey, form: form,
                    use: length == 20 ? .drop : .keep)
            }
            var assembler = Assembler()
            let declared = commitments.map { $0.declare(in: &assembler) }
            let digits = assembler.verify(declared)
            #expect(digits.map(\.count) == [8, 2, 0, 4])
            let numbers = [
                assembler.number(fromDigits: digits[0][1..<8], as: "low"),
                assembler.number(fromDigits: digits[1], as: "byte"),
                assembler.number(fromDigits: digits[3], as: "short"),
            ]
            let results = Items([digits[0][0]] + numbers)
            assembler.move(results)
            let script = try assembler.finish(leaving: results).script
            for _ in 0..<20 {
                let messages = lengths.map { random.bytes(count: $0) }
                let witness = try zip(zip(keys, commitments), messages).flatMap { pair, message in
                    try pair.1.layout.witness(message: message, signature: pair.0.sign(message))
                }
                let word = messages[0].reduce(Int64(0)) { $0 << 8 | Int64($1) }
                let expected: [Int64] = [
                    word >> 28, word & 0xFFF_FFFF, Int64(messages[1][0]),
                    Int64(messages[3][0]) << 8 | Int64(messages[3][1]),
                ]
                #expect(ScriptRun.stack(script, on: witness) == ScriptRun.items(expected))
            }
        }
    }

    /// Bytes of the script, and of the witness on average and at most.
    private func cost(_ byteCount: Int, _ one: Case) throws -> [Int] {
        var random = SplitMix64(seed: 0xC057)
        let key = try OpenKey(messageByteCount: byteCount, random: &random)
        let commitment = one.commitment(key)
        let script = try one.script(commitment).properties
        let sizes = try (0..<400).map { _ in
            let message = random.bytes(count: byteCount)
            let witness = try commitment.layout.witness(
                message: message, signature: key.sign(message))
            return witness.reduce(0) { $0 + 1 + $1.count }
        }
        let most = [UInt8](repeating: 255, count: byteCount)
        let worst = try commitment.layout.witness(message: most, signature: key.sign(most))
            .reduce(0) { $0 + 1 + $1.count }
        let mean = sizes.reduce(0, +) / sizes.count
        return [
            script.byteCount, mean, max(worst, sizes.max() ?? 0), script.byteCount + mean,
            script.inputItemCount, script.peakItemCount,
        ]
    }

    /// The rows of docs/protocol/winternitz.md.
    private static let sizes: [(form: DigitForm, use: DigitUse, rows: [Int: [Int]])] = [
        (
            form: .bits, use: .keep,
            rows: [
                1: [259, 106, 108, 365, 20, 21],
                2: [389, 161, 166, 550, 30, 31],
                4: [649, 269, 282, 918, 50, 51],
                8: [1170, 485, 514, 1655, 90, 91],
                20: [2795, 1158, 1235, 3953, 215, 216],
                32: [4355, 1807, 1931, 6162, 335, 336],
            ]
        ),
        (
            form: .bits, use: .drop,
            rows: [
                1: [251, 106, 108, 357, 20, 21],
                2: [365, 161, 166, 526, 30, 31],
                4: [606, 269, 282, 875, 50, 51],
                8: [1088, 485, 514, 1573, 90, 91],
                20: [2579, 1158, 1235, 3737, 215, 216],
                32: [4007, 1807, 1931, 5814, 335, 336],
            ]
        ),
        (
            form: .nibble, use: .keep,
            rows: [
                1: [293, 91, 92, 384, 8, 26],
                2: [437, 137, 138, 574, 12, 30],
                4: [725, 229, 230, 954, 20, 38],
                8: [1302, 412, 414, 1714, 36, 54],
                20: [3108, 986, 989, 4094, 86, 104],
                32: [4836, 1536, 1541, 6372, 134, 152],
            ]
        ),
        (
            form: .nibble, use: .drop,
            rows: [
                1: [291, 91, 92, 382, 8, 26],
                2: [431, 137, 138, 568, 12, 30],
                4: [711, 229, 230, 940, 20, 38],
                8: [1272, 412, 414, 1684, 36, 54],
                20: [3030, 986, 989, 4016, 86, 104],
                32: [4712, 1536, 1541, 6248, 134, 152],
            ]
        ),
    ]

    @Test("Sizes are those of the documentation, and within the bounds")
    func sizes() throws {
        for table in Self.sizes {
            let one = Case(form: table.form, use: table.use)
            for byteCount in [1, 2, 4, 8, 20, 32] {
                let cost = try cost(byteCount, one)
                print("winternitz \(one) \(byteCount): \(cost)")
                #expect(cost == table.rows[byteCount], "\(one) \(byteCount)")
            }
        }
        for (byteCount, bound) in [4: 920, 20: 3_900, 32: 6_060] {
            #expect(try cost(byteCount, Case(form: .bits, use: .drop))[3] <= bound)
        }
        #expect(try cost(4, Case(form: .bits, use: .keep))[3] <= 920)
    }
}
