import Glibc
import Model
import Primitives
import Terminal

/// Secret bytes that were typed or read, in the first part of a page.
struct TypedSecret: ~Copyable {
    var page: SecretPage
    var byteCount = 0

    init(capacity: Int) throws(ProgramFailure) {
        do throws(SecretPageError) {
            page = try SecretPage(byteCount: capacity)
        } catch {
            throw ProgramFailure(
                .unsafeEnvironment, "no locked memory for secrets: \(error)",
                next: "raise the limit of locked memory (ulimit -l)")
        }
    }

    borrowing func equals(_ other: borrowing TypedSecret) -> Bool {
        let (count, otherCount) = (byteCount, other.byteCount)
        return page.withBytes { left in
            other.page.withBytes { right in
                ConstantTime.equal(
                    left.extracting(first: count), right.extracting(first: otherCount))
            }
        }
    }
}

/// Where reading stops.
enum SecretEnd {
    /// At the first line feed, which is not part of the secret.
    case line
    /// At the end of the input.
    case input
}

/// Reads secrets straight onto locked pages, byte by byte, never through a `String`.
enum SecretInput {
    /// The longest secret: 24 words have 215 letters and blanks at most.
    static let limit = 1024

    /// What an inherited descriptor gives.
    static func read(_ descriptor: Int32, until end: SecretEnd) throws(ProgramFailure)
        -> TypedSecret
    {
        var secret = try TypedSecret(capacity: limit + 1)
        while true {
            let offset = secret.byteCount
            guard offset <= limit else {
                throw ProgramFailure(.usage, "a secret has at most \(limit) bytes")
            }
            let count = secret.page.withMutableBytes { bytes in
                unsafe bytes.withUnsafeMutableBytes { buffer in
                    unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: offset), 1)
                }
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ProgramFailure(
                    .usage, "cannot read a secret from descriptor \(descriptor)",
                    next: "open it in the shell, for example 3</path/to/file")
            }
            if count == 0 { return secret }
            let byte = secret.page.withBytes { $0[offset] }
            if case .line = end, byte == UInt8(ascii: "\n") {
                secret.page.withMutableBytes { $0[offset] = 0 }
                return secret
            }
            secret.byteCount += 1
        }
    }

    /// What a file of the caller's own gives; nobody else may be able to read it.
    static func read(_ path: String, until end: SecretEnd) throws(ProgramFailure)
        -> TypedSecret
    {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ProgramFailure(
                .usage, "cannot open \(path): \(unsafe String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ProgramFailure(.usage, "\(path) is not a regular file")
        }
        guard status.st_mode & 0o177 == 0, status.st_uid == geteuid() else {
            throw ProgramFailure(
                .unsafeEnvironment, "\(path) must belong to you alone, with mode 0600",
                next: "chmod 600 \(path)")
        }
        return try read(descriptor, until: end)
    }
}
