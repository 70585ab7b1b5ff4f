package import Curve

/// `pubnonce` of BIP-327: a signer's two nonce points, 66 bytes.
package struct PubNonce: Hashable, Sendable, CustomStringConvertible {
    /// R1.
    package let first: PublicKey
    /// R2.
    package let second: PublicKey

    package init(_ first: PublicKey, _ second: PublicKey) {
        self.first = first
        self.second = second
    }

    /// Exact decoding.
    ///
    /// - Throws: `invalidContribution(.pubNonce, signerIndex: nil)`.
    package init(decoding bytes: [UInt8]) throws(MuSig2Error) {
        guard bytes.count == 66, let first = PublicKey(bytes[..<33]),
            let second = PublicKey(bytes[33...])
        else { throw .invalidContribution(.pubNonce, signerIndex: nil) }
        self.init(first, second)
    }

    /// Exact decoding of every signer's nonce.
    ///
    /// - Throws: `invalidContribution` with the index of the first nonce that is none.
    package static func decode(_ list: [[UInt8]]) throws(MuSig2Error) -> [PubNonce] {
        var nonces: [PubNonce] = []
        for (signerIndex, bytes) in list.enumerated() {
            guard let nonce = try? PubNonce(decoding: bytes) else {
                throw .invalidContribution(.pubNonce, signerIndex: signerIndex)
            }
            nonces.append(nonce)
        }
        return nonces
    }

    /// The 66 bytes.
    package var bytes: [UInt8] { first.bytes + second.bytes }

    /// Lower-case hexadecimal.
    package var description: String { first.hex + second.hex }
}
