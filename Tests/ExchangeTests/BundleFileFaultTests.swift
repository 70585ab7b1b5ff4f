import Exchange
import Foundation
import Primitives
import TestSupport
import Testing

/// Media that fail: each in a process of its own, which can be limited.
@Suite("Faulty media")
struct BundleFileFaultTests {
    @Test("a full medium is reported, and nothing is left behind")
    func full() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            // Stands for a full medium: no file may grow beyond 1,000 bytes.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
            #expect(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
            let error = try #require(throws: ExchangeError.self) {
                try BundleFile.write(
                    [UInt8](repeating: 7, count: 5_000), named: "big.bvx", to: folder.path)
            }
            guard case .media("reserve space for", "big.bvx.part", _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(try folder.names.isEmpty)
            try BundleFile.write([1], named: "small.bvx", to: folder.path)
        }
    }

    @Test("room that was taken is enough, also when nothing more may be written afterwards")
    func reserved() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let bytes = [UInt8](repeating: 7, count: 5_000)
            let room = try BundleReservation(
                named: "a.bvx", byteCount: 5_500, in: folder.path)
            #expect(try folder.names == ["a.bvx.part", "a.bvx.sha256.part"])
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 5_500, rlim_max: 5_500)
            #expect(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
            let path = try room.fill(bytes)
            #expect(path == folder.file("a.bvx"))
            #expect(try folder.names == ["a.bvx", "a.bvx.sha256"])
            #expect(try BundleFile.read(path) == bytes)
        }
    }

    @Test("room that is not used is given back, and a name that is taken is found out first")
    func unused() throws {
        let folder = try TemporaryFolder()
        _ = try BundleReservation(named: "a.bvx", byteCount: 100, in: folder.path)
        #expect(try folder.names.isEmpty)
        for taken in ["a.bvx", "a.bvx.sha256"] {
            try Data([1]).write(to: URL(filePath: folder.file(taken)))
            #expect(throws: ExchangeError.fileExists(name: taken)) {
                _ = try BundleReservation(named: "a.bvx", byteCount: 100, in: folder.path)
            }
            #expect(try folder.names == [taken])
            try FileManager.default.removeItem(atPath: folder.file(taken))
        }
    }

    @Test("a medium that is gone when the bundle is written is reported")
    func gone() throws {
        let folder = try TemporaryFolder()
        let room = try BundleReservation(named: "a.bvx", byteCount: 100, in: folder.path)
        try FileManager.default.removeItem(atPath: folder.path)
        do throws(ExchangeError) {
            _ = try room.fill([1, 2, 3])
            Issue.record("nothing can be written into a folder that is gone")
        } catch {
            guard case .media = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("a folder that cannot be written to is reported, and nothing changes")
    func readOnly() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            #expect(unsafe chmod(folder.path, 0o555) == 0)
            // Permissions do not bind root.
            if geteuid() == 0 { #expect(seteuid(65_534) == 0) }
            let error = try #require(throws: ExchangeError.self) {
                try BundleFile.write([1], named: "a.bvx", to: folder.path)
            }
            if getuid() == 0 { #expect(seteuid(0) == 0) }
            guard case .media("create", "a.bvx.part", "Permission denied") = error else {
                Issue.record("\(error)")
                return
            }
            #expect(try folder.names.isEmpty)
        }
    }

    @Test("a file that may not be read is reported")
    func unreadable() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            try BundleFile.write([1], named: "a.bvx", to: folder.path)
            #expect(unsafe chmod(folder.path, 0o755) == 0)
            #expect(unsafe chmod(folder.file("a.bvx"), 0) == 0)
            if geteuid() == 0 { #expect(seteuid(65_534) == 0) }
            let error = try #require(throws: ExchangeError.self) {
                try BundleFile.read(folder.file("a.bvx"))
            }
            if getuid() == 0 { #expect(seteuid(0) == 0) }
            #expect(
                error
                    == .media(operation: "open", name: "a.bvx", reason: "Permission denied"))
        }
    }
}
