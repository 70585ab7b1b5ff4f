import Bitcoin
import Curve
import Primitives
import ScriptSupport
import Tapscript
import TestSupport

/// Random spends of all kinds that a script engine has to judge.
enum RandomSpends {
    /// One spend; a tenth each of the special kinds, the rest random scripts.
    static func spend(_ random: inout SplitMix64) throws -> OracleSpend {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: try limit(&random)
        case 1, 2: try lock(&random)
        case 3, 4: try structure(&random)
        case 5, 6: try RandomSignatures(&random).spend(&random)
        case 7: try success(&random)
        case 8: try keyPath(&random)
        case 9, 10: try script(.witnessV0, &random)
        case 11, 12: try script(.base, &random)
        default: try script(.tapscript, &random)
        }
    }

    // MARK: Scripts

    private static func script(
        _ version: SignatureVersion, _ random: inout SplitMix64
    ) throws -> OracleSpend {
        let witness = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            RandomScript.element(&random)
        }
        var script = RandomScript(version, witness: witness)
        script.grow(Int.random(in: 1...30, using: &random), &random)
        script.close()
        var bytes = script.bytes
        if Int.random(in: 0..<5, using: &random) == 0 {
            bytes = RandomScript.mutated(bytes, &random)
        }
        let kind = "script \(version)"
        switch version {
        case .base: return try bare(Script(bytes), witness, kind, &random)
        case .witnessV0: return try witnessV0(Script(bytes), witness, kind, &random)
        default: return try leaf(Script(bytes), witness, kind, &random)
        }
    }

    /// A leaf alone in its tree, or with a sibling.
    static func leaf(
        _ script: Script, _ items: [[UInt8]], _ kind: String, _ random: inout SplitMix64
    ) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        var leaves = [TapLeaf(script: script)]
        if Bool.random(using: &random) {
            leaves.append(TapLeaf(script: Script(random.bytes(count: 3))))
        }
        let output = try TaprootOutput(internalKey: .nums, tree: .balanced(leaves))
        var witness = output.witness(items, forLeaf: 0).items
        if Int.random(in: 0..<8, using: &random) == 0 {
            witness.append([0x50] + random.bytes(count: 3))
        }
        return OracleSpend(
            data: try around.data(output.scriptPubKey, witness: witness),
            inputIndex: around.inputIndex, flags: .consensus, kind: kind)
    }

    private static func witnessV0(
        _ script: Script, _ items: [[UInt8]], _ kind: String, _ random: inout SplitMix64
    ) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        let program = Script.payToWitnessScriptHash(of: script)
        let isNested = Bool.random(using: &random)
        let data =
            isNested
            ? try around.data(
                .payToScriptHash(Hash160.hash(program.bytes)), witness: items + [script.bytes],
                scriptSig: Script([UInt8(program.byteCount)] + program.bytes))
            : try around.data(program, witness: items + [script.bytes])
        return OracleSpend(
            data: data, inputIndex: around.inputIndex, flags: .consensus, kind: kind)
    }

    private static func bare(
        _ script: Script, _ items: [[UInt8]], _ kind: String, _ random: inout SplitMix64
    ) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        var pushes = items.flatMap { RandomScript.push($0) }
        var output = script
        if script.byteCount <= 520, Bool.random(using: &random) {
            pushes += RandomScript.push(script.bytes)
            output = .payToScriptHash(Hash160.hash(script.bytes))
        }
        return OracleSpend(
            data: try around.data(output, scriptSig: Script(pushes)),
            inputIndex: around.inputIndex, flags: .consensus, kind: kind)
    }

    // MARK: Limits

    /// Items, sizes and counts one below, at and one above a limit.
    private static func limit(_ random: inout SplitMix64) throws -> OracleSpend {
        let offset = Int.random(in: -1...1, using: &random)
        let one: [UInt8] = [Opcode.one.rawValue]
        let dropTwo: [UInt8] = [Opcode.twoDrop.rawValue]
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            // The witness brings all items; an even number is left over one.
            let count = 1000 + offset
            let drops = [[UInt8]](repeating: dropTwo, count: count / 2).flatMap { $0 }
            let script = drops + (count.isMultiple(of: 2) ? one : [])
            let items = [[UInt8]](repeating: [1], count: count)
            return try leaf(Script(script), items, "limit: items of the witness", &random)
        case 1:
            let top = RandomTransaction.any([Opcode.dup, .threeDup, .twoDup], &random)
            let items = [[UInt8]](repeating: [1], count: 997)
            let last = Int.random(in: 0...2, using: &random)
            let script = [[UInt8]](repeating: one, count: last).flatMap { $0 } + [top.rawValue]
            let copies = top == .dup ? 1 : top == .twoDup ? 2 : 3
            let left = items.count + last + copies
            let moves = [UInt8](repeating: Opcode.drop.rawValue, count: left - 1)
            return try leaf(Script(script + moves), items, "limit: items pushed", &random)
        case 2:
            let items = [[UInt8]](repeating: [1], count: 900)
            let moved = [UInt8](repeating: Opcode.toAltStack.rawValue, count: 500)
            let pushed = [UInt8](repeating: Opcode.one.rawValue, count: 100 + offset)
            let left = 400 + 100 + offset
            let drops = [UInt8](repeating: Opcode.drop.rawValue, count: left - 1)
            return try leaf(
                Script(moved + pushed + drops), items, "limit: items on both stacks", &random)
        case 3:
            let item = random.bytes(count: 520 + offset)
            let script = [Opcode.drop.rawValue] + one
            return try leaf(Script(script), [item], "limit: bytes of an item", &random)
        case 4:
            let push = RandomScript.push(random.bytes(count: 520 + offset))
            let isExecuted = Bool.random(using: &random)
            let script =
                isExecuted
                ? push + [Opcode.drop.rawValue] + one
                : [0, Opcode.if.rawValue] + push + [Opcode.endIf.rawValue] + one
            return try any(Script(script), [], "limit: bytes of a push", &random)
        case 5:
            let operations = [UInt8](repeating: Opcode.nop.rawValue, count: 201 + offset)
            return try any(Script(operations + one), [], "limit: counted opcodes", &random)
        case 6:
            let script = filler(10_000 + offset - 1, &random)
            return try any(Script(script + one), [], "limit: bytes of a script", &random)
        default:
            let count = Int64(20 + offset)
            let script =
                [UInt8](repeating: 0, count: 2)
                + [UInt8](repeating: 0, count: Int(count))
                + RandomScript.push(ScriptNumber.encode(count)) + [Opcode.checkMultisig.rawValue]
            return try any(Script(script), [], "limit: keys", &random)
        }
    }

    /// A script of a given size that leaves nothing.
    private static func filler(_ byteCount: Int, _ random: inout SplitMix64) -> [UInt8] {
        let push = RandomScript.push(random.bytes(count: 500)) + [Opcode.drop.rawValue]
        var script: [UInt8] = []
        while script.count + push.count <= byteCount { script += push }
        while script.count + 2 <= byteCount {
            script += [Opcode.one.rawValue, Opcode.drop.rawValue]
        }
        while script.count < byteCount { script.append(Opcode.nop.rawValue) }
        return script
    }

    /// The same script under one of the three kinds of rules.
    private static func any(
        _ script: Script, _ items: [[UInt8]], _ kind: String, _ random: inout SplitMix64
    ) throws -> OracleSpend {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try bare(script, items, kind, &random)
        case 1: try witnessV0(script, items, kind, &random)
        default: try leaf(script, items, kind, &random)
        }
    }

    /// OP_SUCCESSx and other opcodes in all places, also behind what cannot be read.
    private static func success(_ random: inout SplitMix64) throws -> OracleSpend {
        let opcode = UInt8.random(in: 76...255, using: &random)
        let fill: [UInt8] = RandomTransaction.any(
            [[Opcode.one.rawValue], [Opcode.return.rawValue], [0x02, 0x01, 0x50], []], &random)
        let tail: [UInt8] = RandomTransaction.any(
            [[], [0x4C], [0x05, 1], [0x4D, 9], [0x4E, 1, 0]], &random)
        let parts: [UInt8] =
            switch Int.random(in: 0..<5, using: &random) {
            case 0: fill + [opcode] + tail
            case 1: fill + tail + [opcode]
            case 2: [0, Opcode.if.rawValue, opcode, Opcode.endIf.rawValue] + fill + tail
            case 3: fill + [0x02, opcode, opcode] + tail
            default: [opcode] + RandomScript.push(random.bytes(count: 521)) + fill
            }
        let count = RandomTransaction.any([0, 0, 1, 2, 1000, 1001], &random)
        let size = RandomTransaction.any([0, 1, 520, 521], &random)
        let items =
            [[UInt8]](repeating: [UInt8](repeating: 1, count: size), count: min(count, 2))
            + [[UInt8]](repeating: [1], count: max(0, count - 2))
        return try leaf(Script(parts), items, "success", &random)
    }

    // MARK: Locks

    private static func lock(_ random: inout SplitMix64) throws -> OracleSpend {
        let numbers: [Int64] = [
            0, 1, 2, 9, 10, 11, 100, 101, 0xFFFF, 0x1_0000, 0x40_0000, 0x40_0009, 0x40_000B,
            499_999_999, 500_000_000, 1_700_000_000, 1_700_000_001, 0x7FFF_FFFF, 0x8000_0000,
            0x8000_000A, 0xFFFF_FFFF, 0x1_0000_0000, -1, 0x7F_FFFF_FFFF, 0x80_0000_0000,
        ]
        var script: [UInt8] = []
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            var number = ScriptNumber.encode(RandomTransaction.any(numbers, &random))
            if Int.random(in: 0..<6, using: &random) == 0 { number.append(0) }
            let opcode: Opcode =
                Bool.random(using: &random) ? .checkLockTimeVerify : .checkSequenceVerify
            script += RandomScript.push(number) + [opcode.rawValue, Opcode.drop.rawValue]
        }
        return try any(Script(script + [Opcode.one.rawValue]), [], "lock", &random)
    }

    // MARK: Witnesses

    /// Spends by the key path, right and damaged.
    private static func keyPath(_ random: inout SplitMix64) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        let internalKey = OracleKey.key(1)
        let hasTree = Bool.random(using: &random)
        let tree = hasTree ? try TapTree.balanced([TapLeaf(script: Script([0x51]))]) : nil
        let output = try TaprootOutput(internalKey: internalKey, tree: tree)
        let own = internalKey.lifted == (try PublicKey(generatorTimes: .one))
        let secret = own ? Scalar.one : Scalar.one.negated
        let tweaked = secret.adding(try internalKey.tapTweak(merkleRoot: tree?.merkleRoot))
        let type = RandomTransaction.any(SighashType.allCases, &random)
        let annex: [UInt8]? =
            Int.random(in: 0..<4, using: &random) == 0 ? [0x50] + random.bytes(count: 2) : nil
        let unsigned = try around.data(output.scriptPubKey)
        let sighash = try? Sighash.taproot(
            transaction: unsigned.transaction, inputIndex: around.inputIndex,
            prevouts: unsigned.prevouts, type: type, path: .keyPath, annex: annex)
        var item = type.witnessItem(
            signature: try OracleKey.sign(sighash ?? .zero, tweaked))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: item = RandomScript.mutated(item, &random)
        case 1: item.append(UInt8.random(in: 0...255, using: &random))
        default: break
        }
        return OracleSpend(
            data: try around.data(
                output.scriptPubKey, witness: [item] + (annex.map { [$0] } ?? [])),
            inputIndex: around.inputIndex, flags: .consensus, kind: "key path")
    }

    /// Leaf versions, control blocks, programs and witnesses of all shapes.
    private static func structure(_ random: inout SplitMix64) throws -> OracleSpend {
        let around = try RandomTransaction(&random)
        let version = RandomTransaction.any([0xC0, 0xC0, 0xC0, 0xC2, 0x50, 0x00, 0xFE], &random)
        let script = Script(RandomTransaction.any([[0x51], [0x00], [0x51, 0x51], []], &random))
        var leaves = [TapLeaf(version: UInt8(version), script: script)]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            leaves.append(TapLeaf(script: Script(random.bytes(count: 3))))
        }
        let output = try TaprootOutput(internalKey: .nums, tree: .balanced(leaves))
        let block = output.controlBlock(forLeaf: 0).bytes
        var witness: [[UInt8]] = [script.bytes, block]
        switch Int.random(in: 0..<10, using: &random) {
        case 0: witness[1] = RandomScript.mutated(block, &random)
        case 1: witness[1][0] ^= 1
        case 2: witness[1] += random.bytes(count: RandomTransaction.any([1, 31, 32], &random))
        case 3: witness[1] = Array(block.dropLast(RandomTransaction.any([1, 32, 33], &random)))
        case 4: witness[0] = RandomScript.mutated(witness[0], &random)
        case 5: witness = RandomTransaction.any([[], [[]], [[0x50]], [[], [0x50]]], &random)
        case 6: witness.append([0x50])
        case 7: witness.insert([1], at: 0)
        default: break
        }
        var scriptPubKey = output.scriptPubKey
        var scriptSig = Script.empty
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            let size = RandomTransaction.any([2, 20, 31, 32, 33, 40], &random)
            let number = UInt8.random(in: 0...16, using: &random)
            scriptPubKey =
                .witnessProgram(version: number, program: random.bytes(count: size))
                ?? scriptPubKey
        case 1:
            (scriptPubKey, witness) = (.payToAnchor, RandomTransaction.any([[], [[1]]], &random))
        case 2: scriptSig = Script([0x51])
        case 3:
            // Taproot means nothing inside of P2SH.
            scriptSig = Script(RandomScript.push(scriptPubKey.bytes))
            scriptPubKey = .payToScriptHash(Hash160.hash(scriptPubKey.bytes))
        case 4: scriptPubKey = Script([0x51])
        default: break
        }
        return OracleSpend(
            data: try around.data(scriptPubKey, witness: witness, scriptSig: scriptSig),
            inputIndex: around.inputIndex, flags: .consensus, kind: "structure")
    }
}
