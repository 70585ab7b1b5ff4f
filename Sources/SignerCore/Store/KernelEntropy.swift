import Glibc
import Primitives

/// Random bytes of the kernel for keys, salts and nonces of the vault itself.
enum KernelEntropy {
    /// Fills a span of at most 256 bytes.
    static func fill(_ bytes: inout MutableSpan<UInt8>) {
        precondition(bytes.count <= 256, "getentropy gives at most 256 bytes")
        let status = unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return Int32(0) }
            return unsafe getentropy(start, buffer.count)
        }
        precondition(status == 0, "the kernel has a random number generator")
    }

    /// Random bytes that are not secret, such as salts.
    static func bytes(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        var span = result.mutableSpan
        fill(&span)
        return result
    }
}
