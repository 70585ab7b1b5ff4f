import Glibc
import Primitives

/// The random numbers of the kernel.
package enum KernelRandomness {
    /// Bytes that are not secret: auxiliary randomness, a program's instance.
    ///
    /// - Parameter count: 1 to 256.
    package static func publicBytes(count: Int) throws(StoreError) -> [UInt8] {
        precondition((1...256).contains(count), "getentropy gives 1 to 256 bytes")
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withUnsafeMutableBytes { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return -1 }
            return unsafe getentropy(start, buffer.count)
        }
        guard status == 0 else { throw PrivateFile.failure("read", "getentropy") }
        return bytes
    }

    /// Fills a page that will hold a secret.
    static func fill(_ page: inout SecretPage) throws(StoreError) {
        let status = page.withMutableBytes { bytes in
            unsafe bytes.withUnsafeMutableBytes { buffer -> Int32 in
                guard let start = buffer.baseAddress else { return -1 }
                return unsafe getentropy(start, buffer.count)
            }
        }
        guard status == 0 else { throw PrivateFile.failure("read", "getentropy") }
    }
}
