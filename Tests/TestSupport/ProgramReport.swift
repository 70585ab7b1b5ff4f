import Foundation

/// A JSON report of a program, read by field names.
package indirect enum ProgramReport: Decodable, Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([ProgramReport])
    case fields([String: ProgramReport])

    /// A report without what a test looked for.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([ProgramReport].self) {
            self = .list(value)
        } else {
            self = .fields(try container.decode([String: ProgramReport].self))
        }
    }

    /// A field of an object; null where there is none.
    package subscript(_ name: String) -> ProgramReport {
        guard case .fields(let fields) = self else { return .null }
        return fields[name] ?? .null
    }

    package var names: Set<String> {
        guard case .fields(let fields) = self else { return [] }
        return Set(fields.keys)
    }

    package var items: [ProgramReport] {
        guard case .list(let items) = self else { return [] }
        return items
    }

    package var number: Int? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    package var optionalText: String? {
        guard case .text(let value) = self else { return nil }
        return value
    }

    /// The text of a field that has to be there.
    package func text(_ name: String) throws -> String {
        guard case .text(let value) = self[name] else {
            throw Missing(description: "no text '\(name)' in \(names.sorted())")
        }
        return value
    }
}
