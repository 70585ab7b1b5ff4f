import Bitcoin
import Curve
import Primitives
import ScriptSupport
import Tapscript
import TestSupport

/// A random tapscript that checks signatures, good ones and all kinds of bad ones.
struct RandomSignatures {
    /// What stands where a signature belongs.
    private enum Item {
        case signature(key: UInt64, SighashType, codeSeparatorPosition: UInt32)
        case bytes([UInt8])
    }

    private static let types: [SighashType] = SighashType.allCases

    private var bytes: [UInt8] = []
    private var operationCount: UInt32 = 0
    private var codeSeparatorPosition = UInt32.max
    /// In the order in which the script takes them.
    private var items: [Item] = []
    private let damage: Int

    init(_ random: inout SplitMix64) {
        damage = Int.random(in: 0..<3, using: &random)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if Int.random(in: 0..<3, using: &random) == 0 {
                codeSeparatorPosition = operationCount
                append([Opcode.codeSeparator.rawValue], 1)
            }
            check(&random)
        }
        if Int.random(in: 0..<4, using: &random) == 0 { exhaust(&random) }
        append([Opcode.one.rawValue], 1)
    }

    private mutating func append(_ operations: [UInt8], _ count: UInt32) {
        bytes += operations
        operationCount += count
    }

    private mutating func check(_ random: inout SplitMix64) {
        let secret = UInt64.random(in: 1...3, using: &random)
        var key = OracleKey.key(secret).bytes
        let type = RandomTransaction.any(Self.types, &random)
        var item = Item.signature(
            key: secret, type, codeSeparatorPosition: codeSeparatorPosition)
        var isValid = true
        if damage > 0 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: (item, isValid) = (.bytes([]), false)
            case 1: item = .bytes(random.bytes(count: Int.random(in: 1...66, using: &random)))
            case 2: key = random.bytes(count: RandomTransaction.any([0, 1, 31, 33, 80], &random))
            case 3: key = random.bytes(count: 32)
            case 4: key = OracleKey.key(4).bytes
            case 5:
                item = .signature(
                    key: secret, type, codeSeparatorPosition: codeSeparatorPosition &+ 1)
            default: break
            }
        }
        items.append(item)
        let push = RandomScript.push(key)
        let result = RandomScript.push(isValid ? [1] : [])
        switch Int.random(in: 0..<4, using: &random) {
        case 0: append(push + [Opcode.checkSigVerify.rawValue], 2)
        case 1:
            append(push + [Opcode.checkSig.rawValue] + result + [Opcode.equalVerify.rawValue], 4)
        case 2:
            let sum = RandomScript.push(ScriptNumber.encode(isValid ? 8 : 7))
            append([Opcode.seven.rawValue] + push + [Opcode.checkSigAdd.rawValue], 3)
            append(sum + [Opcode.numEqualVerify.rawValue], 2)
        default:
            append([Opcode.one.rawValue, Opcode.if.rawValue], 2)
            append(push + [Opcode.checkSig.rawValue, Opcode.else.rawValue], 3)
            append([Opcode.return.rawValue, Opcode.endIf.rawValue], 2)
            append(result + [Opcode.equalVerify.rawValue], 2)
        }
    }

    /// Checks that cost more of the weight than they bring, around the limit.
    private mutating func exhaust(_ random: inout SplitMix64) {
        let key = RandomScript.push(random.bytes(count: 33))
        append(RandomScript.push([7]), 1)
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            append([Opcode.dup.rawValue] + key + [Opcode.checkSigVerify.rawValue], 3)
        }
        let padding = Int.random(in: 1...400, using: &random)
        append(RandomScript.push(random.bytes(count: padding)) + [Opcode.drop.rawValue], 2)
        append([Opcode.drop.rawValue], 1)
    }

    /// The spend, signed.
    func spend(_ random: inout SplitMix64) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        let script = Script(bytes)
        let output = try TaprootOutput(
            internalKey: .nums, tree: .balanced([TapLeaf(script: script)]))
        let annex: [UInt8]? =
            Int.random(in: 0..<4, using: &random) == 0 ? [0x50] + random.bytes(count: 5) : nil
        let unsigned = try around.data(output.scriptPubKey)
        let cache = try TaprootSighashCache(
            transaction: unsigned.transaction, prevouts: unsigned.prevouts)
        var witness: [[UInt8]] = []
        for item in items.reversed() {
            switch item {
            case .bytes(let bytes): witness.append(bytes)
            case .signature(let key, let type, let position):
                let path = TaprootSpendPath.scriptPath(
                    leafHash: TapLeaf(script: script).hash, codeSeparatorPosition: position)
                // A single output that does not exist has no sighash; anything may stand there.
                let sighash = try? cache.sighash(
                    inputIndex: around.inputIndex, type: type, path: path, annex: annex)
                let signature = try OracleKey.sign(sighash ?? .zero, key)
                witness.append(type.witnessItem(signature: signature))
            }
        }
        witness = output.witness(witness, forLeaf: 0).items
        if let annex { witness.append(annex) }
        if damage == 2 {
            let index = Int.random(in: 0..<witness.count, using: &random)
            witness[index] = RandomScript.mutated(witness[index], &random)
        }
        return OracleSpend(
            data: try around.data(output.scriptPubKey, witness: witness),
            inputIndex: around.inputIndex, flags: .consensus, kind: "signatures")
    }
}
