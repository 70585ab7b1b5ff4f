internal import CHash

/// BLAKE3 in its plain mode, for messages of one block.
public enum BLAKE3 {
    /// The longest message, in bytes.
    public static let messageByteLimit = 64

    /// The 32-byte hash of a message of at most one block.
    public static func hash(_ message: [UInt8]) -> Bytes32 {
        precondition(message.count <= messageByteLimit, "a message fits into one block")
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        let status = unsafe span.withUnsafeMutableBufferPointer { output in
            guard let start = output.baseAddress else { return Int32(0) }
            return unsafe bvx_blake3_block(start, message, message.count)
        }
        precondition(status == 1, "the length was checked")
        return Bytes32(digest)
    }
}
