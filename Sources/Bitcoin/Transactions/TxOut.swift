import Primitives

/// An output: an amount, and the script that its spender must satisfy.
public struct TxOut: Hashable, Sendable {
    /// Bytes of an output with an empty script.
    static let minimumByteCount = 9

    /// How much the output holds.
    public var value: Amount
    /// Who may spend it.
    public var scriptPubKey: Script

    /// An output of `value` under `scriptPubKey`.
    public init(value: Amount, scriptPubKey: Script) {
        self.value = value
        self.scriptPubKey = scriptPubKey
    }

    init(from reader: inout ByteReader) throws(TransactionError) {
        let satoshi: UInt64
        do {
            satoshi = try reader.readUInt64LE()
            scriptPubKey = Script(try reader.readSized())
        } catch {
            throw .encoding(error)
        }
        do {
            value = try Amount(satoshi)
        } catch {
            throw .amount(error)
        }
    }

    func encode(to writer: inout ByteWriter) {
        writer.appendUInt64LE(value.satoshi)
        writer.appendSized(scriptPubKey.bytes)
    }

    /// Amount and script as a transaction encodes them.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: byteCount)
        encode(to: &writer)
        return writer.bytes
    }

    /// Bytes of the encoding.
    public var byteCount: Int {
        8 + CompactSize.sizedByteCount(scriptPubKey.bytes)
    }
}
