public import Primitives

/// The public ends of the chains of a one-time key of profile 2.
public struct CompositionPublicKey: Hashable, Sendable {
    private static let headerByteCount = 3

    /// One value per chain.
    public let chains: [Bytes20]

    /// Checks the number of chains.
    public init(chains: [Bytes20]) throws(WinternitzError) {
        guard chains.count == CompositionCode.chainCount else {
            throw .chainCount(found: chains.count, needed: CompositionCode.chainCount)
        }
        self.chains = chains
    }

    /// Profile number (1 byte), message length (2 bytes, least significant first), chains.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(
            capacity: Self.headerByteCount + chains.count * Bytes20.byteCount)
        writer.appendUInt8(CompositionCode.profileNumber)
        writer.appendUInt16LE(UInt16(CompositionCode.messageByteCount))
        ChainEncoding.encode(chains, into: &writer)
        return writer.bytes
    }

    /// Reads what `encoded()` writes, all of it.
    public init(decoding bytes: [UInt8]) throws(WinternitzError) {
        let needed = Self.headerByteCount + CompositionCode.chainCount * Bytes20.byteCount
        guard bytes.count == needed else {
            throw .encodedByteCount(found: bytes.count, needed: needed)
        }
        guard bytes[0] == CompositionCode.profileNumber else { throw .unknownProfile(bytes[0]) }
        let byteCount = Int(bytes[1]) | Int(bytes[2]) << 8
        guard byteCount == CompositionCode.messageByteCount else {
            throw .messageByteCount(byteCount)
        }
        try self.init(chains: ChainEncoding.decode(bytes[Self.headerByteCount...]))
    }
}
