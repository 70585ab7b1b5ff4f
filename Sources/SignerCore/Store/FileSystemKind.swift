import Glibc

/// The file system under a path, by the kernel's name.
///
/// The table of mounts is read because the C library that Swift imports does not offer `statfs`.
package struct FileSystemKind: Hashable, Sendable {
    package let name: String

    /// File systems that keep a synced file, honour modes, and rename in one step.
    private static let durable: Set<String> = [
        "ext3", "ext4", "btrfs", "xfs", "zfs", "f2fs", "bcachefs", "jfs",
    ]
    private static let table = "/proc/self/mountinfo"
    private static let tableLimit = 1 << 24

    /// Whether a commit survives a loss of power there.
    ///
    /// Memory (tmpfs, and an overlay whose upper layer may be memory), network and FAT are refused
    /// because they are not in the list, as is everything that the list does not know.
    package var keepsCommits: Bool { Self.durable.contains(name) }

    package init(name: String) {
        self.name = name
    }

    /// Finds the file system that holds a path.
    package init(holding path: String) throws(VaultError) {
        guard let resolved = unsafe realpath(path, nil) else {
            throw .inputOutput(InputOutputFault("resolve", path: path, code: errno))
        }
        defer { unsafe free(resolved) }
        let file = try FileHandle(Self.table, O_RDONLY, operation: "open the table of mounts")
        guard let bytes = try file.readAll(limit: Self.tableLimit),
            let kind = Self.find(
                unsafe String(cString: resolved), in: String(decoding: bytes, as: UTF8.self))
        else { throw .environment(.fileSystemUnknown(path: path)) }
        self = kind
    }

    /// The kind of the innermost, newest mount that covers a path.
    ///
    /// - Parameter table: Lines of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
    package static func find(_ path: String, in table: String) -> FileSystemKind? {
        var longest = 0
        var found: FileSystemKind?
        for line in table.split(separator: "\n") {
            let halves = line.split(separator: " - ", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let fields = halves[0].split(separator: " ")
            guard fields.count >= 6, let kind = halves[1].split(separator: " ").first else {
                continue
            }
            let mountPoint = unescaped(fields[4])
            // A later mount on the same point hides the earlier one, hence not "greater than".
            guard covers(mountPoint, path), mountPoint.utf8.count >= longest else { continue }
            longest = mountPoint.utf8.count
            found = FileSystemKind(name: String(kind))
        }
        return found
    }

    private static func covers(_ mountPoint: String, _ path: String) -> Bool {
        mountPoint == "/" || path == mountPoint || path.hasPrefix(mountPoint + "/")
    }

    /// Undoes the octal escapes of spaces, tabs, line feeds and backslashes.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
