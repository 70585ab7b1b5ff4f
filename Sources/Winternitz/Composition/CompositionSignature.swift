public import Primitives

/// A one-time signature of profile 2: the disclosed values in the order of the code's picks.
///
/// Which chains they belong to, the message says.
public struct CompositionSignature: Hashable, Sendable {
    /// One value per disclosed chain.
    public let values: [Bytes20]

    /// Checks the number of values.
    public init(values: [Bytes20]) throws(WinternitzError) {
        guard values.count == CompositionCode.disclosedCount else {
            throw .chainCount(found: values.count, needed: CompositionCode.disclosedCount)
        }
        self.values = values
    }

    /// The values, one after the other.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: values.count * Bytes20.byteCount)
        ChainEncoding.encode(values, into: &writer)
        return writer.bytes
    }

    /// Reads what `encoded()` writes, all of it.
    public init(decoding bytes: [UInt8]) throws(WinternitzError) {
        guard bytes.count.isMultiple(of: Bytes20.byteCount) else {
            throw .partialChain(byteCount: bytes.count)
        }
        try self.init(values: ChainEncoding.decode(bytes[...]))
    }

    /// Whether this is the key's signature of the message.
    public func verify(message: Bytes20, publicKey: CompositionPublicKey) -> Bool {
        var ends = values
        Hash160Lanes.iterate(&ends, steps: CompositionCode.distances)
        let indices = CompositionCode.chainIndices(at: CompositionCode.positions(of: message))
        return zip(indices, ends).allSatisfy { publicKey.chains[$0] == $1 }
    }
}
