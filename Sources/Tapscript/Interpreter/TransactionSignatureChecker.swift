public import Bitcoin
import Curve
import Primitives

/// Answers what the scripts of one input ask about their transaction.
///
/// - Source: Bitcoin Core, `GenericTransactionSignatureChecker`.
public struct TransactionSignatureChecker: SignatureChecker {
    private let data: PrecomputedTransactionData
    private let inputIndex: Int

    /// A checker for an input.
    ///
    /// - Parameter inputIndex: 0-based; the transaction has such an input.
    public init(_ data: PrecomputedTransactionData, inputIndex: Int) {
        precondition(
            data.transaction.inputs.indices.contains(inputIndex),
            "the transaction has such an input")
        self.data = data
        self.inputIndex = inputIndex
    }

    private var input: TxIn { data.transaction.inputs[inputIndex] }

    /// Whether an ECDSA signature is valid for the input.
    public func checkECDSASignature(
        _ signature: [UInt8], publicKey: [UInt8], scriptCode: Script, version: SignatureVersion
    ) -> Bool {
        guard let typeByte = signature.last, let key = PublicKey(anyForm: publicKey),
            let decoded = ECDSASignature(decodingLaxDER: Array(signature.dropLast()))
        else { return false }
        return key.verify(decoded, digest: digest(scriptCode, version, typeByte: typeByte))
    }

    private func digest(
        _ scriptCode: Script, _ version: SignatureVersion, typeByte: UInt8
    ) -> Bytes32 {
        guard version == .witnessV0 else {
            return LegacySighash.hash(
                data.transaction, inputIndex: inputIndex, scriptCode: scriptCode,
                type: UInt32(typeByte))
        }
        return data.segwitV0.sighash(
            inputIndex: inputIndex, scriptCode: scriptCode,
            amount: data.prevouts[inputIndex].value, typeByte: typeByte)
    }

    /// Returns where a BIP-340 signature is valid for the input.
    ///
    /// - Throws: `schnorrSigSize`, `schnorrSigHashType` or `schnorrSig`.
    public func checkSchnorrSignature(
        _ signature: [UInt8], publicKey: [UInt8], spend: TaprootSpend
    ) throws(ScriptError) {
        guard signature.count == 64 || signature.count == 65 else { throw .schnorrSigSize }
        var type = SighashType.default
        if signature.count == 65 {
            guard let stated = SighashType(rawValue: signature[64]), stated != .default else {
                throw .schnorrSigHashType
            }
            type = stated
        }
        let sighash: Bytes32
        do throws(SighashError) {
            sighash = try data.taproot.sighash(
                inputIndex: inputIndex, type: type, path: spend.path, annex: spend.annex)
        } catch {
            throw .schnorrSigHashType
        }
        guard let key = XOnlyPublicKey(publicKey),
            let decoded = SchnorrSignature(signature.prefix(64)),
            key.verify(decoded, message: sighash)
        else { throw .schnorrSig }
    }

    /// Whether the transaction is locked until at least this time (BIP-65).
    public func checkLockTime(_ lockTime: Int64) -> Bool {
        let own = Int64(data.transaction.lockTime.rawValue)
        let threshold = Int64(LockTime.threshold)
        guard (own < threshold) == (lockTime < threshold), lockTime <= own else { return false }
        // A final input switches the transaction's lock off.
        return input.sequence != .final
    }

    /// Whether the input waits at least so long (BIP-112).
    public func checkSequence(_ sequence: Int64) -> Bool {
        // The version counts as unsigned.
        guard UInt32(bitPattern: data.transaction.version) >= 2 else { return false }
        let disableFlag: UInt32 = 1 << 31
        let typeFlag: UInt32 = 1 << 22
        let own = input.sequence.rawValue
        guard own & disableFlag == 0 else { return false }
        let mask = typeFlag | 0xFFFF
        let ownLock = own & mask
        let demanded = UInt32(truncatingIfNeeded: sequence) & mask
        guard (ownLock < typeFlag) == (demanded < typeFlag) else { return false }
        return demanded <= ownLock
    }
}
