// Pushes.
extension Opcode {
    /// `OP_0`.
    public static let zero = Opcode(0x00)
    /// `OP_PUSHDATA1`.
    public static let pushData1 = Opcode(0x4C)
    /// `OP_PUSHDATA2`.
    public static let pushData2 = Opcode(0x4D)
    /// `OP_PUSHDATA4`.
    public static let pushData4 = Opcode(0x4E)
    /// `OP_1NEGATE`.
    public static let oneNegate = Opcode(0x4F)
    /// `OP_RESERVED`.
    public static let reserved = Opcode(0x50)
    /// `OP_1`.
    public static let one = Opcode(0x51)
    /// `OP_2`.
    public static let two = Opcode(0x52)
    /// `OP_3`.
    public static let three = Opcode(0x53)
    /// `OP_4`.
    public static let four = Opcode(0x54)
    /// `OP_5`.
    public static let five = Opcode(0x55)
    /// `OP_6`.
    public static let six = Opcode(0x56)
    /// `OP_7`.
    public static let seven = Opcode(0x57)
    /// `OP_8`.
    public static let eight = Opcode(0x58)
    /// `OP_9`.
    public static let nine = Opcode(0x59)
    /// `OP_10`.
    public static let ten = Opcode(0x5A)
    /// `OP_11`.
    public static let eleven = Opcode(0x5B)
    /// `OP_12`.
    public static let twelve = Opcode(0x5C)
    /// `OP_13`.
    public static let thirteen = Opcode(0x5D)
    /// `OP_14`.
    public static let fourteen = Opcode(0x5E)
    /// `OP_15`.
    public static let fifteen = Opcode(0x5F)
    /// `OP_16`.
    public static let sixteen = Opcode(0x60)
}

// Control.
extension Opcode {
    /// `OP_NOP`.
    public static let nop = Opcode(0x61)
    /// `OP_VER`.
    public static let ver = Opcode(0x62)
    /// `OP_IF`.
    public static let `if` = Opcode(0x63)
    /// `OP_NOTIF`.
    public static let notIf = Opcode(0x64)
    /// `OP_VERIF`.
    public static let verIf = Opcode(0x65)
    /// `OP_VERNOTIF`.
    public static let verNotIf = Opcode(0x66)
    /// `OP_ELSE`.
    public static let `else` = Opcode(0x67)
    /// `OP_ENDIF`.
    public static let endIf = Opcode(0x68)
    /// `OP_VERIFY`.
    public static let verify = Opcode(0x69)
    /// `OP_RETURN`.
    public static let `return` = Opcode(0x6A)
}

// Stack.
extension Opcode {
    /// `OP_TOALTSTACK`.
    public static let toAltStack = Opcode(0x6B)
    /// `OP_FROMALTSTACK`.
    public static let fromAltStack = Opcode(0x6C)
    /// `OP_2DROP`.
    public static let twoDrop = Opcode(0x6D)
    /// `OP_2DUP`.
    public static let twoDup = Opcode(0x6E)
    /// `OP_3DUP`.
    public static let threeDup = Opcode(0x6F)
    /// `OP_2OVER`.
    public static let twoOver = Opcode(0x70)
    /// `OP_2ROT`.
    public static let twoRot = Opcode(0x71)
    /// `OP_2SWAP`.
    public static let twoSwap = Opcode(0x72)
    /// `OP_IFDUP`.
    public static let ifDup = Opcode(0x73)
    /// `OP_DEPTH`.
    public static let depth = Opcode(0x74)
    /// `OP_DROP`.
    public static let drop = Opcode(0x75)
    /// `OP_DUP`.
    public static let dup = Opcode(0x76)
    /// `OP_NIP`.
    public static let nip = Opcode(0x77)
    /// `OP_OVER`.
    public static let over = Opcode(0x78)
    /// `OP_PICK`.
    public static let pick = Opcode(0x79)
    /// `OP_ROLL`.
    public static let roll = Opcode(0x7A)
    /// `OP_ROT`.
    public static let rot = Opcode(0x7B)
    /// `OP_SWAP`.
    public static let swap = Opcode(0x7C)
    /// `OP_TUCK`.
    public static let tuck = Opcode(0x7D)
}

// Byte strings.
extension Opcode {
    /// `OP_CAT`.
    public static let cat = Opcode(0x7E)
    /// `OP_SUBSTR`.
    public static let substr = Opcode(0x7F)
    /// `OP_LEFT`.
    public static let left = Opcode(0x80)
    /// `OP_RIGHT`.
    public static let right = Opcode(0x81)
    /// `OP_SIZE`.
    public static let size = Opcode(0x82)
}

// Bits.
extension Opcode {
    /// `OP_INVERT`.
    public static let invert = Opcode(0x83)
    /// `OP_AND`.
    public static let and = Opcode(0x84)
    /// `OP_OR`.
    public static let or = Opcode(0x85)
    /// `OP_XOR`.
    public static let xor = Opcode(0x86)
    /// `OP_EQUAL`.
    public static let equal = Opcode(0x87)
    /// `OP_EQUALVERIFY`.
    public static let equalVerify = Opcode(0x88)
    /// `OP_RESERVED1`.
    public static let reserved1 = Opcode(0x89)
    /// `OP_RESERVED2`.
    public static let reserved2 = Opcode(0x8A)
}

