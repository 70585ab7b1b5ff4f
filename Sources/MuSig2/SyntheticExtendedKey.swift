package import Curve
package import Primitives

/// The extended public key that BIP-328 makes of an aggregate key.
package struct SyntheticExtendedKey: Hashable, Sendable {
    /// The hash of "MuSig2MuSig2MuSig2" (BIP-328).
    package static let chainCode = SHA256.hash(Array("MuSig2MuSig2MuSig2".utf8))

    /// The aggregate key without tweaks.
    package let publicKey: PublicKey

    package init(aggregateKey publicKey: PublicKey) {
        self.publicKey = publicKey
    }

    /// The 78 bytes of BIP-32's serialisation: depth, parent and child number are zero.
    ///
    /// - Parameter version: For example 0x0488B21E for a mainnet `xpub`.
    package func encoded(version: UInt32) -> [UInt8] {
        var writer = ByteWriter(capacity: 78)
        writer.appendUInt32BE(version)
        writer.append([UInt8](repeating: 0, count: 9))
        writer.append(Self.chainCode)
        writer.append(publicKey.bytes)
        return writer.bytes
    }
}
