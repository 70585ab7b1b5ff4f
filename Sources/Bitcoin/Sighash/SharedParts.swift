import Primitives

/// The parts of a transaction that the sighashes of all its inputs share.
enum SharedParts {
    /// All outpoints, one after the other.
    static func outPoints(of transaction: Transaction) -> [UInt8] {
        var writer = ByteWriter(capacity: OutPoint.byteCount * transaction.inputs.count)
        for input in transaction.inputs {
            input.outPoint.encode(to: &writer)
        }
        return writer.bytes
    }

    /// All sequence numbers, one after the other.
    static func sequences(of transaction: Transaction) -> [UInt8] {
        var writer = ByteWriter(capacity: 4 * transaction.inputs.count)
        for input in transaction.inputs {
            writer.appendUInt32LE(input.sequence.rawValue)
        }
        return writer.bytes
    }

    /// All outputs, one after the other.
    static func outputs(of transaction: Transaction) -> [UInt8] {
        var writer = ByteWriter()
        for output in transaction.outputs {
            output.encode(to: &writer)
        }
        return writer.bytes
    }
}
