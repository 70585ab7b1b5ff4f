/// A value of a report for scripts.
///
/// Fields keep their order; numbers above 2^53 are texts.
package indirect enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(UInt64)
    case text(String)
    case array([JSON])
    case object(JSONObject)

    package var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): value <= 1 << 53 ? "\(value)" : "\"\(value)\""
        case .text(let value): Self.quoted(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let object): object.text
        }
    }

    /// RFC 8259 string; control characters and everything outside ASCII are escaped, so that no
    /// untrusted text can steer a terminal.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}

/// An object with its fields in order.
package struct JSONObject: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: JSON
    }

    package let fields: [Field]

    package init(_ fields: [(String, JSON)]) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    /// The object with a field in front.
    package func adding(_ name: String, _ value: JSON) -> JSONObject {
        JSONObject([(name, value)] + fields.map { ($0.name, $0.value) })
    }

    package var text: String {
        "{" + fields.map { JSON.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",")
            + "}"
    }
}
