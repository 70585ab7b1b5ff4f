import Exchange
import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Bundle files")
struct BundleFileTests {
    static let name = "00000000-0000-op-00-identity.res.bvx"
    static let bytes = [UInt8]("BVXB and what follows".utf8)

    static func checksum(_ bytes: [UInt8], _ name: String = name) -> [UInt8] {
        Array("\(SHA256.hash(bytes).hex)  \(name)\n".utf8)
    }

    static func put(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    static func content(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    @Test("a file gets its name, its bytes and a checksum that sha256sum reads")
    func write() throws {
        let folder = try TemporaryFolder()
        let path = try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        #expect(path == folder.file(Self.name))
        #expect(try folder.names == [Self.name, Self.name + ".sha256"])
        #expect(try Self.content(path) == Self.bytes)
        #expect(try Self.content(path + ".sha256") == Self.checksum(Self.bytes))
        #expect(try BundleFile.read(path) == Self.bytes)
    }

    @Test("files of any length are written and read whole", arguments: [0, 1, 4_096, 3 << 20])
    func lengths(_ byteCount: Int) throws {
        let folder = try TemporaryFolder()
        var random = SplitMix64(seed: UInt64(byteCount))
        let bytes = random.bytes(count: byteCount)
        let path = try BundleFile.write(bytes, named: "x", to: folder.path)
        #expect(try BundleFile.read(path) == bytes)
    }

    @Test("writing the same again changes nothing")
    func rewrite() throws {
        let folder = try TemporaryFolder()
        try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        let path = folder.file(Self.name)
        let before = try FileManager.default.attributesOfItem(atPath: path)
        #expect(try BundleFile.write(Self.bytes, named: Self.name, to: folder.path) == path)
        let after = try FileManager.default.attributesOfItem(atPath: path)
        #expect(
            before[.systemFileNumber] as? UInt64 == after[.systemFileNumber] as? UInt64)
        #expect(try folder.names.count == 2)
    }

    @Test("a file with other bytes is never overwritten")
    func otherBytes() throws {
        let folder = try TemporaryFolder()
        for other in [[], Self.bytes + [0], Array(Self.bytes.dropLast())] {
            try Self.put(other, folder.file(Self.name))
            #expect(throws: ExchangeError.fileExists(name: Self.name)) {
                try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
            }
            #expect(try Self.content(folder.file(Self.name)) == other)
            #expect(try folder.names == [Self.name])
        }
    }

