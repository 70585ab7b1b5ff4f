public import Primitives

/// What a script is executed with, apart from its stack.
public struct ScriptContext: Sendable {
    /// Which rules of execution.
    public var version: SignatureVersion
    /// Which rules are in force.
    public var flags: ScriptVerifyFlags
    /// What answers questions about the transaction.
    public var checker: any SignatureChecker
    /// What signatures of tapscript commit to; zero where none is checked.
    public var leafHash: Bytes32
    /// With its first byte 0x50.
    public var annex: [UInt8]?
    /// What a tapscript may spend on signatures, 50 each: 50 and the bytes of the encoded witness;
    /// nil for no limit, which no consensus knows but single scripts without a witness need.
    public var validationWeight: Int?

    /// By default a tapscript of its own, without a transaction, under the rules of consensus.
    public init(
        _ version: SignatureVersion = .tapscript, flags: ScriptVerifyFlags = .consensus,
        checker: any SignatureChecker = NoTransactionChecker()
    ) {
        self.version = version
        self.flags = flags
        self.checker = checker
        leafHash = .zero
    }
}
