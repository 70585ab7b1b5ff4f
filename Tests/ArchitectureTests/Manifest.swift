import Foundation

/// What `swift package dump-package` says about Package.swift.
struct Manifest: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let dependencies: [Dependency]
        let settings: [Setting]
    }

    /// A target of ours or a product of a package, by name; `package` only for the latter.
    struct Dependency: Decodable {
        let name: String
        let package: String?

        init(from decoder: any Decoder) throws {
            let kinds = try decoder.singleValueContainer().decode([String: [Part?]].self)
            let parts = kinds.values.first ?? []
            name = parts.first??.text ?? ""
            package = kinds["product"] == nil ? nil : parts.dropFirst().first??.text
        }
    }

    /// A part of a dependency: a name, or a condition that these tests do not read.
    struct Part: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    struct Setting: Decodable {
        let tool: String
        let kind: [String: JSON]
    }

    /// A value whose shape does not matter here.
    struct JSON: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    struct Product: Decodable {
        let name: String
        let type: [String: JSON?]
    }

    let targets: [Target]
    let products: [Product]

    /// Reads the manifest in a scratch folder of its own: the build folder is locked while tests run.
    static func load() throws -> Manifest {
        let scratch = try TemporaryFolder()
        let result = try ChildProcess(
            "swift", ["package", "--scratch-path", scratch.url.path, "dump-package"])
        guard let start = result.output.firstIndex(of: "{"), result.status == 0 else {
            throw Unreadable(output: result.output)
        }
        return try JSONDecoder().decode(Manifest.self, from: Data(result.output[start...].utf8))
    }

    struct Unreadable: Error {
        let output: String
    }

    func target(_ name: String) -> Target? {
        targets.first { $0.name == name }
    }

    /// Targets of ours that a target contains, itself too.
    func targets(in name: String) -> Set<String> {
        var seen: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            open += target(next)?.dependencies.filter { $0.package == nil }.map(\.name) ?? []
        }
        return seen
    }

    /// Packages whose products a target contains.
    func packages(in name: String) -> Set<String> {
        Set(targets(in: name).flatMap { target($0)?.dependencies.compactMap(\.package) ?? [] })
    }
}
