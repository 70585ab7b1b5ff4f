import Foundation

/// The source tree that these tests read.
enum Repository {
    /// Its top folder.
    static var root: URL {
        URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Files below a folder whose names end in one of the endings, sorted by path; an absent folder has none.
    ///
    /// - Parameter folder: Relative to `root`; empty for the whole tree. Hidden folders are left out.
    static func files(under folder: String, endings: [String]) -> [TextFile] {
        let start = root.appending(path: folder)
        guard
            let walk = FileManager.default.enumerator(
                at: start, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        else { return [] }
        var found: [TextFile] = []
        for case let url as URL in walk where endings.contains(url.pathExtension) {
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            found.append(TextFile(path: relativePath(of: url), text: text))
        }
        return found.sorted { $0.path < $1.path }
    }

    /// All Swift files of the product and its tests.
    static func swiftFiles() -> [TextFile] {
        files(under: "Sources", endings: ["swift"]) + files(under: "Tests", endings: ["swift"])
    }

    /// Whether something stands at a path relative to `root`.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The text of one file; empty when it is absent, which every caller treats as a failure.
    static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    private static func relativePath(of url: URL) -> String {
        let prefix = root.standardizedFileURL.path
        let whole = url.standardizedFileURL.path
        guard whole.hasPrefix(prefix) else { return whole }
        return String(whole.dropFirst(prefix.count).drop { $0 == "/" })
    }
}

/// A file of the tree, by its path from the top folder.
struct TextFile: Sendable {
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// `Sources/Bitcoin/Taproot/TapLeaf.swift` belongs to `Bitcoin`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// The file's name without its last ending.
    var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.split(separator: ".").first.map(String.init) ?? name
    }
}
