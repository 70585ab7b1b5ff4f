package import Bitcoin
import Curve
package import Exchange
package import Model
import Primitives
package import WatcherCore

/// A watcher's state on disk: its key, its log, and the state machine that the log makes.
package struct WatcherState: ~Copyable {
    /// What a command wants to do with a state.
    package enum Access: Sendable {
        case reading
        /// Needs the lock; one process at a time.
        case writing
    }

    package let folder: String
    package private(set) var watcher: Watcher
    private let log: EventLog
    private let key: SecretKey
    private let lock: StateLock?

    /// Makes a new state: folder, key, and the first event.
    ///
    /// - Throws: `StoreError.alreadyInitialised`. A key that an interrupted `init` left behind is
    ///   taken over.
    package static func initialise(
        folder: String, name: OperatorName, network: Network
    ) throws(StoreError) -> WatcherState {
        try PrivateFile.makeFolder(folder)
        let lock = try StateLock(folder: folder)
        let log = try EventLog(path: databasePath(folder))
        if case .initialised(let known, _, _)? = try log.events().first {
            throw .alreadyInitialised(folder: folder, name: known)
        }
        let file = IdentityKeyFile(folder: folder)
        let key = file.exists ? try file.load() : try file.create()
        let first = WatcherEvent.initialised(
            name: name, network: network, identity: key.publicKey.xOnly)
        try log.append([first])
        try PrivateFile.syncFolder(folder)
        return WatcherState(
            folder: folder, watcher: try replay([first], folder), log: log, key: key,
            lock: lock)
    }

    /// Opens a state.
    package static func open(
        folder: String, for access: Access
    ) throws(StoreError) -> WatcherState {
        let path = databasePath(folder)
        guard PrivateFile.exists(path) else { throw .notInitialised(folder: folder) }
        var lock: StateLock?
        if access == .writing { lock = try StateLock(folder: folder) }
        let log = try EventLog(path: path)
        let events = try log.events()
        guard !events.isEmpty else { throw .notInitialised(folder: folder) }
        let watcher = try replay(events, folder)
        let file = IdentityKeyFile(folder: folder)
        let key = try file.load()
        guard key.publicKey.xOnly == watcher.identity else { throw .otherKey(path: file.path) }
        return WatcherState(folder: folder, watcher: watcher, log: log, key: key, lock: lock)
    }

    private init(
        folder: String, watcher: Watcher, log: EventLog, key: consuming SecretKey,
        lock: consuming StateLock?
    ) {
        self.folder = folder
        self.watcher = watcher
        self.log = log
        self.key = key
        self.lock = lock
    }

    private static func databasePath(_ folder: String) -> String { folder + "/watcher.sqlite" }

    private static func replay(
        _ events: [WatcherEvent], _ folder: String
    ) throws(StoreError) -> Watcher {
        do throws(WatcherError) {
            return try Watcher(replaying: events)
        } catch {
            throw .damaged(path: databasePath(folder), reason: "\(error)")
        }
    }

    /// Takes an event in and records it, before anything else comes of it.
    ///
    /// - Returns: What is left to do.
    /// - Throws: `WatcherError` or `StoreError`; nothing has changed then.
    package mutating func receive(_ event: WatcherEvent) throws -> [WatcherAction] {
        precondition(lock != nil, "a state that was opened for reading is not changed")
        var next = watcher
        let actions = try next.receive(event)
        let events = actions.compactMap { action -> WatcherEvent? in
            guard case .record(let event) = action else { return nil }
            return event
        }
        if !events.isEmpty { try log.append(events) }
        watcher = next
        return actions.filter { action in
            guard case .record = action else { return true }
            return false
        }
    }

    /// Signs an envelope with the watcher's identity key.
    ///
    /// The same envelope always gives the same bytes, so that a file that is written again is
    /// never in conflict with itself: BIP-340 with auxiliary randomness of zeros.
    package borrowing func sign(_ envelope: Envelope) throws(ExchangeError) -> SignedBundle {
        let signature = key.schnorrSign(message: envelope.digest.bytes, auxiliary: .zero)
        return try SignedBundle(envelope, signature: signature)
    }
}
