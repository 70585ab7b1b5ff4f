import Glibc
import Model
import SignerCore
import Terminal

/// The machine and the process that the program runs in.
enum Machine {
    /// Applied when it is first asked for, which is the first thing that `main` does.
    private static let hardening = Result { () throws(ProcessHardeningError) in
        try ProcessHardening.apply()
    }

    static func requireHardened() throws(ProgramFailure) {
        do throws(ProcessHardeningError) {
            _ = try hardening.get()
        } catch {
            throw ProgramFailure(error)
        }
    }

    static func facts(stateDirectory: String) -> EnvironmentFacts {
        let lock = (try? hardening.get())?.memoryLock ?? .secretPagesOnly
        return .examine(stateDirectory: stateDirectory, memoryLock: lock)
    }

    /// A variable of the environment; for places of files, never for secrets.
    static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    static func isDirectory(_ path: String) -> Bool {
        mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false
    }

    /// False also on a medium that is mounted read-only.
    static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

    static func exists(_ path: String) -> Bool { mode(path) != nil }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Whether two paths, or what exists above them, are on one file system; also when nobody can
    /// tell.
    static func areOnSameDisk(_ first: String, _ second: String) -> Bool {
        guard let first = device(first), let second = device(second) else { return true }
        return first == second
    }

    private static func device(_ path: String) -> dev_t? {
        var path = path
        var status = stat()
        while unsafe stat(path, &status) != 0 {
            let above = parent(of: path)
            guard errno == ENOENT, above != path else { return nil }
            path = above
        }
        return status.st_dev
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return status.st_mode
    }

    /// Creates a directory's missing parents, for the owner alone.
    static func createParents(of path: String) {
        var prefix = ""
        for part in path.split(separator: "/").dropLast() {
            prefix += "/\(part)"
            // What fails here fails again, with a message, when the vault is created.
            if path.hasPrefix("/") { _ = unsafe mkdir(prefix, 0o700) }
        }
    }
}

/// Keeps ^C and the shutdown of the machine waiting while a confirmed request is being done.
///
/// The state is consistent at any moment anyway; this only saves a nonce session from being burnt
/// for nothing.
struct SignalShield: ~Copyable {
    private let previous: sigset_t

    init() {
        var blocked = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&blocked)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
            unsafe sigaddset(&blocked, number)
        }
        unsafe pthread_sigmask(SIG_BLOCK, &blocked, &before)
        previous = before
    }

    deinit {
        var previous = previous
        unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
    }
}
