import Bitcoin
import Foundation
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing

/// A witness or scriptSig that satisfies an output, or does not, with Bitcoin Core's reason.
struct ScriptTestVector: Decodable, Sendable {
    let witness: [String]
    let amount: UInt64
    let scriptSig: String
    let scriptPubKey: String
    let flags: String
    let error: String

    /// The transactions that Bitcoin Core's test builds around the scripts.
    func data() throws -> PrecomputedTransactionData {
        let script = try #require(Script(hex: scriptPubKey))
        let output = TxOut(value: try Amount(amount), scriptPubKey: script)
        let credit = Transaction(
            version: 1, inputs: [TxIn(outPoint: .null, scriptSig: Script([0, 0]))],
            outputs: [output])
        let spend = Transaction(
            version: 1,
            inputs: [
                TxIn(
                    outPoint: credit.outPoint(ofOutput: 0),
                    scriptSig: try #require(Script(hex: scriptSig)),
                    witness: Witness(try witness.map { try Hex.decode($0) }))
            ],
            outputs: [TxOut(value: output.value, scriptPubKey: .empty)])
        return try PrecomputedTransactionData(transaction: spend, prevouts: [output])
    }

    /// The reason in the words of `ScriptError`; nil for success.
    ///
    /// Bitcoin Core's older vectors file bad numbers under what is not known.
    var expected: ScriptError? {
        switch error {
        case "OK": nil
        case "UNKNOWN_ERROR": .scriptNum
        case "NULLFAIL": .sigNullFail
        default: ScriptError(rawValue: error)
        }
    }
}

@Suite("Bitcoin Core's script_tests.json")
struct ScriptTestsVectorTests {
    @Test("Every verdict and every reason is Bitcoin Core's")
    func verdicts() throws {
        let vectors = try Vectors.load(ScriptTestVector.self, "script/script_tests")
        #expect(vectors.count == 1217)
        for (index, vector) in vectors.enumerated() {
            let note = "vector \(index): \(vector.scriptSig) / \(vector.scriptPubKey)"
            try #require(vector.error == "OK" || vector.expected != nil, "\(note)")
            let verdict = Verdict(
                try vector.data(), inputIndex: 0, flags: try .named(vector.flags).completed)
            let expected = vector.expected.map { Verdict.refused($0) } ?? .accepted
            #expect(verdict == expected, "\(note), flags \(vector.flags)")
        }
    }

    @Test("Compiling says what the bytes say: one operation for each instruction")
    func operations() throws {
        for vector in try Vectors.load(ScriptTestVector.self, "script/script_tests") {
            let script = try #require(Script(hex: vector.scriptPubKey))
            let compiled = CompiledScript(script)
            if let instructions = try? script.instructions() {
                #expect(compiled.operationCount == instructions.count)
                #expect(!compiled.isTruncated)
            } else {
                #expect(compiled.isTruncated)
            }
        }
    }
}

extension ScriptVerifyFlags {
    private static let names: [String: ScriptVerifyFlags] = [
        "P2SH": .p2sh, "STRICTENC": .strictEncoding, "DERSIG": .dersig, "LOW_S": .lowS,
        "NULLDUMMY": .nullDummy, "SIGPUSHONLY": .sigPushOnly, "MINIMALDATA": .minimalData,
        "DISCOURAGE_UPGRADABLE_NOPS": .discourageUpgradableNops, "CLEANSTACK": .cleanStack,
        "CHECKLOCKTIMEVERIFY": .checkLockTimeVerify,
        "CHECKSEQUENCEVERIFY": .checkSequenceVerify, "WITNESS": .witness,
        "DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM": .discourageUpgradableWitnessProgram,
        "MINIMALIF": .minimalIf, "NULLFAIL": .nullFail, "WITNESS_PUBKEYTYPE": .witnessPubkeyType,
        "CONST_SCRIPTCODE": .constScriptCode, "TAPROOT": .taproot,
        "DISCOURAGE_UPGRADABLE_TAPROOT_VERSION": .discourageUpgradableTaprootVersion,
        "DISCOURAGE_OP_SUCCESS": .discourageOpSuccess,
        "DISCOURAGE_UPGRADABLE_PUBKEYTYPE": .discourageUpgradablePubkeyType,
    ]

    /// Flags by Bitcoin Core's names, between commas.
    static func named(_ list: String) throws -> ScriptVerifyFlags {
        try list.split(separator: ",").reduce(into: []) { flags, name in
            if name != "NONE" { flags.formUnion(try #require(names[String(name)], "\(name)")) }
        }
    }

    /// All of them.
    static var every: ScriptVerifyFlags {
        names.values.reduce(into: []) { $0.formUnion($1) }
    }

    /// With the rules that a rule stands on.
    var completed: ScriptVerifyFlags {
        var flags = self
        if flags.contains(.cleanStack) { flags.formUnion(.witness) }
        if flags.contains(.witness) { flags.formUnion(.p2sh) }
        return flags
    }

    /// Without the rules that stand on a rule that is not there.
    var trimmed: ScriptVerifyFlags {
        var flags = self
        if !flags.contains(.p2sh) { flags.subtract(.witness) }
        if !flags.contains(.witness) { flags.subtract(.cleanStack) }
        return flags
    }
}
