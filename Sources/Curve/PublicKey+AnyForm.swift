extension PublicKey {
    /// Decoding of every form that Bitcoin's consensus reads outside taproot: 33 bytes compressed,
    /// 65 bytes uncompressed or hybrid; nil where it is none.
    ///
    /// - Source: SEC 1, 2.3.4; Bitcoin Core, `CPubKey::Verify`.
    public init?(anyForm bytes: [UInt8]) {
        let isSized =
            switch bytes.first {
            case 2, 3: bytes.count == 33
            case 4, 6, 7: bytes.count == 65
            default: false
            }
        guard isSized, let point = CurveContext.shared.parse(bytes) else { return nil }
        self.init(point: point)
    }
}
