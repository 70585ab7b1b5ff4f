import Glibc
package import Model
import Synchronization

/// Standard output, and whether everything that was written on it arrived.
///
/// Commands look at their end.
package enum StandardOutput {
    /// The error number of the first write that failed; 0 before.
    private static let failure = Atomic<Int32>(0)

    /// Whether something did not arrive; nothing more is written then.
    package static var isLost: Bool { failure.load(ordering: .relaxed) != 0 }

    /// Writes everything, or notes that it could not.
    package static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !isLost, !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(STDOUT_FILENO, buffer.baseAddress, buffer.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                failure.store(errno, ordering: .relaxed)
            }
        }
    }

    /// How a command fails that did its work and could not say so; nil if all arrived.
    package static var loss: ProgramFailure? {
        guard isLost else { return nil }
        let code = failure.load(ordering: .relaxed)
        return ProgramFailure(
            .media, "cannot write to standard output: \(unsafe String(cString: strerror(code)))",
            next: "what the command does is done; ask for its report where there is room")
    }

    /// The exit code of a command that is done, after telling why its report is lost.
    ///
    /// A reader that goes away, such as `head`, needs no words.
    package static var exitAfterSuccess: ProgramExit {
        guard let loss else { return .done }
        if failure.load(ordering: .relaxed) != EPIPE {
            Printer(json: false).report(loss)
        }
        return loss.exit
    }
}
