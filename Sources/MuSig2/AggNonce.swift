package import Curve

/// `aggnonce` of BIP-327: the sum of all signers' nonces, 66 bytes; either half may be infinity.
package struct AggNonce: Hashable, Sendable {
    /// Sum of all R1.
    package let first: CurvePoint
    /// Sum of all R2.
    package let second: CurvePoint

    /// NonceAgg of BIP-327; the order of the nonces does not matter.
    ///
    /// - Throws: `noContribution`.
    package init(aggregating nonces: [PubNonce]) throws(MuSig2Error) {
        guard !nonces.isEmpty else { throw .noContribution(.pubNonce) }
        first = .sum(of: nonces.map { .point($0.first) })
        second = .sum(of: nonces.map { .point($0.second) })
    }

    /// NonceAgg of encoded nonces.
    ///
    /// - Throws: `invalidContribution` with the index of the first nonce that is none.
    package init(aggregatingEncoded nonces: [[UInt8]]) throws(MuSig2Error) {
        try self.init(aggregating: PubNonce.decode(nonces))
    }

    /// Exact decoding.
    ///
    /// - Throws: `invalidContribution(.aggNonce, signerIndex: nil)`.
    package init(decoding bytes: [UInt8]) throws(MuSig2Error) {
        guard bytes.count == 66,
            let first = try? CurvePoint(decodingExtended: Array(bytes[..<33])),
            let second = try? CurvePoint(decodingExtended: Array(bytes[33...]))
        else { throw .invalidContribution(.aggNonce, signerIndex: nil) }
        self.first = first
        self.second = second
    }

    /// The 66 bytes.
    package var bytes: [UInt8] { first.extendedBytes + second.extendedBytes }
}
