import Bitcoin
import Curve
import Primitives
import Tapscript
import TestSupport
import Testing

/// Reasons that no published vector states: tapscript, its limits, and what relay adds to it.
@Suite("Interpreter")
struct InterpreterTests {
    private static func reason(
        _ script: [UInt8], _ stack: [[UInt8]] = [], _ context: ScriptContext = ScriptContext()
    ) -> ScriptError? {
        do throws(ScriptError) {
            try Interpreter.evaluate(
                CompiledScript(Script(script)), stack: stack, context: context)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "What relay refuses and consensus accepts",
        arguments: [
            ([0x01, 0x05], .minimalData), ([0x4C, 0x00, 0x91], .minimalData),
            ([0x51, 0x02, 0x01, 0x00, 0x9C], .scriptNum),
            ([0xB0, 0x51], .discourageUpgradableNops),
            ([0x50], .discourageOpSuccess), ([0x51, 0x4C, 0xFF, 0x50], .badOpcode),
            ([0x51, 0x02, 0x07, 0x07, 0xAC], .discourageUpgradablePubkeyType),
        ] as [([UInt8], ScriptError)])
    func policy(_ script: [UInt8], _ expected: ScriptError) {
        let standard = Self.reason(script, [], ScriptContext(flags: .standard))
        #expect(standard == expected)
        // A push that is cut off is refused by consensus too.
        #expect(Self.reason(script) == (expected == .badOpcode ? .badOpcode : nil))
    }

    @Test(
        "Zero has many forms, and each rule has its own view of them",
        arguments: [
            ([], nil, nil, nil), ([0x00], .scriptNum, .tapscriptMinimalIf, nil),
            ([0x80], .scriptNum, .tapscriptMinimalIf, nil),
            ([0x00, 0x80], .scriptNum, .tapscriptMinimalIf, nil),
            ([0x01], nil, nil, .numEqualVerify),
            ([0x02], nil, .tapscriptMinimalIf, .numEqualVerify),
            ([1, 0], .scriptNum, .tapscriptMinimalIf, .numEqualVerify),
            ([0, 0, 0, 0, 0], .scriptNum, .tapscriptMinimalIf, .scriptNum),
        ] as [([UInt8], ScriptError?, ScriptError?, ScriptError?)])
    func zeros(
        _ item: [UInt8], _ asNumber: ScriptError?, _ asCondition: ScriptError?,
        _ asZero: ScriptError?
    ) {
        // 1ADD DROP 1; IF ENDIF 1; 0 NUMEQUALVERIFY 1.
        #expect(
            Self.reason([0x8B, 0x75, 0x51], [item], ScriptContext(flags: .standard)) == asNumber)
        #expect(Self.reason([0x63, 0x68, 0x51], [item]) == asCondition)
        #expect(Self.reason([0x00, 0x9D, 0x51], [item]) == asZero)
    }

    @Test("Only exactly zero is equal to zero")
    func equality() {
        for item: [UInt8] in [[0], [0x80], [0, 0]] {
            #expect(Self.reason([0x00, 0x88, 0x51], [item]) == .equalVerify)
        }
        #expect(Self.reason([0x00, 0x88, 0x51], [[]]) == nil)
    }

    @Test("1,000 items and 520 bytes are the limit, 81 bytes are not")
    func limits() {
        let items = [[UInt8]](repeating: [1], count: 1000)
        let drops = [UInt8](repeating: 0x75, count: 999)
        #expect(Self.reason(drops, items) == nil)
        #expect(Self.reason(drops + [0x75], items + [[1]]) == .stackSize)
        #expect(Self.reason([0x76] + drops + [0x75], items) == .stackSize)
        for byteCount in [80, 81, 520] {
            let item = [UInt8](repeating: 1, count: byteCount)
            #expect(Self.reason([0x75, 0x51], [item]) == nil)
        }
        #expect(Self.reason([0x75, 0x51], [[UInt8](repeating: 1, count: 521)]) == .pushSize)
        let long = [UInt8](repeating: 0x61, count: 20_000)
        #expect(Self.reason(long + [0x51]) == nil)
        let old = ScriptContext(.witnessV0)
        #expect(Self.reason(long + [0x51], [], old) == .scriptSize)
    }

