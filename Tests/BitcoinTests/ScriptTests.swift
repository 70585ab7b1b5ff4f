import Bitcoin
import Primitives
import TestSupport
import Testing

struct ScriptTests {
    @Test("Random bytes read as instructions that make up the same bytes, or as an error")
    func randomBytes() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let script = Script(random.bytes(count: Int.random(in: 0...60, using: &random)))
            #expect(Script(hex: script.hex) == script, "seed \(seed)")
            _ = script.standard
            _ = script.witnessProgram
            guard let instructions = try? script.instructions() else {
                #expect(script.disassembly.hasSuffix("[error]"), "seed \(seed)")
                continue
            }
            let byteCount = instructions.reduce(0) { $0 + Self.byteCount($1) }
            #expect(byteCount == script.byteCount, "seed \(seed)")
            #expect(!script.disassembly.contains("error"), "seed \(seed)")
        }
    }

    private static func byteCount(_ instruction: ScriptInstruction) -> Int {
        switch instruction {
        case .opcode: 1
        case .push(let data, .pushData1): 2 + data.count
        case .push(let data, .pushData2): 3 + data.count
        case .push(let data, .pushData4): 5 + data.count
        case .push(let data, _): 1 + data.count
        }
    }

    @Test("Instructions of a real output script")
    func instructions() throws {
        let hash = try #require(Bytes20(hex: "a31c06bd463e3923bc1aadbde48b16976c080717"))
        #expect(
            try Script.payToPublicKeyHash(hash).instructions() == [
                .opcode(.dup), .opcode(.hash160), .push(hash.bytes, by: Opcode(20)),
                .opcode(.equalVerify), .opcode(.checkSig),
            ])
        #expect(
            Script.payToPublicKeyHash(hash).disassembly
                == "OP_DUP OP_HASH160 \(hash) OP_EQUALVERIFY OP_CHECKSIG")
        #expect(Script(hex: "0g") == nil)
    }

    @Test("A P2WSH script commits to the SHA-256 of its witness script")
    func witnessScriptHash() {
        let script = Script([0x51])
        #expect(
            Script.payToWitnessScriptHash(of: script)
                == .payToWitnessScriptHash(SHA256.hash([0x51])))
    }
}
