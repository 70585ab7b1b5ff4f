public import Primitives

/// The sighashes of one transaction's inputs of witness version 0.
///
/// What all inputs share is hashed once.
///
/// - Source: BIP-143, "Specification".
public struct SegwitV0SighashCache: Sendable {
    private let transaction: Transaction
    private let prevoutsHash: Bytes32
    private let sequencesHash: Bytes32
    private let outputsHash: Bytes32

    /// Hashes what all inputs share.
    public init(transaction: Transaction) {
        self.transaction = transaction
        prevoutsHash = SHA256.doubleHash(SharedParts.outPoints(of: transaction))
        sequencesHash = SHA256.doubleHash(SharedParts.sequences(of: transaction))
        outputsHash = SHA256.doubleHash(SharedParts.outputs(of: transaction))
    }

    /// The sighash of one input.
    public func sighash(
        inputIndex: Int, scriptCode: Script, amount: Amount, type: SighashType
    ) throws(SighashError) -> Bytes32 {
        SHA256.doubleHash(
            try message(
                inputIndex: inputIndex, scriptCode: scriptCode, amount: amount, type: type))
    }

    /// What the sighash hashes.
    public func message(
        inputIndex: Int, scriptCode: Script, amount: Amount, type: SighashType
    ) throws(SighashError) -> [UInt8] {
        guard transaction.inputs.indices.contains(inputIndex) else {
            throw .inputIndexOutOfRange(
                inputIndex: inputIndex, inputCount: transaction.inputs.count)
        }
        guard type != .default else { throw .defaultOutsideTaproot }
        return message(
            inputIndex: inputIndex, scriptCode: scriptCode, amount: amount,
            typeByte: type.rawValue)
    }

    /// The sighash of one input under any type byte, also one that no rule defines.
    ///
    /// - Parameter inputIndex: 0-based; the transaction has such an input.
    public func sighash(
        inputIndex: Int, scriptCode: Script, amount: Amount, typeByte: UInt8
    ) -> Bytes32 {
        precondition(
            transaction.inputs.indices.contains(inputIndex), "the transaction has such an input")
        return SHA256.doubleHash(
            message(
                inputIndex: inputIndex, scriptCode: scriptCode, amount: amount,
                typeByte: typeByte))
    }

    private func message(
        inputIndex: Int, scriptCode: Script, amount: Amount, typeByte: UInt8
    ) -> [UInt8] {
        let input = transaction.inputs[inputIndex]
        let outputs = SighashType.Outputs(typeByte: typeByte)
        let isAnyoneCanPay = typeByte & 0x80 != 0
        let coversSequences = !isAnyoneCanPay && outputs == .all
        var writer = ByteWriter(capacity: 192 + scriptCode.byteCount)
        writer.appendUInt32LE(UInt32(bitPattern: transaction.version))
        writer.append(isAnyoneCanPay ? .zero : prevoutsHash)
        writer.append(coversSequences ? sequencesHash : .zero)
        input.outPoint.encode(to: &writer)
        writer.appendSized(scriptCode.bytes)
        writer.appendUInt64LE(amount.satoshi)
        writer.appendUInt32LE(input.sequence.rawValue)
        writer.append(outputsHash(inputIndex: inputIndex, outputs: outputs))
        writer.appendUInt32LE(transaction.lockTime.rawValue)
        writer.appendUInt32LE(UInt32(typeByte))
        return writer.bytes
    }

    /// Unlike taproot, a single output that does not exist counts as zero.
    private func outputsHash(inputIndex: Int, outputs: SighashType.Outputs) -> Bytes32 {
        switch outputs {
        case .all: return outputsHash
        case .none: return .zero
        case .single:
            guard transaction.outputs.indices.contains(inputIndex) else { return .zero }
            return SHA256.doubleHash(transaction.outputs[inputIndex].encoded())
        }
    }
}
