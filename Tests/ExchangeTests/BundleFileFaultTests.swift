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
            guard case .media("write", "big.bvx.part", _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(try folder.names.isEmpty)
            try BundleFile.write([1], named: "small.bvx", to: folder.path)
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
