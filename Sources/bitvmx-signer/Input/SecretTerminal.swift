import Glibc
import Model
import Primitives
import Terminal

/// The controlling terminal for what must not be echoed or kept.
struct SecretTerminal: ~Copyable {
    private let descriptor: Int32

    private enum Key {
        static let interrupt: UInt8 = 0x03
        static let endOfInput: UInt8 = 0x04
        static let backspace: UInt8 = 0x08
        static let delete: UInt8 = 0x7F
    }

    /// - Parameter instead: Options that do without a terminal.
    /// - Throws: `.declined` where there is no terminal.
    init(for purpose: String, instead: String) throws(ProgramFailure) {
        let opened = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else {
            throw ProgramFailure(
                .declined, "there is no terminal for \(purpose)",
                next: "run it in a terminal, or give \(instead)")
        }
        descriptor = opened
    }

    deinit { close(descriptor) }

    func write(_ text: String) {
        write(Array(text.utf8).span)
    }

    /// Writes letters that may be secret.
    func write(_ bytes: Span<UInt8>) {
        DescriptorOutput.write(bytes, to: descriptor)
    }

    /// A line that is typed without echo.
    ///
    /// Signals are off meanwhile, so that ^C cannot leave the terminal without echo: it is a no.
    func readSecret(_ prompt: String) throws(ProgramFailure) -> TypedSecret {
        write(prompt)
        var before = termios()
        guard unsafe tcgetattr(descriptor, &before) == 0 else {
            throw ProgramFailure(.media, "cannot switch the terminal's echo off")
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
        guard unsafe tcsetattr(descriptor, TCSAFLUSH, &silent) == 0 else {
            throw ProgramFailure(.media, "cannot switch the terminal's echo off")
        }
        defer {
            unsafe tcsetattr(descriptor, TCSAFLUSH, &before)
            write("\n")
        }
        return try readKeys()
    }

    /// A line that is typed with echo, such as the words of a backup.
    func readVisible(_ prompt: String) throws(ProgramFailure) -> TypedSecret {
        write(prompt)
        return try SecretInput.read(descriptor, until: .line)
    }

    private func readKeys() throws(ProgramFailure) -> TypedSecret {
        var secret = try TypedSecret(capacity: SecretInput.limit + 1)
        var key = try TypedSecret(capacity: 1)
        while true {
            let count = key.page.withMutableBytes { bytes in
                unsafe bytes.withUnsafeMutableBytes { buffer in
                    unsafe read(descriptor, buffer.baseAddress, 1)
                }
            }
            if count < 0, errno == EINTR { continue }
            let byte = count == 1 ? key.page.withBytes { $0[0] } : Key.endOfInput
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                return secret
            case Key.interrupt, Key.endOfInput:
                throw ProgramFailure(.declined, "nothing was typed")
            case Key.backspace, Key.delete:
                let last = secret.byteCount - 1
                guard last >= 0 else { continue }
                secret.page.withMutableBytes { $0[last] = 0 }
                secret.byteCount = last
            default:
                let end = secret.byteCount
                guard end < SecretInput.limit else {
                    throw ProgramFailure(
                        .usage, "a secret has at most \(SecretInput.limit) bytes")
                }
                secret.page.withMutableBytes { $0[end] = byte }
                secret.byteCount = end + 1
            }
        }
    }
}

/// Writes bytes to a descriptor without a detour through a buffer.
enum DescriptorOutput {
    @discardableResult
    static func write(_ bytes: Span<UInt8>, to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.extracting(droppingFirst: offset).withUnsafeBytes { rest in
                unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }
}
