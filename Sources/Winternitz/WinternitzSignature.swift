public import Primitives

/// A one-time signature: chain `i` is HASH160 of the chain's secret, as often as digit `i` says.
///
/// It carries chains only. The digits come from the message, which travels next to it.
public struct WinternitzSignature: Hashable, Sendable {
    /// The profile that chains without further words belong to.
    private static let profile = WinternitzProfile.base16Hash160

    /// One value per chain: message digits first, then checksum digits.
    public let chains: [Bytes20]

    /// Checks that some message length needs so many chains.
    public init(chains: [Bytes20]) throws(WinternitzError) {
        _ = try WinternitzParameters(profile: Self.profile, chainCount: chains.count)
        self.chains = chains
    }

    /// The chains, one after the other.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: chains.count * Bytes20.byteCount)
        ChainEncoding.encode(chains, into: &writer)
        return writer.bytes
    }

    /// Reads what `encoded()` writes, all of it.
    public init(decoding bytes: [UInt8]) throws(WinternitzError) {
        let (chainCount, excess) = bytes.count.quotientAndRemainder(dividingBy: Bytes20.byteCount)
        guard excess == 0 else { throw .partialChain(byteCount: bytes.count) }
        _ = try WinternitzParameters(profile: Self.profile, chainCount: chainCount)
        chains = ChainEncoding.decode(bytes[...])
    }

    /// The digits that the chains disclose, if the signature is one of this message's length.
    ///
    /// - Throws: `messageByteCount` or `chainCount` if message and signature do not fit together.
    public func digits(signing message: [UInt8]) throws(WinternitzError) -> [UInt8] {
        let parameters = try WinternitzParameters(
            profile: Self.profile, messageByteCount: message.count)
        guard chains.count == parameters.chainCount else {
            throw .chainCount(found: chains.count, needed: parameters.chainCount)
        }
        return parameters.digits(of: message)
    }

    /// Whether this is the key's signature of the message.
    ///
    /// - Parameter message: Of any length; one that is not the key's makes the answer false.
    public func verify(message: [UInt8], publicKey: WinternitzPublicKey) -> Bool {
        WinternitzClaim(message: message, signature: self, publicKey: publicKey).isValid
    }
}
