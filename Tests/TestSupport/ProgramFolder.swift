package import Foundation
import Glibc
import Synchronization

/// A folder of its own for one test, removed with the last reference to it.
///
/// On a disk, because a signer does not trust file systems in memory.
package final class ProgramFolder: Sendable {
    package let url: URL

    package init(_ name: String) throws {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
        url = URL(filePath: parent).appending(path: "bitvmx-\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        Leftovers.add(url)
    }

    package func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file that belongs to its owner alone, unless told otherwise.
    @discardableResult
    package func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        let file = url.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file.path
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
        Leftovers.remove(url)
    }
}

/// Folders that something still refers to when the tests end, such as what a `static let` holds.
private enum Leftovers {
    private static let folders = Mutex<Set<URL>>([])

    private static let cleaning: Void = {
        _ = atexit {
            for folder in Leftovers.folders.withLock({ $0 }) {
                try? FileManager.default.removeItem(at: folder)
            }
        }
    }()

    static func add(_ folder: URL) {
        _ = cleaning
        folders.withLock { _ = $0.insert(folder) }
    }

    static func remove(_ folder: URL) {
        folders.withLock { _ = $0.remove(folder) }
    }
}