// Numbers.
extension Opcode {
    /// `OP_1ADD`.
    public static let oneAdd = Opcode(0x8B)
    /// `OP_1SUB`.
    public static let oneSub = Opcode(0x8C)
    /// `OP_2MUL`.
    public static let twoMul = Opcode(0x8D)
    /// `OP_2DIV`.
    public static let twoDiv = Opcode(0x8E)
    /// `OP_NEGATE`.
    public static let negate = Opcode(0x8F)
    /// `OP_ABS`.
    public static let abs = Opcode(0x90)
    /// `OP_NOT`.
    public static let not = Opcode(0x91)
    /// `OP_0NOTEQUAL`.
    public static let zeroNotEqual = Opcode(0x92)
    /// `OP_ADD`.
    public static let add = Opcode(0x93)
    /// `OP_SUB`.
    public static let sub = Opcode(0x94)
    /// `OP_MUL`.
    public static let mul = Opcode(0x95)
    /// `OP_DIV`.
    public static let div = Opcode(0x96)
    /// `OP_MOD`.
    public static let mod = Opcode(0x97)
    /// `OP_LSHIFT`.
    public static let leftShift = Opcode(0x98)
    /// `OP_RSHIFT`.
    public static let rightShift = Opcode(0x99)
    /// `OP_BOOLAND`.
    public static let boolAnd = Opcode(0x9A)
    /// `OP_BOOLOR`.
    public static let boolOr = Opcode(0x9B)
    /// `OP_NUMEQUAL`.
    public static let numEqual = Opcode(0x9C)
    /// `OP_NUMEQUALVERIFY`.
    public static let numEqualVerify = Opcode(0x9D)
    /// `OP_NUMNOTEQUAL`.
    public static let numNotEqual = Opcode(0x9E)
    /// `OP_LESSTHAN`.
    public static let lessThan = Opcode(0x9F)
    /// `OP_GREATERTHAN`.
    public static let greaterThan = Opcode(0xA0)
    /// `OP_LESSTHANOREQUAL`.
    public static let lessThanOrEqual = Opcode(0xA1)
    /// `OP_GREATERTHANOREQUAL`.
    public static let greaterThanOrEqual = Opcode(0xA2)
    /// `OP_MIN`.
    public static let min = Opcode(0xA3)
    /// `OP_MAX`.
    public static let max = Opcode(0xA4)
    /// `OP_WITHIN`.
    public static let within = Opcode(0xA5)
}

// Cryptography.
extension Opcode {
    /// `OP_RIPEMD160`.
    public static let ripemd160 = Opcode(0xA6)
    /// `OP_SHA1`.
    public static let sha1 = Opcode(0xA7)
    /// `OP_SHA256`.
    public static let sha256 = Opcode(0xA8)
    /// `OP_HASH160`.
    public static let hash160 = Opcode(0xA9)
    /// `OP_HASH256`.
    public static let hash256 = Opcode(0xAA)
    /// `OP_CODESEPARATOR`.
    public static let codeSeparator = Opcode(0xAB)
    /// `OP_CHECKSIG`.
    public static let checkSig = Opcode(0xAC)
    /// `OP_CHECKSIGVERIFY`.
    public static let checkSigVerify = Opcode(0xAD)
    /// `OP_CHECKMULTISIG`.
    public static let checkMultisig = Opcode(0xAE)
    /// `OP_CHECKMULTISIGVERIFY`.
    public static let checkMultisigVerify = Opcode(0xAF)
}

// Locks and expansion.
extension Opcode {
    /// `OP_NOP1`.
    public static let nop1 = Opcode(0xB0)
    /// `OP_CHECKLOCKTIMEVERIFY`.
    public static let checkLockTimeVerify = Opcode(0xB1)
    /// `OP_CHECKSEQUENCEVERIFY`.
    public static let checkSequenceVerify = Opcode(0xB2)
    /// `OP_NOP4`.
    public static let nop4 = Opcode(0xB3)
    /// `OP_NOP5`.
    public static let nop5 = Opcode(0xB4)
    /// `OP_NOP6`.
    public static let nop6 = Opcode(0xB5)
    /// `OP_NOP7`.
    public static let nop7 = Opcode(0xB6)
    /// `OP_NOP8`.
    public static let nop8 = Opcode(0xB7)
    /// `OP_NOP9`.
    public static let nop9 = Opcode(0xB8)
    /// `OP_NOP10`.
    public static let nop10 = Opcode(0xB9)
    /// `OP_CHECKSIGADD`.
    public static let checkSigAdd = Opcode(0xBA)
    /// `OP_INVALIDOPCODE`.
    public static let invalidOpcode = Opcode(0xFF)
}

