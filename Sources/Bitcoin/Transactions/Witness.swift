import Primitives

/// The witness of an input: byte strings, bottom of the stack first.
public struct Witness: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// No items.
    public static let empty = Witness([])
    /// The first byte of the last item that makes it an annex (BIP-341).
    public static let annexTag: UInt8 = 0x50

    /// The byte strings, bottom of the stack first.
    public var items: [[UInt8]]

    /// A witness with these items, bottom of the stack first.
    public init(_ items: [[UInt8]]) {
        self.items = items
    }

    /// A witness with these items, bottom of the stack first.
    public init(arrayLiteral items: [UInt8]...) {
        self.items = items
    }

    /// Whether there are no items.
    public var isEmpty: Bool {
        items.isEmpty
    }

    /// Bytes of the encoding: the number of items, and each with its length.
    public var byteCount: Int {
        Self.byteCount(itemByteCounts: items.map(\.count))
    }

    /// Bytes of the encoding of a witness with items of these lengths.
    public static func byteCount(itemByteCounts: [Int]) -> Int {
        itemByteCounts.reduce(CompactSize.byteCount(itemByteCounts.count)) {
            $0 + CompactSize.byteCount($1) + $1
        }
    }

    /// The annex, where the witness spends a taproot output and has one.
    public var annex: [UInt8]? {
        guard items.count >= 2, let last = items.last, last.first == Self.annexTag else {
            return nil
        }
        return last
    }

    init(from reader: inout ByteReader) throws(TransactionError) {
        var items: [[UInt8]] = []
        do {
            let count = try reader.readCount(minimumByteCount: 1)
            for _ in 0..<count {
                items.append(try reader.readSized())
            }
        } catch {
            throw .encoding(error)
        }
        self.items = items
    }

    func encode(to writer: inout ByteWriter) {
        writer.appendCompactSize(UInt64(items.count))
        for item in items {
            writer.appendSized(item)
        }
    }
}
