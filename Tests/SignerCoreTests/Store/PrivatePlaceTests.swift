import Foundation
import Glibc
import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault: fit places")
struct PrivatePlaceTests {
    @Test(
        "A directory or file that others may enter is refused",
        arguments: [
            0o750, 0o705, 0o711, 0o770,
        ])
    func openToOthers(mode: Int) throws {
        let scene = try VaultScene()
        try scene.create()
        for path in [scene.state, scene.database, scene.state + "/lock", scene.anchor] {
            let good = try FileManager.default.attributesOfItem(atPath: path)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: path)
            let error = VaultError.environment(
                .openToOthers(path: path, mode: UInt32(mode)))
            #expect(throws: error) { try scene.open() }
            #expect(error.exit == .unsafeEnvironment)
            let permissions = try #require(good[.posixPermissions])
            try FileManager.default.setAttributes(
                [.posixPermissions: permissions], ofItemAtPath: path)
        }
        _ = try scene.open()
    }

    @Test("Symbolic links are refused")
    func symbolicLinks() throws {
        let scene = try VaultScene()
        try scene.create()
        for path in [scene.state, scene.database, scene.anchor] {
            try FileManager.default.moveItem(atPath: path, toPath: path + ".real")
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: path + ".real")
            #expect(throws: VaultError.environment(.symbolicLink(path: path))) {
                try scene.open()
            }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".real", toPath: path)
        }
        _ = try scene.open()
    }

    @Test("Something else in the place of a file or directory is refused")
    func wrongKind() throws {
        let scene = try VaultScene()
        try scene.create()
        for path in [scene.state, scene.database] {
            try FileManager.default.moveItem(atPath: path, toPath: path + ".real")
            if path == scene.state {
                #expect(FileManager.default.createFile(atPath: path, contents: nil))
            } else {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: false)
            }
            #expect(throws: VaultError.environment(.wrongKind(path: path))) {
                try scene.open()
            }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".real", toPath: path)
        }
    }

    @Test(
        "The innermost, newest mount decides",
        arguments: [
            ("/home/signer/state", "ext4"), ("/mnt/stick/state", "vfat"), ("/mnt/stickier", "ext4"),
            ("/run/user/0/x", "tmpfs"), ("/mnt/with space/x", "nfs4"), ("/again/x", "btrfs"),
            ("/", "ext4"),
        ])
    func mountTable(path: String, kind: String) {
        let table = """
            21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 21 0:40 / /run/user/0 rw - tmpfs tmpfs rw
            31 21 8:1 / /mnt/stick rw,nosuid shared:7 master:2 - vfat /dev/sda1 rw
            32 21 0:50 / /mnt/with\\040space rw - nfs4 server:/x rw
            33 21 0:51 / /again rw - tmpfs tmpfs rw
            34 21 0:52 / /again rw - btrfs /dev/sdb rw
            a broken line
            """
        #expect(FileSystemKind.find(path, in: table)?.name == kind)
    }

    @Test(
        "File systems that may lose a commit are refused",
        arguments: [
            "tmpfs", "ramfs", "overlay", "vfat", "msdos", "exfat", "nfs", "nfs4", "cifs", "9p",
            "fuse.sshfs", "ext2", "squashfs", "ntfs3",
        ])
    func volatile(kind: String) {
        #expect(!FileSystemKind(name: kind).keepsCommits)
    }

    @Test(
        "Local file systems that keep commits are taken",
        arguments: [
            "ext4", "btrfs", "xfs", "zfs", "f2fs",
        ])
    func durable(kind: String) {
        #expect(FileSystemKind(name: kind).keepsCommits)
    }

    @Test("A state directory in memory is refused with the name of its file system")
    func memory() throws {
        let scene = try VaultScene()
        let path = "/dev/shm/bitvmx-vault-\(UUID().uuidString)"
        guard mkdirPrivate(path), try FileSystemKind(holding: path).name == "tmpfs" else {
            return
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = VaultError.environment(.fileSystem(path: path, kind: "tmpfs"))
        #expect(throws: error) {
            try scene.create(
                at: VaultLocation(stateDirectory: path), settings: .production)
        }
        #expect("\(error)".contains("tmpfs"))
    }

    private func mkdirPrivate(_ path: String) -> Bool {
        unsafe mkdir(path, 0o700) == 0
    }
}
