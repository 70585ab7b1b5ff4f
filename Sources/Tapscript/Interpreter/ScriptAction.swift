import Bitcoin

/// What an opcode does, dense so that a switch over it is one jump.
enum ScriptAction: UInt8 {
    case push
    case nop, upgradableNop
    // Executed even where a branch is not taken.
    case ifTrue, notIf, verIf, otherwise, endIf
    case verify, fail
    case toAltStack, fromAltStack
    case drop2, dup2, dup3, over2, rot2, swap2
    case ifDup, depth, drop, dup, nip, over, pick, roll, rot, swap, tuck
    case size, equal, equalVerify
    case add1, sub1, negate, abs, not, notEqual0
    case add, sub, boolAnd, boolOr, numEqual, numEqualVerify, numNotEqual
    case lessThan, greaterThan, lessThanOrEqual, greaterThanOrEqual, min, max, within
    case ripemd160, sha1, sha256, hash160, hash256
    case codeSeparator, checkSig, checkSigVerify, checkSigAdd
    case checkMultisig, checkMultisigVerify
    case checkLockTimeVerify, checkSequenceVerify
    case bad

    /// Whether the opcode is looked at in branches that are not taken.
    @inline(__always)
    var isConditional: Bool {
        rawValue >= Self.ifTrue.rawValue && rawValue <= Self.endIf.rawValue
    }

    /// Bytes that the opcode adds to the memory of a run.
    var digestByteCount: Int {
        switch self {
        case .ripemd160, .sha1, .hash160: 20
        case .sha256, .hash256: 32
        default: 0
        }
    }

    /// The action of each opcode byte.
    static let table: [ScriptAction] = {
        var table = [ScriptAction](repeating: .bad, count: 256)
        for byte in 0...Int(Opcode.sixteen.rawValue) where byte != Opcode.reserved.rawValue {
            table[byte] = .push
        }
        for (opcode, action) in named {
            table[Int(opcode.rawValue)] = action
        }
        let nops: [Opcode] = [
            .nop1, .nop4, .nop5, .nop6, .nop7, .nop8, .nop9, .nop10,
        ]
        for opcode in nops {
            table[Int(opcode.rawValue)] = .upgradableNop
        }
        return table
    }()

    private static let named: [(Opcode, ScriptAction)] = control + stack + numbers + crypto

    private static let control: [(Opcode, ScriptAction)] = [
        (.nop, .nop), (.if, .ifTrue), (.notIf, .notIf), (.verIf, .verIf),
        (.verNotIf, .verIf), (.else, .otherwise), (.endIf, .endIf), (.verify, .verify),
        (.return, .fail), (.checkLockTimeVerify, .checkLockTimeVerify),
        (.checkSequenceVerify, .checkSequenceVerify),
    ]

    private static let stack: [(Opcode, ScriptAction)] = [
        (.toAltStack, .toAltStack), (.fromAltStack, .fromAltStack), (.twoDrop, .drop2),
        (.twoDup, .dup2), (.threeDup, .dup3), (.twoOver, .over2), (.twoRot, .rot2),
        (.twoSwap, .swap2), (.ifDup, .ifDup), (.depth, .depth), (.drop, .drop), (.dup, .dup),
        (.nip, .nip), (.over, .over), (.pick, .pick), (.roll, .roll), (.rot, .rot),
        (.swap, .swap), (.tuck, .tuck), (.size, .size), (.equal, .equal),
        (.equalVerify, .equalVerify),
    ]

    private static let numbers: [(Opcode, ScriptAction)] = [
        (.oneAdd, .add1), (.oneSub, .sub1), (.negate, .negate), (.abs, .abs), (.not, .not),
        (.zeroNotEqual, .notEqual0), (.add, .add), (.sub, .sub), (.boolAnd, .boolAnd),
        (.boolOr, .boolOr), (.numEqual, .numEqual), (.numEqualVerify, .numEqualVerify),
        (.numNotEqual, .numNotEqual), (.lessThan, .lessThan), (.greaterThan, .greaterThan),
        (.lessThanOrEqual, .lessThanOrEqual), (.greaterThanOrEqual, .greaterThanOrEqual),
        (.min, .min), (.max, .max), (.within, .within),
    ]

    private static let crypto: [(Opcode, ScriptAction)] = [
        (.ripemd160, .ripemd160), (.sha1, .sha1), (.sha256, .sha256), (.hash160, .hash160),
        (.hash256, .hash256), (.codeSeparator, .codeSeparator), (.checkSig, .checkSig),
        (.checkSigVerify, .checkSigVerify), (.checkSigAdd, .checkSigAdd),
        (.checkMultisig, .checkMultisig), (.checkMultisigVerify, .checkMultisigVerify),
    ]

    /// The opcodes that fail even where they are not executed, before tapscript.
    static func isDisabled(_ code: UInt8) -> Bool {
        switch code {
        case 0x7E...0x81, 0x83...0x86, 0x8D, 0x8E, 0x95...0x99: true
        default: false
        }
    }
}
