import Primitives

/// An input: the output it spends, and what satisfies that output's script.
public struct TxIn: Hashable, Sendable {
    /// Bytes of an input with an empty `scriptSig`, outside the witness.
    static let minimumByteCount = 41

    /// The output that is spent.
    public var outPoint: OutPoint
    /// What a script before segwit is satisfied with; empty for segwit outputs.
    public var scriptSig: Script
    /// Relative lock and replaceability.
    public var sequence: Sequence
    /// What a segwit script is satisfied with; not part of the txid.
    public var witness: Witness

    /// An input; by default final and without signatures.
    public init(
        outPoint: OutPoint, scriptSig: Script = .empty, sequence: Sequence = .final,
        witness: Witness = .empty
    ) {
        self.outPoint = outPoint
        self.scriptSig = scriptSig
        self.sequence = sequence
        self.witness = witness
    }

    init(from reader: inout ByteReader) throws(TransactionError) {
        do {
            outPoint = try OutPoint(from: &reader)
            scriptSig = Script(try reader.readSized())
            sequence = Sequence(try reader.readUInt32LE())
            witness = .empty
        } catch {
            throw .encoding(error)
        }
    }

    func encode(to writer: inout ByteWriter) {
        outPoint.encode(to: &writer)
        writer.appendSized(scriptSig.bytes)
        writer.appendUInt32LE(sequence.rawValue)
    }

    var byteCount: Int {
        OutPoint.byteCount + 4 + CompactSize.sizedByteCount(scriptSig.bytes)
    }
}
