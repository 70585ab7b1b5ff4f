import Foundation
import Glibc
import Model
import Terminal

/// What the program writes out, in a new file.
final class EmulatorOutput {
    private let path: String
    private let handle: FileHandle
    private var pending: [UInt8] = []
    private var failure: ProgramFailure?

    init(newFile path: String) throws {
        self.path = path
        try PlainFile.write([], to: path)
        handle = try FileHandle(forWritingTo: URL(filePath: path))
    }

    func append(_ byte: UInt8) {
        pending.append(byte)
        if pending.count >= 1 << 16 { flush() }
    }

    private func flush() {
        do {
            try handle.write(contentsOf: Data(pending))
        } catch {
            failure = ProgramFailure(
                .media, "cannot write '\(path)'", next: "look whether the medium is full")
        }
        pending = []
    }

    /// Writes the rest and says whether all could be written.
    func finish() throws {
        flush()
        if let failure { throw failure }
    }
}

/// Many short lines on standard output.
final class LineBuffer {
    private var pending: [UInt8] = []

    func append(_ line: String) {
        pending += Array(line.utf8)
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= 1 << 16 { flush() }
    }

    func flush() {
        StandardOutput.write(pending)
        pending = []
    }
}

/// How far a long run is, on a terminal alone.
final class SignsOfLife {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var isShown = false

    func show(step: UInt64) {
        guard isTerminal else { return }
        isShown = true
        write("\r\(step / 1_000_000) million steps")
    }

    /// Leaves the line as it was.
    func end() {
        guard isShown else { return }
        isShown = false
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// A failure that has been reported together with what was found; only its code is left.
struct ReportedFailure: Error {
    let exit: ProgramExit
}
