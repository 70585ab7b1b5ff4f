internal import CCrypto
internal import Glibc

/// Operations whose duration does not depend on the bytes.
package enum ConstantTime {
    /// Compares two byte strings.
    ///
    /// Only the lengths may leak; strings of different lengths are unequal.
    package static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard !left.isEmpty else { return true }
        return unsafe left.withUnsafeBytes { first in
            unsafe right.withUnsafeBytes { second in
                unsafe CRYPTO_memcmp(first.baseAddress, second.baseAddress, first.count) == 0
            }
        }
    }

    /// Says whether every byte is zero.
    package static func isZero(_ bytes: Span<UInt8>) -> Bool {
        var union: UInt8 = 0
        for index in bytes.indices {
            union |= bytes[index]
        }
        return union == 0
    }

    /// Overwrites bytes with zeros in a way that the optimiser may not remove.
    package static func wipe(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe explicit_bzero(start, buffer.count)
        }
    }
}