    @Test("Each checked signature costs 50, an absent one nothing")
    func weight() {
        // Keys of 33 bytes have no meaning yet: every signature is good for them.
        let key = [UInt8](repeating: 2, count: 33)
        let check: [UInt8] = [0x76, 33] + key + [0xAD]
        let script = check + check + [0x75, 0x51]
        var context = ScriptContext()
        for (weight, expected) in [(100, nil), (99, .tapscriptValidationWeight)]
            as [(Int, ScriptError?)]
        {
            context.validationWeight = weight
            #expect(Self.reason(script, [[9]], context) == expected)
        }
        context.validationWeight = 0
        let absent: [UInt8] = [33] + key + [0xAC, 0x91]
        #expect(Self.reason(absent, [[]], context) == nil)
        #expect(Self.reason([0x00, 0x00, 0xAC], [], context) == .tapscriptEmptyPubkey)
        #expect(Self.reason([0x00, 0x00, 0x00, 0xAE], []) == .tapscriptCheckMultisig)
    }

    @Test("Without a transaction no signature is valid and no lock is met")
    func noTransaction() {
        let key = XOnlyPublicKey.nums.bytes
        let signature = [UInt8](repeating: 1, count: 64)
        #expect(Self.reason([32] + key + [0xAC], [signature]) == .schnorrSig)
        #expect(Self.reason([0x51, 0xB1], []) == .unsatisfiedLockTime)
        #expect(Self.reason([0x51, 0xB2], []) == .unsatisfiedLockTime)
        #expect(Self.reason([0x4F, 0xB2], []) == .negativeLockTime)
        let none = ScriptContext(flags: [.p2sh, .witness, .taproot])
        #expect(Self.reason([0x51, 0xB2], [], none) == nil)
    }

    @Test("A leaf needs its own control block and leaf version")
    func controlBlocks() throws {
        let leaves = [[0x51], [0x52], [0x53]].map { TapLeaf(script: Script($0)) }
        let tree = try TapTree.balanced(leaves)
        let output = try TaprootOutput(internalKey: .nums, tree: tree)
        let unknown = TapLeaf(version: 0xC2, script: Script([0x00]))
        let other = try TaprootOutput(
            internalKey: .nums, tree: .balanced([unknown, leaves[0]]))
        func reason(
            _ witness: [[UInt8]], _ output: TaprootOutput,
            _ flags: ScriptVerifyFlags = .consensus
        ) -> ScriptError? {
            do throws(ScriptError) {
                try Interpreter.verify(
                    ScriptSpend(witness: Witness(witness), scriptPubKey: output.scriptPubKey),
                    flags: flags, checker: NoTransactionChecker())
                return nil
            } catch {
                return error
            }
        }
        for own in 0..<3 {
            for used in 0..<3 {
                let block = output.controlBlock(forLeaf: used).bytes
                let found = reason([leaves[own].script.bytes, block], output)
                #expect(found == (own == used ? nil : .witnessProgramMismatch))
            }
        }
        let block = other.controlBlock(forLeaf: 0).bytes
        #expect(reason([[0x00], block], other) == nil)
        #expect(
            reason([[0x00], block], other, .standard) == .discourageUpgradableTaprootVersion)
        #expect(reason([[0x00], [0xC0] + block.dropFirst()], other) == .witnessProgramMismatch)
        #expect(reason([[0x51], Array(block.dropLast())], other) == .taprootWrongControlSize)
        #expect(reason([], other) == .witnessProgramWitnessEmpty)
    }

    @Test("A number survives its encoding, and only the shortest form is the shortest")
    func numbers() throws {
        var random = SplitMix64.announced("numbers")
        for _ in 0..<5_000 {
            let bytes = RandomScript.element(&random).prefix(5)
            let item = Array(bytes)
            let expected = try? ScriptNumber.decode(item)
            let found = try? Interpreter.execute(
                CompiledScript(Script([0x8F, 0x8F])), stack: [item],
                context: ScriptContext(flags: .standard))
            #expect(found == expected.map { [ScriptNumber.encode($0)] }, "\(item)")
        }
    }
}
