import Primitives

/// Chain values as bytes: one after the other, without counts or separators.
enum ChainEncoding {
    static func encode(_ chains: [Bytes20], into writer: inout ByteWriter) {
        for chain in chains {
            writer.append(chain)
        }
    }

    /// Reads whole chains.
    ///
    /// - Parameter bytes: A multiple of 20 bytes; the caller has checked the length.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [Bytes20] {
        precondition(bytes.count % Bytes20.byteCount == 0, "chains are whole")
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: Bytes20.byteCount)
            .compactMap { Bytes20(bytes[$0..<$0 + Bytes20.byteCount]) }
    }
}
