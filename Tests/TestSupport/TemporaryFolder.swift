import Foundation

/// A folder of its own for one test; gone with its contents afterwards.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bitvmx-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    package func file(_ name: String) -> String {
        path + "/" + name
    }

    /// The names in the folder, sorted.
    package var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        }
    }
}
