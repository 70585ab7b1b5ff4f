package import Bitcoin
import Glibc

/// What the machine looks like from inside: facts, not a verdict.
///
/// Read from `/sys` and `/proc`, so that no socket is needed to look for networks.
package struct EnvironmentFacts: Hashable, Sendable {
    /// Sentences for the screen.
    package let facts: [String]
    /// What should not be so on a machine that keeps secrets.
    package let dangers: [String]

    package init(facts: [String], dangers: [String]) {
        self.facts = facts
        self.dangers = dangers
    }

    /// For places where nobody looked.
    package static let unexamined = EnvironmentFacts(
        facts: ["the machine was not examined"], dangers: [])

    /// Looks at network interfaces, routes, swap space and the file system of the state.
    package static func examine(
        stateDirectory: String, memoryLock: ProcessHardening.MemoryLock
    ) -> EnvironmentFacts {
        var facts: [String] = []
        var dangers: [String] = []
        let found = NetworkInterface.all()
        if found == nil {
            dangers.append("networks cannot be examined: /proc/net/dev is unreadable")
        }
        let interfaces = found ?? []
        let live = interfaces.filter { $0.name != "lo" && $0.isUp }
        if found != nil {
            let names = interfaces.map { "\($0.name) (\($0.isUp ? "up" : "down"))" }
            facts.append(
                "network interfaces found: "
                    + (names.isEmpty ? "none" : names.joined(separator: ", ")))
        }
        if !live.isEmpty {
            dangers.append("network interface up: \(live.map(\.name).joined(separator: ", "))")
        }
        if let routes = lines("/proc/net/route"), routes.count > 1 {
            dangers.append("network routes exist: \(routes.count - 1)")
        }
        // What cannot be read is not reported as absent.
        switch lines("/proc/swaps")?.count {
        case nil: dangers.append("swap space cannot be examined: /proc/swaps is unreadable")
        case 0?, 1?: facts.append("swap space: none")
        case let count?: dangers.append("swap space is in use: \(count - 1) device(s)")
        }
        facts.append("memory: \(text(of: memoryLock)); no dumps; no network calls")
        if let kind = try? FileSystemKind(holding: stateDirectory) {
            facts.append("the state is on \(kind.name)")
            if !kind.keepsCommits {
                dangers.append("\(kind.name) may lose the state with the power")
            }
        }
        return EnvironmentFacts(facts: facts, dangers: dangers)
    }

    /// Whether a signer may work here: always on networks without value, on mainnet only
    /// without dangers.
    ///
    /// - Throws: `.unsafeMachine` with the dangers.
    package func check(for network: Network) throws(SignerError) {
        guard network == .mainnet, !dangers.isEmpty else { return }
        throw .unsafeMachine(dangers)
    }

    private static func text(of lock: ProcessHardening.MemoryLock) -> String {
        switch lock {
        case .secretPagesOnly: "the pages of secrets are locked"
        case .presentMemory: "what was there at the start is locked"
        case .everything: "all of it is locked"
        }
    }

    private static func lines(_ path: String) -> [String]? {
        SystemFile.text(path)?.split(separator: "\n").map(String.init)
    }
}

/// A network interface as the kernel lists it.
private struct NetworkInterface {
    let name: String
    /// Neither `down` nor without carrier.
    let isUp: Bool

    /// - Returns: Nil where the kernel's list cannot be read.
    static func all() -> [NetworkInterface]? {
        guard let table = SystemFile.text("/proc/net/dev") else { return nil }
        return table.split(separator: "\n").dropFirst(2).compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = String(line[..<colon].drop { $0 == " " })
            guard name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x2F }) else {
                return nil
            }
            let state = SystemFile.text("/sys/class/net/\(name)/operstate") ?? "unknown"
            let isDown = state.hasPrefix("down") || state.hasPrefix("notpresent")
            return NetworkInterface(name: name, isUp: !isDown)
        }
    }
}

/// Small files of the kernel.
private enum SystemFile {
    static func text(_ path: String) -> String? {
        guard let file = try? FileHandle(path, O_RDONLY, operation: "read"),
            let bytes = try? file.readAll(limit: 1 << 16)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
