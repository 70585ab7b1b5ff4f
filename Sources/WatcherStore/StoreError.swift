package import Model

/// Why a watcher's state cannot be opened or changed on disk.
package enum StoreError: Error, Equatable {
    case notInitialised(folder: String)
    case alreadyInitialised(folder: String, name: OperatorName)
    /// Another process writes to this state.
    case busy(folder: String)
    case io(operation: String, path: String, reason: String)
    case wrongPermissions(path: String, mode: UInt32)
    case notMine(path: String)
    case damagedKey(path: String, byteCount: Int)
    case otherKey(path: String)
    case noLockedMemory
    case damaged(path: String, reason: String)
    /// A newer program has written the database.
    case tooNew(path: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notInitialised(let folder): "there is no watcher state in '\(folder)'"
        case .alreadyInitialised(let folder, let name):
            "'\(folder)' already holds the state of watcher '\(name)'"
        case .busy(let folder): "another process is using the state in '\(folder)'"
        case .io(let operation, let path, let reason):
            "cannot \(operation) '\(path)': \(reason)"
        case .wrongPermissions(let path, let mode):
            "'\(path)' has mode 0\(String(mode, radix: 8)); nobody but its owner may read it"
        case .notMine(let path): "'\(path)' belongs to another user"
        case .damagedKey(let path, let byteCount):
            "'\(path)' does not hold a key (\(byteCount) bytes)"
        case .otherKey(let path): "'\(path)' is not the key that this state was made with"
        case .noLockedMemory:
            "no memory could be locked for the identity key (RLIMIT_MEMLOCK)"
        case .damaged(let path, let reason): "the database '\(path)' is damaged: \(reason)"
        case .tooNew(let path):
            "the database '\(path)' was written by a newer program; this one cannot read it"
        }
    }

    package var exit: ProgramExit {
        switch self {
        case .notInitialised, .alreadyInitialised: .usage
        case .busy: .busy
        case .io, .damaged, .damagedKey, .otherKey: .media
        case .wrongPermissions, .notMine, .noLockedMemory: .unsafeEnvironment
        case .tooNew: .malformed
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .notInitialised: "run 'bitvmx-watcher init', or name the state with --state"
        case .alreadyInitialised: "use it as it is, or name another folder with --state"
        case .busy: "wait until the other command has ended"
        case .io: "nothing was changed; mend the cause and repeat the command"
        case .wrongPermissions(let path, _): "chmod 600 '\(path)', and find out who read it"
        case .notMine: "run the watcher as the user that owns its state"
        case .damagedKey, .otherKey, .damaged:
            "restore the whole folder from a backup, or make a new watcher and enrol it"
        case .noLockedMemory: "raise the limit: ulimit -l 1024"
        case .tooNew: "install the newer program"
        }
    }
}
