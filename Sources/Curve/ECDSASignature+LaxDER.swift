extension ECDSASignature {
    /// Decoding of what Bitcoin's first blocks accepted as DER: lengths may be long, integers may
    /// be padded or negative, bytes may follow.
    ///
    /// - Parameter bytes: Without the sighash byte.
    /// - Returns: nil also where r or s is out of range, since no such signature is valid.
    /// - Source: Bitcoin Core, `ecdsa_signature_parse_der_lax`.
    public init?(decodingLaxDER bytes: [UInt8]) {
        var rest = bytes[...]
        guard rest.popFirst() == 0x30, let length = rest.popFirst() else { return nil }
        if length & 0x80 != 0 {
            let lengthByteCount = Int(length & 0x7F)
            guard lengthByteCount <= rest.count else { return nil }
            rest = rest.dropFirst(lengthByteCount)
        }
        guard let r = Self.laxInteger(&rest), let s = Self.laxInteger(&rest) else { return nil }
        do throws(CurveError) { try self.init(decodingCompact: r + s) } catch { return nil }
    }

    /// The next integer as 32 bytes big-endian.
    private static func laxInteger(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.popFirst() == 2, let first = rest.popFirst() else { return nil }
        var byteCount = Int(first)
        if first & 0x80 != 0 {
            let lengthByteCount = Int(first & 0x7F)
            guard lengthByteCount <= rest.count else { return nil }
            let length = rest.prefix(lengthByteCount).drop { $0 == 0 }
            guard length.count < 4 else { return nil }
            byteCount = length.reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(lengthByteCount)
        }
        guard byteCount <= rest.count else { return nil }
        let digits = rest.prefix(byteCount).drop { $0 == 0 }
        rest = rest.dropFirst(byteCount)
        guard digits.count <= 32 else { return nil }
        return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }
}
