/// Which rules hold when a script is executed; names are those of Bitcoin Core's
/// `SCRIPT_VERIFY_…`.
///
/// - Source: Bitcoin Core, `src/script/interpreter.h` and `src/policy/policy.h`.
public struct ScriptVerifyFlags: OptionSet, Hashable, Sendable {
    /// Bits as in Bitcoin Core.
    public let rawValue: UInt32

    /// Any bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    private init(bit: Int) {
        rawValue = 1 << UInt32(bit)
    }

    /// Execute the script of a P2SH output (BIP-16).
    public static let p2sh = Self(bit: 0)
    /// Refuse undefined sighash types and hybrid public keys.
    public static let strictEncoding = Self(bit: 1)
    /// Refuse signatures that are not strict DER (BIP-66).
    public static let dersig = Self(bit: 2)
    /// Refuse ECDSA signatures with s in the upper half.
    public static let lowS = Self(bit: 3)
    /// Refuse a non-empty dummy of OP_CHECKMULTISIG (BIP-147).
    public static let nullDummy = Self(bit: 4)
    /// Refuse a scriptSig that does more than push.
    public static let sigPushOnly = Self(bit: 5)
    /// Refuse pushes and numbers that have a shorter form; policy in tapscript too.
    public static let minimalData = Self(bit: 6)
    /// Refuse OP_NOP1 and OP_NOP4 to OP_NOP10.
    public static let discourageUpgradableNops = Self(bit: 7)
    /// Refuse more than one item at the end of scripts before segwit.
    public static let cleanStack = Self(bit: 8)
    /// OP_CHECKLOCKTIMEVERIFY has its meaning (BIP-65).
    public static let checkLockTimeVerify = Self(bit: 9)
    /// OP_CHECKSEQUENCEVERIFY has its meaning (BIP-112).
    public static let checkSequenceVerify = Self(bit: 10)
    /// Witness programs have their meaning (BIP-141).
    public static let witness = Self(bit: 11)
    /// Refuse witness versions without a meaning.
    public static let discourageUpgradableWitnessProgram = Self(bit: 12)
    /// Refuse arguments of OP_IF in version 0 that are neither empty nor 1.
    public static let minimalIf = Self(bit: 13)
    /// Refuse ECDSA signatures that are neither valid nor empty.
    public static let nullFail = Self(bit: 14)
    /// Refuse keys in version 0 that are not compressed.
    public static let witnessPubkeyType = Self(bit: 15)
    /// Refuse OP_CODESEPARATOR and signatures in the signed script, before segwit.
    public static let constScriptCode = Self(bit: 16)
    /// Witness version 1 has its meaning (BIP-341, BIP-342).
    public static let taproot = Self(bit: 17)
    /// Refuse leaf versions without a meaning.
    public static let discourageUpgradableTaprootVersion = Self(bit: 18)
    /// Refuse OP_SUCCESSx.
    public static let discourageOpSuccess = Self(bit: 19)
    /// Refuse keys in tapscript whose size has no meaning.
    public static let discourageUpgradablePubkeyType = Self(bit: 20)

    /// What every block has to meet: the rules of consensus of today.
    public static let consensus: Self = [
        .p2sh, .dersig, .nullDummy, .checkLockTimeVerify, .checkSequenceVerify, .witness,
        .taproot,
    ]

    /// What Bitcoin Core relays (`STANDARD_SCRIPT_VERIFY_FLAGS`).
    public static let standard: Self = [
        .consensus, .strictEncoding, .minimalData, .discourageUpgradableNops, .cleanStack,
        .minimalIf, .nullFail, .lowS, .discourageUpgradableWitnessProgram, .witnessPubkeyType,
        .constScriptCode, .discourageUpgradableTaprootVersion, .discourageOpSuccess,
        .discourageUpgradablePubkeyType,
    ]
}
