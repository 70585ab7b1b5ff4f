public import Primitives

/// The sighashes of one transaction's taproot inputs.
///
/// What all inputs share is hashed once, so that signing n inputs takes time in proportion to n.
///
/// - Source: BIP-341, "Common signature message"; BIP-342, "Common signature message extension".
public struct TaprootSighashCache: Sendable {
    private static let sighash = TaggedHash("TapSighash")
    private static let epoch: UInt8 = 0
    private static let tapscriptKeyVersion: UInt8 = 0

    private let transaction: Transaction
    private let prevouts: [TxOut]
    /// SHA-256 of all outpoints.
    public let prevoutsHash: Bytes32
    /// SHA-256 of all amounts that are spent.
    public let amountsHash: Bytes32
    /// SHA-256 of all scripts that are spent.
    public let scriptPubKeysHash: Bytes32
    /// SHA-256 of all sequence numbers.
    public let sequencesHash: Bytes32
    /// SHA-256 of all outputs.
    public let outputsHash: Bytes32

    /// Hashes what all inputs share.
    ///
    /// - Parameter prevouts: The outputs that the inputs spend, in the order of the inputs.
    public init(transaction: Transaction, prevouts: [TxOut]) throws(SighashError) {
        guard prevouts.count == transaction.inputs.count else {
            throw .prevoutCountMismatch(
                prevoutCount: prevouts.count, inputCount: transaction.inputs.count)
        }
        self.transaction = transaction
        self.prevouts = prevouts
        prevoutsHash = SHA256.hash(SharedParts.outPoints(of: transaction))
        amountsHash = Self.hash { writer in
            for prevout in prevouts {
                writer.appendUInt64LE(prevout.value.satoshi)
            }
        }
        scriptPubKeysHash = Self.hash { writer in
            for prevout in prevouts {
                writer.appendSized(prevout.scriptPubKey.bytes)
            }
        }
        sequencesHash = SHA256.hash(SharedParts.sequences(of: transaction))
        outputsHash = SHA256.hash(SharedParts.outputs(of: transaction))
    }

    /// The sighash of one input.
    ///
    /// - Parameters:
    ///   - inputIndex: 0-based.
    ///   - annex: With its first byte 0x50.
    public func sighash(
        inputIndex: Int, type: SighashType = .default, path: TaprootSpendPath,
        annex: [UInt8]? = nil
    ) throws(SighashError) -> Bytes32 {
        Self.sighash.hash(
            try message(inputIndex: inputIndex, type: type, path: path, annex: annex))
    }

    /// What the sighash hashes: the epoch, and BIP-341's signature message with its extension.
    public func message(
        inputIndex: Int, type: SighashType = .default, path: TaprootSpendPath,
        annex: [UInt8]? = nil
    ) throws(SighashError) -> [UInt8] {
        try check(inputIndex: inputIndex, type: type, annex: annex)
        var writer = ByteWriter(capacity: 256)
        writer.appendUInt8(Self.epoch)
        writer.appendUInt8(type.rawValue)
        writer.appendUInt32LE(UInt32(bitPattern: transaction.version))
        writer.appendUInt32LE(transaction.lockTime.rawValue)
        if !type.isAnyoneCanPay {
            for hash in [prevoutsHash, amountsHash, scriptPubKeysHash, sequencesHash] {
                writer.append(hash)
            }
        }
        if type.outputs == .all {
            writer.append(outputsHash)
        }
        writer.appendUInt8(Self.spendType(path, annex))
        if type.isAnyoneCanPay {
            let input = transaction.inputs[inputIndex]
            input.outPoint.encode(to: &writer)
            prevouts[inputIndex].encode(to: &writer)
            writer.appendUInt32LE(input.sequence.rawValue)
        } else {
            writer.appendUInt32LE(UInt32(inputIndex))
        }
        if let annex {
            writer.append(Self.hash { $0.appendSized(annex) })
        }
        if type.outputs == .single {
            writer.append(SHA256.hash(transaction.outputs[inputIndex].encoded()))
        }
        if case .scriptPath(let leafHash, let codeSeparatorPosition) = path {
            writer.append(leafHash)
            writer.appendUInt8(Self.tapscriptKeyVersion)
            writer.appendUInt32LE(codeSeparatorPosition)
        }
        return writer.bytes
    }

    private func check(
        inputIndex: Int, type: SighashType, annex: [UInt8]?
    ) throws(SighashError) {
        guard transaction.inputs.indices.contains(inputIndex) else {
            throw .inputIndexOutOfRange(
                inputIndex: inputIndex, inputCount: transaction.inputs.count)
        }
        if type.outputs == .single, !transaction.outputs.indices.contains(inputIndex) {
            throw .singleWithoutOutput(
                inputIndex: inputIndex, outputCount: transaction.outputs.count)
        }
        if let annex, annex.first != Witness.annexTag { throw .invalidAnnex }
    }

    /// Twice the extension (1 for a script path), plus 1 where there is an annex.
    private static func spendType(_ path: TaprootSpendPath, _ annex: [UInt8]?) -> UInt8 {
        let annexBit: UInt8 = annex == nil ? 0 : 1
        return switch path {
        case .keyPath: annexBit
        case .scriptPath: 2 | annexBit
        }
    }

    private static func hash(_ write: (inout ByteWriter) -> Void) -> Bytes32 {
        var writer = ByteWriter()
        write(&writer)
        return SHA256.hash(writer.bytes)
    }
}