extension Opcode {
    static let names: [Opcode: String] = [
        .zero: "OP_0",
        .pushData1: "OP_PUSHDATA1",
        .pushData2: "OP_PUSHDATA2",
        .pushData4: "OP_PUSHDATA4",
        .oneNegate: "OP_1NEGATE",
        .reserved: "OP_RESERVED",
        .one: "OP_1",
        .two: "OP_2",
        .three: "OP_3",
        .four: "OP_4",
        .five: "OP_5",
        .six: "OP_6",
        .seven: "OP_7",
        .eight: "OP_8",
        .nine: "OP_9",
        .ten: "OP_10",
        .eleven: "OP_11",
        .twelve: "OP_12",
        .thirteen: "OP_13",
        .fourteen: "OP_14",
        .fifteen: "OP_15",
        .sixteen: "OP_16",
        .nop: "OP_NOP",
        .ver: "OP_VER",
        .`if`: "OP_IF",
        .notIf: "OP_NOTIF",
        .verIf: "OP_VERIF",
        .verNotIf: "OP_VERNOTIF",
        .`else`: "OP_ELSE",
        .endIf: "OP_ENDIF",
        .verify: "OP_VERIFY",
        .`return`: "OP_RETURN",
        .toAltStack: "OP_TOALTSTACK",
        .fromAltStack: "OP_FROMALTSTACK",
        .twoDrop: "OP_2DROP",
        .twoDup: "OP_2DUP",
        .threeDup: "OP_3DUP",
        .twoOver: "OP_2OVER",
        .twoRot: "OP_2ROT",
        .twoSwap: "OP_2SWAP",
        .ifDup: "OP_IFDUP",
        .depth: "OP_DEPTH",
        .drop: "OP_DROP",
        .dup: "OP_DUP",
        .nip: "OP_NIP",
        .over: "OP_OVER",
        .pick: "OP_PICK",
        .roll: "OP_ROLL",
        .rot: "OP_ROT",
        .swap: "OP_SWAP",
        .tuck: "OP_TUCK",
        .cat: "OP_CAT",
        .substr: "OP_SUBSTR",
        .left: "OP_LEFT",
        .right: "OP_RIGHT",
        .size: "OP_SIZE",
        .invert: "OP_INVERT",
        .and: "OP_AND",
        .or: "OP_OR",
        .xor: "OP_XOR",
        .equal: "OP_EQUAL",
        .equalVerify: "OP_EQUALVERIFY",
        .reserved1: "OP_RESERVED1",
        .reserved2: "OP_RESERVED2",
        .oneAdd: "OP_1ADD",
        .oneSub: "OP_1SUB",
        .twoMul: "OP_2MUL",
        .twoDiv: "OP_2DIV",
        .negate: "OP_NEGATE",
        .abs: "OP_ABS",
        .not: "OP_NOT",
        .zeroNotEqual: "OP_0NOTEQUAL",
        .add: "OP_ADD",
        .sub: "OP_SUB",
        .mul: "OP_MUL",
        .div: "OP_DIV",
        .mod: "OP_MOD",
        .leftShift: "OP_LSHIFT",
        .rightShift: "OP_RSHIFT",
        .boolAnd: "OP_BOOLAND",
        .boolOr: "OP_BOOLOR",
        .numEqual: "OP_NUMEQUAL",
        .numEqualVerify: "OP_NUMEQUALVERIFY",
        .numNotEqual: "OP_NUMNOTEQUAL",
        .lessThan: "OP_LESSTHAN",
        .greaterThan: "OP_GREATERTHAN",
        .lessThanOrEqual: "OP_LESSTHANOREQUAL",
        .greaterThanOrEqual: "OP_GREATERTHANOREQUAL",
        .min: "OP_MIN",
        .max: "OP_MAX",
        .within: "OP_WITHIN",
        .ripemd160: "OP_RIPEMD160",
        .sha1: "OP_SHA1",
        .sha256: "OP_SHA256",
        .hash160: "OP_HASH160",
        .hash256: "OP_HASH256",
        .codeSeparator: "OP_CODESEPARATOR",
        .checkSig: "OP_CHECKSIG",
        .checkSigVerify: "OP_CHECKSIGVERIFY",
        .checkMultisig: "OP_CHECKMULTISIG",
        .checkMultisigVerify: "OP_CHECKMULTISIGVERIFY",
        .nop1: "OP_NOP1",
        .checkLockTimeVerify: "OP_CHECKLOCKTIMEVERIFY",
        .checkSequenceVerify: "OP_CHECKSEQUENCEVERIFY",
        .nop4: "OP_NOP4",
        .nop5: "OP_NOP5",
        .nop6: "OP_NOP6",
        .nop7: "OP_NOP7",
        .nop8: "OP_NOP8",
        .nop9: "OP_NOP9",
        .nop10: "OP_NOP10",
        .checkSigAdd: "OP_CHECKSIGADD",
        .invalidOpcode: "OP_INVALIDOPCODE",
    ]
}