    @Test("the checksum of another file is never overwritten")
    func otherChecksum() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        try Self.put(Self.checksum([1]), path + ".sha256")
        #expect(throws: ExchangeError.fileExists(name: Self.name + ".sha256")) {
            try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        }
        #expect(try Self.content(path + ".sha256") == Self.checksum([1]))
    }

    @Test("nothing of another kind is replaced: folder, link, link that leads nowhere")
    func otherKinds() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: ExchangeError.fileExists(name: Self.name)) {
            try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        }
        try files.removeItem(atPath: path)
        for target in ["absent", "target"] {
            if target == "target" { try Self.put(Self.bytes, folder.file(target)) }
            try files.createSymbolicLink(
                atPath: path, withDestinationPath: folder.file(target))
            #expect(throws: ExchangeError.fileExists(name: Self.name)) {
                try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
            }
            #expect(files.fileExists(atPath: folder.file("absent")) == false)
            try files.removeItem(atPath: path)
        }
    }

    @Test("what an interrupted write left over does not stand in the way")
    func leftOver() throws {
        let folder = try TemporaryFolder()
        try Self.put([1, 2, 3], folder.file(Self.name + ".part"))
        try Self.put([1, 2, 3], folder.file(Self.name + ".sha256.part"))
        try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        #expect(try folder.names == [Self.name, Self.name + ".sha256"])
        #expect(try BundleFile.read(folder.file(Self.name)) == Self.bytes)
    }

    @Test("a left-over link is removed, not followed")
    func leftOverLink() throws {
        let folder = try TemporaryFolder()
        let victim = folder.file("victim")
        try Self.put([9], victim)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file(Self.name + ".part"), withDestinationPath: victim)
        try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        #expect(try Self.content(victim) == [9])
    }

    @Test("a write that stopped before the checksum is finished by the next one")
    func missingChecksum() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        try Self.put(Self.bytes, path)
        #expect(try BundleFile.read(path) == Self.bytes)
        try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        #expect(try Self.content(path + ".sha256") == Self.checksum(Self.bytes))
    }

    @Test("a file that does not match its checksum is refused")
    func checksumDiffers() throws {
        let folder = try TemporaryFolder()
        let path = try BundleFile.write(Self.bytes, named: Self.name, to: folder.path)
        for wrong in [Self.checksum([1]), [], Array("0000".utf8), [0xFF, 0xFE]] {
            try Self.put(wrong, path + ".sha256")
            #expect(throws: ExchangeError.checksumDiffers(name: Self.name)) {
                try BundleFile.read(path)
            }
        }
        try Self.put(Self.checksum(Self.bytes), path + ".sha256")
        try Self.put(Self.bytes + [0], path)
        #expect(throws: ExchangeError.checksumDiffers(name: Self.name)) {
            try BundleFile.read(path)
        }
    }

    @Test("a checksum that is there but cannot be read is not passed over")
    func unreadableChecksum() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        try Self.put(Self.bytes, path)
        let files = FileManager.default
        try files.createDirectory(
            atPath: path + ".sha256", withIntermediateDirectories: false)
        #expect(throws: ExchangeError.self) { try BundleFile.read(path) }
        try files.removeItem(atPath: path + ".sha256")
        try files.createSymbolicLink(
            atPath: path + ".sha256", withDestinationPath: folder.file("absent"))
        #expect(throws: ExchangeError.self) { try BundleFile.read(path) }
        try files.removeItem(atPath: path + ".sha256")
        try Self.put([UInt8](repeating: 0x61, count: 5_000), path + ".sha256")
        #expect(throws: ExchangeError.self) { try BundleFile.read(path) }
    }

    @Test("only regular files are read")
    func regularFiles() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        let target = folder.file("target")
        try Self.put(Self.bytes, target)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        #expect(throws: ExchangeError.notARegularFile(name: Self.name)) {
            try BundleFile.read(path)
        }
        let folderName = folder.path.split(separator: "/").last.map(String.init) ?? ""
        #expect(throws: ExchangeError.notARegularFile(name: folderName)) {
            try BundleFile.read(folder.path)
        }
        #expect(throws: ExchangeError.notARegularFile(name: "null")) {
            try BundleFile.read("/dev/null")
        }
        let pipe = folder.file("pipe")
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(throws: ExchangeError.notARegularFile(name: "pipe")) {
            try BundleFile.read(pipe)
        }
    }

    @Test("a file above the limit is refused by its size, unread")
    func sizeLimit() throws {
        let folder = try TemporaryFolder()
        let path = folder.file(Self.name)
        try Self.put(Self.bytes, path)
        let limit = Self.bytes.count - 1
        #expect(throws: ExchangeError.tooLarge(byteCount: Self.bytes.count, limit: limit)) {
            try BundleFile.read(path, limit: limit)
        }
        #expect(try BundleFile.read(path, limit: Self.bytes.count) == Self.bytes)
        // A sparse file: reading it would take a terabyte of memory.
        #expect(unsafe truncate(path, 1 << 40) == 0)
        #expect(throws: ExchangeError.tooLarge(byteCount: 1 << 40, limit: 64 << 20)) {
            try BundleFile.read(path)
        }
    }

    @Test("a file or folder that is not there is named")
    func absent() throws {
        let folder = try TemporaryFolder()
        let reason = "No such file or directory"
        #expect(
            throws: ExchangeError.media(operation: "open", name: Self.name, reason: reason)
        ) { try BundleFile.read(folder.file(Self.name)) }
        let error = try #require(throws: ExchangeError.self) {
            try BundleFile.write(Self.bytes, named: Self.name, to: folder.file("absent"))
        }
        guard case .media("create", _, reason) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("a name is not a path")
    func names() async {
        await #expect(processExitsWith: .failure) {
            try BundleFile.write([1], named: "../outside", to: "/tmp")
        }
    }
}
