internal import Glibc
package import Primitives

/// The random numbers of the kernel, which waits until it is seeded.
package enum KernelRandom {
    /// A page of fresh random bytes.
    ///
    /// - Parameter byteCount: 1 to 256, the limit of `getentropy`.
    package static func page(byteCount: Int) throws(SecretsError) -> SecretPage {
        precondition((1...256).contains(byteCount), "getentropy gives 1 to 256 bytes")
        var page = try SecretPage.make(byteCount: byteCount)
        let status = page.withMutableBytes { bytes in
            unsafe bytes.withUnsafeMutableBytes { buffer -> Int32 in
                guard let start = buffer.baseAddress else { return -1 }
                return unsafe getentropy(start, buffer.count)
            }
        }
        guard status == 0 else { throw .noRandomness(errorNumber: errno) }
        return page
    }

    /// Fresh random bytes that will be published, such as a ceremony's instance.
    ///
    /// - Parameter count: 1 to 256.
    package static func publicBytes(count: Int) throws(SecretsError) -> [UInt8] {
        let page = try page(byteCount: count)
        return page.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}
