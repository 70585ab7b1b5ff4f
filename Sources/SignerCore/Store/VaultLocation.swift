import Glibc

/// Where a vault and its anchor are.
package struct VaultLocation: Hashable, Sendable {
    /// Holds the database and the lock; mode 0700.
    package let stateDirectory: String
    /// Holds the anchor; `nil` means the place that the vault remembers, at first `<state>-anchor`.
    package let anchorDirectory: String?

    /// Names the directories; relative paths are taken from the current directory.
    package init(stateDirectory: String, anchorDirectory: String? = nil) {
        self.stateDirectory = Self.absolute(stateDirectory)
        self.anchorDirectory = anchorDirectory.map(Self.absolute)
    }

    var databasePath: String { stateDirectory + "/vault.sqlite" }
    /// Where a new vault is built until it is complete.
    var provisionalPath: String { stateDirectory + "/vault.sqlite.new" }
    var lockPath: String { stateDirectory + "/lock" }
    var siblingAnchorDirectory: String { stateDirectory + "-anchor" }

    private static func absolute(_ path: String) -> String {
        precondition(!path.isEmpty, "a directory has a name")
        var result = path
        if !result.hasPrefix("/") {
            result = currentDirectory() + "/" + result
        }
        while result.count > 1, result.hasSuffix("/") {
            result.removeLast()
        }
        return result
    }

    private static func currentDirectory() -> String {
        guard let buffer = unsafe getcwd(nil, 0) else { return "" }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }
}

/// The place of an anchor as the vault records it: a sibling moves together with the vault.
enum AnchorPlace: Hashable, Sendable {
    case sibling
    case directory(String)

    init(_ location: VaultLocation) {
        guard let directory = location.anchorDirectory,
            directory != location.siblingAnchorDirectory
        else {
            self = .sibling
            return
        }
        self = .directory(directory)
    }

    func directory(of location: VaultLocation) -> String {
        switch self {
        case .sibling: location.siblingAnchorDirectory
        case .directory(let path): path
        }
    }
}
