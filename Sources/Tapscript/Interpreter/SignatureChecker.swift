public import Bitcoin

/// The four ways in which scripts are executed (Bitcoin Core's `SigVersion`).
public enum SignatureVersion: Hashable, Sendable, CaseIterable {
    /// Scripts before segwit.
    case base
    /// Witness version 0 (BIP-141, BIP-143).
    case witnessV0
    /// The key path of taproot (BIP-341).
    case taproot
    /// Leaves of version 0xC0 (BIP-342).
    case tapscript
}

/// What a BIP-340 signature covers beside the transaction.
public struct TaprootSpend: Hashable, Sendable {
    /// Key path, or the leaf with the last executed OP_CODESEPARATOR.
    public let path: TaprootSpendPath
    /// With its first byte 0x50.
    public let annex: [UInt8]?

    /// A spend by a path, with or without an annex.
    public init(path: TaprootSpendPath, annex: [UInt8]? = nil) {
        self.path = path
        self.annex = annex
    }
}

/// What a script asks of its transaction (Bitcoin Core's `BaseSignatureChecker`).
public protocol SignatureChecker: Sendable {
    /// Whether an ECDSA signature is valid.
    ///
    /// - Parameters:
    ///   - signature: With the sighash type as its last byte; any bytes.
    ///   - publicKey: Any bytes.
    ///   - scriptCode: What the signature covers of the script.
    ///   - version: `base` or `witnessV0`.
    func checkECDSASignature(
        _ signature: [UInt8], publicKey: [UInt8], scriptCode: Script, version: SignatureVersion
    ) -> Bool

    /// Returns where a BIP-340 signature is valid.
    ///
    /// - Parameters:
    ///   - signature: Not empty; with a sighash type unless it has 64 bytes.
    ///   - publicKey: 32 bytes.
    /// - Throws: `schnorrSigSize`, `schnorrSigHashType` or `schnorrSig`.
    func checkSchnorrSignature(
        _ signature: [UInt8], publicKey: [UInt8], spend: TaprootSpend
    ) throws(ScriptError)

    /// Whether the transaction is locked until at least this time (BIP-65).
    ///
    /// - Parameter lockTime: Not negative.
    func checkLockTime(_ lockTime: Int64) -> Bool

    /// Whether the input waits at least so long (BIP-112).
    ///
    /// - Parameter sequence: Not negative, and without the bit that switches locks off.
    func checkSequence(_ sequence: Int64) -> Bool
}

/// The answers where there is no transaction: no signature is valid, no lock is met.
public struct NoTransactionChecker: SignatureChecker {
    /// The only one there is.
    public init() {}

    /// Never valid.
    public func checkECDSASignature(
        _ signature: [UInt8], publicKey: [UInt8], scriptCode: Script, version: SignatureVersion
    ) -> Bool {
        false
    }

    /// Never valid.
    public func checkSchnorrSignature(
        _ signature: [UInt8], publicKey: [UInt8], spend: TaprootSpend
    ) throws(ScriptError) {
        throw .schnorrSig
    }

    /// Never met.
    public func checkLockTime(_ lockTime: Int64) -> Bool {
        false
    }

    /// Never met.
    public func checkSequence(_ sequence: Int64) -> Bool {
        false
    }
}
