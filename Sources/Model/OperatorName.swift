/// A short name by which people know an operator: 1 to 24 of `a`–`z`, `0`–`9` and `-`.
///
/// A name never decides anything; keys do. It is part of the definition all the same, so that
/// every screen of a ceremony shows the same names.
package struct OperatorName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Throws: `ModelError.invalidName` that repeats a printable form of the refused text.
    package init(_ text: String) throws(ModelError) {
        self.text = try NameRule.checked(text, what: "operator name", limit: 24)
    }

    package var description: String { text }

    package static func < (left: OperatorName, right: OperatorName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// The name of a value that one participant commits to with a one-time key.
package struct VariableName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(ModelError) {
        self.text = try NameRule.checked(text, what: "variable name", limit: 40)
    }

    package var description: String { text }

    package static func < (left: VariableName, right: VariableName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

enum NameRule {
    /// One rule for every name: file names, labels of drawings and terminals can all carry it.
    static func checked(
        _ text: String, what: String, limit: Int
    ) throws(ModelError) -> String {
        let bytes = Array(text.utf8)
        let isAllowed = bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard isAllowed, !bytes.isEmpty, bytes.count <= limit, bytes.first != UInt8(ascii: "-")
        else {
            throw .invalidName(what: what, text: printable(text), limit: limit)
        }
        return text
    }

    /// Untrusted text for an error: control characters and anything but ASCII become `?`.
    static func printable(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(60).map { scalar in
                (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
            })
    }
}
