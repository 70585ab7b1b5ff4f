import Primitives

/// A reference to an output of a transaction.
public struct OutPoint: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// What the input of a coinbase transaction refers to.
    public static let null = OutPoint(txid: .zero, outputIndex: .max)

    static let byteCount = 36

    /// The transaction that has the output.
    public let txid: Txid
    /// 0-based position of the output.
    public let outputIndex: UInt32

    /// The output `outputIndex` of the transaction `txid`.
    public init(txid: Txid, outputIndex: UInt32) {
        self.txid = txid
        self.outputIndex = outputIndex
    }

    /// Reads `txid:index` as `description` writes it.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let txid = Txid(hex: String(parts[0])),
            let index = UInt32(parts[1]), String(index) == parts[1]
        else { return nil }
        self.init(txid: txid, outputIndex: index)
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        txid = Txid(try reader.readBytes32())
        outputIndex = try reader.readUInt32LE()
    }

    func encode(to writer: inout ByteWriter) {
        writer.append(txid.bytes)
        writer.appendUInt32LE(outputIndex)
    }

    /// 36 bytes: the transaction's hash, then the index, least significant byte first.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter()
        encode(to: &writer)
        return writer.bytes
    }

    /// Order of the transaction's hash bytes, then of the index.
    public static func < (left: OutPoint, right: OutPoint) -> Bool {
        left.txid == right.txid
            ? left.outputIndex < right.outputIndex : left.txid < right.txid
    }

    /// `txid:index`.
    public var description: String {
        "\(txid):\(outputIndex)"
    }
}
