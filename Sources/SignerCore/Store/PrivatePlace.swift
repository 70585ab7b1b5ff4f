import Glibc

/// Checks that directories and files belong to the owner alone and survive a loss of power.
enum PrivatePlace {
    /// What stands at a path; `nil` when nothing does.
    ///
    /// Does not follow a symbolic link.
    static func status(_ path: String) throws(VaultError) -> stat? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .inputOutput(InputOutputFault("examine", path: path, code: errno))
        }
        return status
    }

    static func exists(_ path: String) throws(VaultError) -> Bool {
        try status(path) != nil
    }

    /// Requires a directory of the caller's own that nobody else can enter.
    static func checkDirectory(
        _ path: String, _ settings: VaultSettings
    ) throws(VaultError) {
        try check(path, kind: S_IFDIR)
        guard settings.volatileFileSystems == .refused else { return }
        let kind = try FileSystemKind(holding: path)
        guard kind.keepsCommits else {
            throw .environment(.fileSystem(path: path, kind: kind.name))
        }
    }

    /// Requires a regular file of the caller's own that nobody else can read.
    static func checkFile(_ path: String) throws(VaultError) {
        try check(path, kind: S_IFREG)
    }

    private static func check(_ path: String, kind: mode_t) throws(VaultError) {
        guard let status = try status(path) else {
            throw .environment(.missing(path: path))
        }
        let found = status.st_mode & S_IFMT
        guard found != S_IFLNK else { throw .environment(.symbolicLink(path: path)) }
        guard found == kind else { throw .environment(.wrongKind(path: path)) }
        guard status.st_uid == geteuid() else {
            throw .environment(.foreignOwner(path: path, owner: status.st_uid))
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .environment(.openToOthers(path: path, mode: status.st_mode & 0o7777))
        }
    }
}
