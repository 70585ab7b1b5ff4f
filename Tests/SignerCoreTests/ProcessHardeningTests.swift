import Glibc
import SignerCore
import Testing

@Suite("ProcessHardening")
struct ProcessHardeningTests {
    @Test("a hardened process cannot dump its memory, gain privileges or reach a network")
    func hardened() async {
        await #expect(processExitsWith: .success) {
            guard canReachOthers() else { exit(9) }
            _ = try ProcessHardening.apply()
            var limit = rlimit(rlim_cur: 1, rlim_max: 1)
            let asked = unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            guard asked == 0, limit.rlim_cur == 0, limit.rlim_max == 0 else { exit(2) }
            guard statusField("NoNewPrivs") == "1" else { exit(3) }
            guard statusField("Seccomp") == "2" else { exit(4) }
            for family in [AF_INET, AF_INET6, AF_UNIX] {
                guard socket(family, Int32(SOCK_STREAM.rawValue), 0) == -1, errno == EPERM else {
                    exit(5)
                }
            }
            guard !canReachOthers() else { exit(6) }
            guard umask(0) == 0o077 else { exit(7) }
            exit(0)
        }
    }

    @Test("applying it again changes nothing")
    func twice() async {
        await #expect(processExitsWith: .success) {
            let first = try ProcessHardening.apply()
            let second = try ProcessHardening.apply()
            guard first == second else { exit(2) }
            exit(0)
        }
    }
}

/// Whether this process may open a socket.
private func canReachOthers() -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
}

/// A line of /proc/self/status.
private func statusField(_ name: String) -> String? {
    guard let file = unsafe fopen("/proc/self/status", "r") else { return nil }
    defer { unsafe fclose(file) }
    var text = [UInt8](repeating: 0, count: 8_192)
    let count = unsafe fread(&text, 1, text.count, file)
    let lines = String(decoding: text[..<count], as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("\(name):") }
        .map { $0.dropFirst(name.count + 1).trimmingPrefix { $0 == "\t" } }
        .map(String.init)
}
