import Terminal
import Yams

/// The fields of a YAML mapping, taken out one by one; unknown and missing keys are errors.
struct YAMLFields {
    private let fields: [String: Node]
    private let place: String
    private let line: Int?

    /// - Parameters:
    ///   - place: What the mapping is, for messages.
    ///   - optional: Keys that may be left out.
    init(
        _ node: Node, place: String, required: [String], optional: [String] = []
    ) throws(DefinitionFileError) {
        let line = node.mark?.line
        guard case .mapping(let mapping) = node else {
            throw .notAMapping(place: place, line: line)
        }
        let allowed = required + optional
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let name) = key, allowed.contains(name.string) else {
                throw .unknownKey(
                    SafeText.printable(key.scalar?.string ?? "?"), line: key.mark?.line,
                    allowed: allowed)
            }
            guard fields.updateValue(value, forKey: name.string) == nil else {
                throw .invalid(key: name.string, line: key.mark?.line, reason: "stands twice")
            }
        }
        let missing = required.filter { fields[$0] == nil }
        guard missing.isEmpty else {
            throw .missingKeys(missing, place: place, line: line)
        }
        self.fields = fields
        self.place = place
        self.line = line
    }

    func line(_ key: String) -> Int? { fields[key]?.mark?.line }

    func contains(_ key: String) -> Bool { fields[key] != nil }

    func node(_ key: String) throws(DefinitionFileError) -> Node {
        guard let node = fields[key] else {
            throw .missingKeys([key], place: place, line: line)
        }
        return node
    }

    /// A scalar's text, as it stands in the file.
    func text(
        _ key: String, expected: String = "a text"
    ) throws(DefinitionFileError) -> String {
        let node = try node(key)
        guard case .scalar(let scalar) = node else {
            throw .wrongType(
                key: key, line: node.mark?.line, expected: expected,
                found: node.mapping == nil ? "a list" : "a mapping")
        }
        guard !scalar.string.isEmpty else {
            throw .wrongType(
                key: key, line: node.mark?.line, expected: expected, found: "empty")
        }
        return scalar.string
    }

    /// A whole number without sign, in plain digits.
    func number(_ key: String, unit: String) throws(DefinitionFileError) -> UInt64 {
        let expected = "a whole number of \(unit)"
        let text = try text(key, expected: expected)
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt64(text)
        else {
            throw .wrongType(
                key: key, line: line(key), expected: expected,
                found: "'\(SafeText.printable(String(text.prefix(40))))'")
        }
        return value
    }

    /// A number with up to three decimal places, in thousandths; no floating point.
    func thousandths(_ key: String, unit: String) throws(DefinitionFileError) -> UInt64 {
        let expected = "a number of \(unit) with up to 3 decimal places"
        let text = try text(key, expected: expected)
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = String(parts[0]) + fraction
        let isDecimal =
            !parts[0].isEmpty && (parts.count == 1 || (1...3).contains(fraction.utf8.count))
            && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let padded = digits + String(repeating: "0", count: max(0, 3 - fraction.utf8.count))
        guard isDecimal, let value = UInt64(padded) else {
            throw .wrongType(
                key: key, line: line(key), expected: expected,
                found: "'\(SafeText.printable(String(text.prefix(40))))'")
        }
        return value
    }

    func list(_ key: String) throws(DefinitionFileError) -> [Node] {
        let node = try node(key)
        guard case .sequence(let sequence) = node else {
            throw .notAList(key: key, line: node.mark?.line)
        }
        return Array(sequence)
    }
}
