public import Primitives

/// The public ends of the chains of a one-time key.
public struct WinternitzPublicKey: Hashable, Sendable {
    /// Profile number, and the message length in two bytes.
    private static let headerByteCount = 3

    /// What the key can sign, and how.
    public let parameters: WinternitzParameters
    /// One value per chain: message digits first, then checksum digits.
    public let chains: [Bytes20]

    /// Checks that there is one chain per digit.
    public init(
        parameters: WinternitzParameters, chains: [Bytes20]
    ) throws(WinternitzError) {
        guard chains.count == parameters.chainCount else {
            throw .chainCount(found: chains.count, needed: parameters.chainCount)
        }
        self.parameters = parameters
        self.chains = chains
    }

    /// Checks the message length, and that there is one chain per digit.
    public init(
        profile: WinternitzProfile, messageByteCount: Int, chains: [Bytes20]
    ) throws(WinternitzError) {
        try self.init(
            parameters: WinternitzParameters(profile: profile, messageByteCount: messageByteCount),
            chains: chains)
    }

    /// The fixed choices.
    public var profile: WinternitzProfile {
        parameters.profile
    }

    /// How many bytes a message has.
    public var messageByteCount: Int {
        parameters.messageByteCount
    }

    /// Profile number (1 byte), message length (2 bytes, least significant first), chains.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(
            capacity: Self.headerByteCount + chains.count * Bytes20.byteCount)
        writer.appendUInt8(profile.rawValue)
        writer.appendUInt16LE(UInt16(messageByteCount))
        ChainEncoding.encode(chains, into: &writer)
        return writer.bytes
    }

    /// Reads what `encoded()` writes, all of it.
    public init(decoding bytes: [UInt8]) throws(WinternitzError) {
        guard bytes.count >= Self.headerByteCount else {
            throw .encodedByteCount(found: bytes.count, needed: Self.headerByteCount)
        }
        guard let profile = WinternitzProfile(rawValue: bytes[0]) else {
            throw .unknownProfile(bytes[0])
        }
        let parameters = try WinternitzParameters(
            profile: profile, messageByteCount: Int(bytes[1]) | Int(bytes[2]) << 8)
        let needed = Self.headerByteCount + parameters.chainCount * Bytes20.byteCount
        guard bytes.count == needed else {
            throw .encodedByteCount(found: bytes.count, needed: needed)
        }
        try self.init(
            parameters: parameters,
            chains: ChainEncoding.decode(bytes[Self.headerByteCount...]))
    }

    /// A digest of the whole key, parameters included.
    public var digest: Bytes32 {
        OneTimePublicKey.base16(self).digest
    }
}
