package import Curve
import Glibc
import Primitives

/// The file with the watcher's identity key: 32 bytes, readable by its owner alone.
///
/// The key signs the envelopes of requests and nothing else; it holds no money and opens no
/// program. It lives on a secret page all the same, and never in an ordinary value.
package struct IdentityKeyFile: Sendable {
    package static let byteCount = 32

    package let path: String

    package init(folder: String) {
        path = folder + "/identity.key"
    }

    package var exists: Bool { PrivateFile.exists(path) }

    /// Makes a key from the kernel's randomness and writes it into a new file.
    package func create() throws(StoreError) -> SecretKey {
        var page = try Self.page()
        var isValid = false
        while !isValid {
            // One draw in 2^127 is no key.
            try KernelRandomness.fill(&page)
            isValid = page.withBytes { SecretScalar.isValid($0) }
        }
        try write(page)
        return try key(page)
    }

    /// Reads the key.
    ///
    /// - Throws: `StoreError.wrongPermissions` when others may read the file too.
    package func load() throws(StoreError) -> SecretKey {
        let (descriptor, size) = try PrivateFile.open(path)
        defer { close(descriptor) }
        guard size == Self.byteCount else { throw .damagedKey(path: path, byteCount: size) }
        var page = try Self.page()
        let count = page.withMutableBytes { bytes in
            unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
        }
        guard count == Self.byteCount else { throw PrivateFile.failure("read", path) }
        return try key(page)
    }

    private func write(_ page: borrowing SecretPage) throws(StoreError) {
        let descriptor = unsafe open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure("create", path) }
        defer { close(descriptor) }
        let count = page.withBytes { bytes in
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
        }
        guard count == Self.byteCount, fsync(descriptor) == 0 else {
            throw PrivateFile.failure("write", path)
        }
    }

    private static func page() throws(StoreError) -> SecretPage {
        do throws(SecretPageError) {
            return try SecretPage(byteCount: byteCount)
        } catch {
            throw .noLockedMemory
        }
    }

    private func key(_ page: consuming SecretPage) throws(StoreError) -> SecretKey {
        do throws(SecretKeyError) {
            return try SecretKey(validating: page)
        } catch {
            switch error {
            case .outOfRange: throw .damagedKey(path: path, byteCount: Self.byteCount)
            case .page: throw .noLockedMemory
            }
        }
    }
}
