import Foundation
import Glibc

/// The person in front of the machine, wherever input and output are redirected to.
package struct ControllingTerminal: ~Copyable {
    private let descriptor: Int32

    /// - Returns: Nil where there is no terminal.
    package init?() {
        let opened = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else { return nil }
        descriptor = opened
    }

    deinit { close(descriptor) }

    package func print(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// A line that the person types, without its end; nil at the end of input.
    ///
    /// Not for secrets.
    package func readLine(limit: Int = 1024) -> String? {
        var line: [UInt8] = []
        while line.count < limit {
            var byte: UInt8 = 0
            guard unsafe read(descriptor, &byte, 1) == 1 else {
                return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Asks for an exact phrase; anything else is a no.
    package func confirms(_ phrase: String, question: String) -> Bool {
        print("\(question)\nType '\(phrase)' to confirm: ")
        return readLine()?.trimmingCharacters(in: .whitespaces) == phrase
    }
}
