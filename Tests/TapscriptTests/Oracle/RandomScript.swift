import Bitcoin
import Primitives
import Tapscript
import TestSupport

/// A random script that knows what it leaves on the stack.
///
/// It grows operation by operation; each is tried by our interpreter first, so that few scripts
/// end early. The end compares every item with what we found: another engine accepts it only where
/// it finds the same.
struct RandomScript {
    private(set) var bytes: [UInt8] = []
    private var stack: [[UInt8]]
    private var altStack: [[UInt8]] = []
    private let context: ScriptContext
    /// Whether an operation that fails was left in.
    private(set) var isBroken = false

    /// - Parameter witness: The first stack, bottom first.
    init(_ version: SignatureVersion, witness: [[UInt8]]) {
        context = ScriptContext(version)
        stack = witness
    }

    mutating func grow(_ operationCount: Int, _ random: inout SplitMix64) {
        for _ in 0..<operationCount where !isBroken {
            switch Int.random(in: 0..<24, using: &random) {
            case 0...7: attempt(RandomScript.push(Self.element(&random)), &random)
            case 8: branch(&random)
            case 9:
                if let item = stack.popLast() {
                    bytes.append(Opcode.toAltStack.rawValue)
                    altStack.append(item)
                }
            case 10:
                if let item = altStack.popLast() {
                    bytes.append(Opcode.fromAltStack.rawValue)
                    stack.append(item)
                }
            case 11:
                let depth = Int64.random(in: -1...Int64(stack.count), using: &random)
                let opcode = Bool.random(using: &random) ? Opcode.pick : .roll
                attempt(Self.push(ScriptNumber.encode(depth)) + [opcode.rawValue], &random)
            case 12: multisig(&random)
            default: attempt([Self.opcode(&random)], &random)
            }
        }
    }

    /// Compares what is left with what we found, and leaves true.
    mutating func close() {
        for item in altStack.reversed() {
            bytes.append(Opcode.fromAltStack.rawValue)
            compare(item)
        }
        for item in stack.reversed() {
            compare(item)
        }
        bytes.append(Opcode.one.rawValue)
    }

    private mutating func compare(_ item: [UInt8]) {
        bytes += Self.push(item) + [Opcode.equalVerify.rawValue]
    }

    /// Adds operations if they succeed; sometimes also if they do not.
    private mutating func attempt(_ operations: [UInt8], _ random: inout SplitMix64) {
        do throws(ScriptError) {
            let result = try Interpreter.execute(
                CompiledScript(Script(operations)), stack: stack, context: context)
            guard result.count <= 60 else { return }
            stack = result
            bytes += operations
        } catch {
            if Int.random(in: 0..<150, using: &random) == 0 {
                bytes += operations
                isBroken = true
            }
        }
    }

    /// OP_IF or OP_NOTIF with one branch that runs and one of anything.
    private mutating func branch(_ random: inout SplitMix64) {
        let arguments: [[UInt8]] = [[], [1], [1], [], [0], [2], [0x80], [1, 0], [0, 0x80]]
        let limit = Int.random(in: 0..<8, using: &random) == 0 ? arguments.count : 4
        let argument = arguments[Int.random(in: 0..<limit, using: &random)]
        let isNot = Bool.random(using: &random)
        let isTrue = argument.contains { $0 != 0 } && argument != [0x80] && argument != [0, 0x80]
        bytes += Self.push(argument) + [(isNot ? Opcode.notIf : .if).rawValue]
        let runsFirst = isTrue != isNot
        if runsFirst { grow(3, &random) } else { bytes += Self.garbage(&random) }
        if !runsFirst || Bool.random(using: &random) {
            bytes.append(Opcode.else.rawValue)
            if runsFirst { bytes += Self.garbage(&random) } else { grow(3, &random) }
        }
        if Int.random(in: 0..<200, using: &random) == 0 {
            isBroken = true
        } else {
            bytes.append(Opcode.endIf.rawValue)
        }
    }

    /// OP_CHECKMULTISIG without signatures, or with empty ones.
    private mutating func multisig(_ random: inout SplitMix64) {
        guard context.version != .tapscript || Int.random(in: 0..<60, using: &random) == 0 else {
            return
        }
        let keyCount = Int.random(in: 0...3, using: &random)
        let signatureCount = Int.random(in: 0...keyCount, using: &random)
        var operations = Self.push([])
        for _ in 0..<signatureCount {
            operations += Self.push([])
        }
        operations += Self.push(ScriptNumber.encode(Int64(signatureCount)))
        for _ in 0..<keyCount {
            operations += Self.push(random.bytes(count: 33))
        }
        operations += Self.push(ScriptNumber.encode(Int64(keyCount)))
        attempt(operations + [Opcode.checkMultisig.rawValue], &random)
    }

    // MARK: Parts

    /// Opcodes for a branch that does not run; rarely one that ends even that.
    private static func garbage(_ random: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: 0...3, using: &random)).flatMap { _ -> [UInt8] in
            let isAny = Int.random(in: 0..<60, using: &random) == 0
            return isAny
                ? [UInt8.random(in: 0...255, using: &random)] : [Self.opcode(&random)]
        }
    }

    private static func opcode(_ random: inout SplitMix64) -> UInt8 {
        let ranges: [ClosedRange<UInt8>] = [
            0x51...0x60, 0x6B...0x7D, 0x6D...0x7D, 0x82...0x82, 0x87...0x88, 0x8B...0x94,
            0x8B...0x94, 0x9A...0xA5, 0x9A...0xA5, 0xA6...0xAA, 0x61...0x61, 0xB0...0xB9,
            0x4F...0x4F, 0xAB...0xAB, 0x69...0x69,
        ]
        let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
        return UInt8.random(in: range, using: &random)
    }

    /// Items of all the sizes and forms that rules ask about.
    static func element(_ random: inout SplitMix64) -> [UInt8] {
        let special: [[UInt8]] = [
            [], [0], [0x80], [0, 0x80], [1], [0x81], [0x7F], [0xFF], [0x80, 0], [1, 0], [1, 0x80],
            [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80],
            [0xFF, 0xFF, 0xFF, 0xFF, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [1, 0, 0, 0, 0],
        ]
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: return ScriptNumber.encode(Int64.random(in: -3...20, using: &random))
        case 4: return special[Int.random(in: 0..<special.count, using: &random)]
        case 5:
            return ScriptNumber.encode(
                Int64.random(in: -2_147_483_647...2_147_483_647, using: &random))
        case 6, 7: return random.bytes(count: Int.random(in: 1...5, using: &random))
        case 8: return random.bytes(count: Int.random(in: 6...80, using: &random))
        default:
            let size = Int.random(in: 0..<12, using: &random) == 0 ? 520 : 32
            return random.bytes(count: size)
        }
    }

    /// A push of any length; small numbers by their opcode or as bytes.
    static func push(_ data: [UInt8]) -> [UInt8] {
        var builder = ScriptBuilder()
        builder.push(data)
        return builder.script.bytes
    }

    /// A script with one byte changed, added or lost.
    static func mutated(_ script: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        guard !script.isEmpty else { return script }
        var script = script
        let index = Int.random(in: 0..<script.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: script[index] = UInt8.random(in: 0...255, using: &random)
        case 1: script.insert(UInt8.random(in: 0...255, using: &random), at: index)
        case 2: script.remove(at: index)
        default: script[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        return script
    }
}
