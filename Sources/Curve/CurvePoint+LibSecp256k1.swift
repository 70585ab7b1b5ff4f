import CSecp256k1

extension CurvePoint {
    /// libsecp256k1 answers nil where the result is the point at infinity.
    init(_ result: secp256k1_pubkey?) {
        self = result.map { .point(PublicKey(point: $0)) } ?? .infinity
    }
}
