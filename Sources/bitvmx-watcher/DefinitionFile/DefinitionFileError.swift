/// What is wrong with a program's YAML file, and on which line.
enum DefinitionFileError: Error, Equatable {
    case tooLarge(byteCount: Int, limit: Int)
    case notYAML(line: Int?, reason: String)
    case notAMapping(place: String, line: Int?)
    case notAList(key: String, line: Int?)
    case unknownKey(String, line: Int?, allowed: [String])
    case missingKeys([String], place: String, line: Int?)
    case wrongType(key: String, line: Int?, expected: String, found: String)
    case invalid(key: String, line: Int?, reason: String)
}

extension DefinitionFileError: CustomStringConvertible {
    var description: String {
        switch self {
        case .tooLarge(let byteCount, let limit):
            "the file has \(byteCount) bytes; at most \(limit) are read"
        case .notYAML(let line, let reason): "\(Self.place(line))not YAML: \(reason)"
        case .notAMapping(let place, let line):
            "\(Self.place(line))\(place) must be a list of 'key: value' lines"
        case .notAList(let key, let line):
            "\(Self.place(line))'\(key)' must be a list of items that start with '-'"
        case .unknownKey(let key, let line, let allowed):
            "\(Self.place(line))unknown key '\(key)'; allowed: \(allowed.joined(separator: ", "))"
        case .missingKeys(let keys, let place, let line):
            "\(Self.place(line))\(place) lacks \(keys.joined(separator: ", "))"
        case .wrongType(let key, let line, let expected, let found):
            "\(Self.place(line))'\(key)' must be \(expected), not \(found)"
        case .invalid(let key, let line, let reason):
            "\(Self.place(line))'\(key)': \(reason)"
        }
    }

    private static func place(_ line: Int?) -> String {
        line.map { "line \($0): " } ?? ""
    }
}
