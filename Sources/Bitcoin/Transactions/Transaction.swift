public import Primitives

/// Why bytes are not a transaction.
public enum TransactionError: Error, Equatable {
    /// More bytes than a block can hold.
    case tooLarge(byteCount: Int, limit: Int)
    /// The bytes end early, go on after the end, or hold a count in a longer form.
    case encoding(ByteReaderError)
    /// An output's amount cannot exist.
    case amount(AmountError)
    /// No inputs.
    case noInputs
    /// No outputs.
    case noOutputs
    /// The byte after the segwit marker is not 1.
    case unknownSegwitFlag(UInt8)
    /// The segwit form, but every witness is empty.
    case superfluousWitness
}

/// A transaction.
///
/// Hashes and sizes are computed at every call; keep them where they are needed often.
public struct Transaction: Hashable, Sendable {
    /// The most bytes that `init(decoding:)` looks at: what a block can hold.
    public static let maximumByteCount = 4_000_000

    /// Version 1, 2 (relative locks, BIP-68) or 3 (topologically restricted, BIP-431).
    public var version: Int32
    /// What is spent.
    public var inputs: [TxIn]
    /// What is created.
    public var outputs: [TxOut]
    /// Absolute lock.
    public var lockTime: LockTime

    /// A transaction of these parts.
    public init(version: Int32, inputs: [TxIn], outputs: [TxOut], lockTime: LockTime = .zero) {
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
        self.lockTime = lockTime
    }

    /// Whether an input has a witness, and the segwit form is therefore used.
    public var hasWitness: Bool {
        inputs.contains { !$0.witness.isEmpty }
    }

    /// Whether this is the first transaction of a block, which spends nothing.
    public var isCoinbase: Bool {
        inputs.count == 1 && inputs[0].outPoint == .null
    }

    /// The hash that names the transaction in outpoints.
    public var txid: Txid {
        Txid(SHA256.doubleHash(encodedWithoutWitness()))
    }

    /// The hash that covers the witness too; equal to the txid where there is none.
    public var wtxid: Wtxid {
        Wtxid(SHA256.doubleHash(encoded()))
    }

    /// The reference to an output of this transaction.
    ///
    /// - Parameter index: 0-based; less than `outputs.count`.
    public func outPoint(ofOutput index: Int) -> OutPoint {
        precondition(outputs.indices.contains(index), "the transaction has such an output")
        return OutPoint(txid: txid, outputIndex: UInt32(index))
    }
}

extension Transaction {
    /// Bytes of the form without witnesses.
    public var baseByteCount: Int {
        let inputBytes = inputs.reduce(CompactSize.byteCount(inputs.count)) { $0 + $1.byteCount }
        let outputBytes = outputs.reduce(CompactSize.byteCount(outputs.count)) {
            $0 + $1.byteCount
        }
        return 8 + inputBytes + outputBytes
    }

    /// Bytes of `encoded()`.
    public var byteCount: Int {
        guard hasWitness else { return baseByteCount }
        return inputs.reduce(baseByteCount + 2) { $0 + $1.witness.byteCount }
    }

    /// Three times the size without witnesses plus the size with them (BIP-141).
    public var weight: Weight {
        Weight(3 * baseByteCount + byteCount)
    }

    /// A quarter of the weight, rounded up.
    public var virtualSize: VirtualSize {
        weight.virtualSize
    }
}
