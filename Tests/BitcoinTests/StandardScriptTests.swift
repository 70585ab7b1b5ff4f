import Bitcoin
import Primitives
import Testing

struct StandardScriptTests {
    static let hash20 = Bytes20(0..<20) ?? .zero
    static let hash32 = Bytes32(0..<32) ?? .zero

    @Test(
        "Each standard script has its bytes, its kind and its dust threshold",
        arguments: [
            (.payToPublicKeyHash(hash20), "76a914\(hash20)88ac", .publicKeyHash(hash20), 546),
            (.payToScriptHash(hash20), "a914\(hash20)87", .scriptHash(hash20), 540),
            (
                .payToWitnessPublicKeyHash(hash20), "0014\(hash20)", .witnessPublicKeyHash(hash20),
                294
            ),
            (.payToWitnessScriptHash(hash32), "0020\(hash32)", .witnessScriptHash(hash32), 330),
            (.payToTaproot(outputKey: hash32), "5120\(hash32)", .taproot(outputKey: hash32), 330),
            (.payToAnchor, "51024e73", .anchor, 240),
            (.opReturn([1, 2, 3]), "6a03010203", .nullData, 0),
            (.opReturn([]), "6a00", .nullData, 0),
        ] as [(Script, String, StandardScript, Amount)])
    func kinds(
        _ script: Script, _ hex: String, _ kind: StandardScript, _ dust: Amount
    ) throws {
        #expect(script.hex == hex)
        #expect(script.standard == kind)
        #expect(try script.dustThreshold() == dust)
        #expect(!TxOut(value: dust, scriptPubKey: script).isDust)
        if dust > .zero {
            let less = try dust.subtracting(1)
            #expect(TxOut(value: less, scriptPubKey: script).isDust)
        }
    }

    @Test("The named thresholds are those of the scripts")
    func namedThresholds() throws {
        #expect(try Script.payToAnchor.dustThreshold() == .payToAnchorDust)
        let taproot = Script.payToTaproot(outputKey: .zero)
        #expect(try taproot.dustThreshold() == .payToTaprootDust)
        #expect(try taproot.dustThreshold(at: FeeRate(satoshiPerKilovirtualbyte: 0)) == .zero)
    }

    @Test(
        "Scripts that only resemble a standard one are not taken for it",
        arguments: [
            "", "76a914\(hash20)88", "76a914\(hash20)88ad", "a914\(hash20)88", "0013\(hash20)",
            "0015\(hash20)00", "4f14\(hash20)", "6a03ff", "6aac", "5121\(hash32)", "51",
        ])
    func resembling(_ hex: String) throws {
        #expect(try #require(Script(hex: hex)).standard == nil)
    }

    @Test("Witness programs have 2 to 40 bytes and versions 0 to 16")
    func witnessPrograms() throws {
        for version in UInt8(0)...16 {
            for count in [2, 20, 32, 40] {
                let program = [UInt8](repeating: 9, count: count)
                let script = try #require(Script.witnessProgram(version: version, program: program))
                let read = try #require(script.witnessProgram)
                #expect(read.version == version)
                #expect(read.program == program)
            }
        }
        #expect(Script.witnessProgram(version: 17, program: [1, 2]) == nil)
        #expect(Script.witnessProgram(version: 1, program: [1]) == nil)
        #expect(Script.witnessProgram(version: 1, program: Array(repeating: 1, count: 41)) == nil)
        #expect(
            Script.payToTaproot(outputKey: Self.hash32).taprootOutputKey == Self.hash32)
        #expect(Script.payToAnchor.taprootOutputKey == nil)
    }

    @Test("A script too large to be spent has no dust threshold")
    func unspendable() throws {
        let script = Script(Array(repeating: 0x51, count: Script.maximumByteCount + 1))
        #expect(script.isUnspendable)
        #expect(try script.dustThreshold() == .zero)
    }
}
