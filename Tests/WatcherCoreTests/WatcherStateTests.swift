import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import Primitives
import TestSupport
import Testing
import WatcherCore
import WatcherStore

@Suite("A watcher's state on disk")
struct WatcherStateTests {
    private let folder: StateFolder

    init() throws {
        folder = try StateFolder()
    }

    private func initialise() throws -> Watcher {
        try WatcherState.initialise(
            folder: folder.path, name: OperatorName("alice"), network: .regtest
        ).watcher
    }

    @Test("init makes a key that only its owner reads, and is done once")
    func initialisation() throws {
        let watcher = try initialise()
        let key = folder.path + "/identity.key"
        let attributes = try FileManager.default.attributesOfItem(atPath: key)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == IdentityKeyFile.byteCount)
        #expect(try WatcherState.open(folder: folder.path, for: .reading).watcher == watcher)
        #expect(
            throws: StoreError.alreadyInitialised(
                folder: folder.path, name: watcher.name)
        ) { _ = try initialise() }
        #expect(throws: StoreError.notInitialised(folder: folder.path + "/none")) {
            _ = try WatcherState.open(folder: folder.path + "/none", for: .reading)
        }
    }

    @Test("a key that an interrupted init left is taken over")
    func interrupted() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true)
        let key = try IdentityKeyFile(folder: folder.path).create()
        let identity = key.publicKey.xOnly
        #expect(try initialise().identity == identity)
        #expect(throws: StoreError.self) {
            _ = try IdentityKeyFile(folder: folder.path).create()
        }
    }

    @Test("refuses a key that others may read, a short one, and another one")
    func keys() throws {
        _ = try initialise()
        let path = folder.path + "/identity.key"
        let content = try Data(contentsOf: URL(filePath: path))
        #expect(throws: StoreError.wrongPermissions(path: path, mode: 0o640)) {
            try replace(path, content, mode: 0o640)
            _ = try WatcherState.open(folder: folder.path, for: .reading)
        }
        #expect(throws: StoreError.damagedKey(path: path, byteCount: 31)) {
            try replace(path, content.dropLast(), mode: 0o600)
            _ = try WatcherState.open(folder: folder.path, for: .reading)
        }
        #expect(throws: StoreError.damagedKey(path: path, byteCount: 32)) {
            try replace(path, Data(repeating: 0, count: 32), mode: 0o600)
            _ = try WatcherState.open(folder: folder.path, for: .reading)
        }
        #expect(throws: StoreError.otherKey(path: path)) {
            try replace(path, Data(repeating: 1, count: 32), mode: 0o600)
            _ = try WatcherState.open(folder: folder.path, for: .reading)
        }
    }

    private func replace(_ path: String, _ content: Data, mode: Int) throws {
        try content.write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("one process writes at a time; readers are not in its way")
    func lock() throws {
        _ = try initialise()
        let writer = try WatcherState.open(folder: folder.path, for: .writing)
        #expect(throws: StoreError.busy(folder: folder.path)) {
            _ = try WatcherState.open(folder: folder.path, for: .writing)
        }
        let reader = try WatcherState.open(folder: folder.path, for: .reading)
        #expect(reader.watcher == writer.watcher)
        #expect(StoreError.busy(folder: "").exit == .busy)
    }

    @Test("the state survives a restart after every event of a ceremony")
    func restarts() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        try scenario.run()
        try folder.make()
        let log = try EventLog(path: folder.path + "/watcher.sqlite")
        for (count, event) in scenario.events.enumerated() {
            try log.append([event])
            let reopened = try EventLog(path: folder.path + "/watcher.sqlite").events()
            #expect(reopened == Array(scenario.events[...count]))
            #expect(try Watcher(replaying: reopened) == scenario.states[count])
        }
    }

    @Test("an event is on disk before its consequences are told, and a repeated one is not")
    func recording() throws {
        _ = try initialise()
        let fixture = try CeremonyFixture(operatorCount: 2)
        let peer = try FakeSigner(fixture, 1).identityBundle()
        let event = WatcherEvent.enrolled(bundle: peer.bytes, relation: .peer)
        var state = try WatcherState.open(folder: folder.path, for: .writing)
        _ = try state.receive(event)
        _ = try state.receive(event)
        let events = try EventLog(path: folder.path + "/watcher.sqlite").events()
        #expect(events.count == 2)
        #expect(events.last == event)
        let before = state.watcher
        #expect(throws: WatcherError.self) {
            _ = try state.receive(.enrolled(bundle: peer.bytes, relation: .own))
        }
        #expect(state.watcher == before)
    }

    @Test("an identity is written with the same bytes every time")
    func signing() throws {
        let watcher = try initialise()
        let envelope = Envelope(
            kind: .identity, direction: .request, network: .regtest, ceremony: nil,
            sender: watcher.identity, recipient: nil, sequence: 0, previous: .zero,
            head: .empty, payload: [])
        let state = try WatcherState.open(folder: folder.path, for: .reading)
        let first = try state.sign(envelope)
        #expect(try state.sign(envelope).bytes == first.bytes)
        #expect(first.envelope.sender == watcher.identity)
    }

    // MARK: Damage

    @Test("a changed row, a removed row and a file that is no database are found")
    func damage() throws {
        let path = folder.path + "/watcher.sqlite"
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        try scenario.advance()
        try folder.make()
        try EventLog(path: path).append(scenario.events)
        let title = Data("test lock".utf8)
        var content = try Data(contentsOf: URL(filePath: path))
        let range = try #require(content.range(of: title))
        content.replaceSubrange(range, with: Data("best lock".utf8))
        try content.write(to: URL(filePath: path))
        let error = try #require(throws: StoreError.self) { try EventLog(path: path).events() }
        guard case .damaged = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.exit == .media)
        try Data(repeating: 0x5A, count: 8192).write(to: URL(filePath: path))
        #expect(throws: StoreError.self) { _ = try EventLog(path: path) }
    }
}

/// A folder in which a state may be made; removed with the test.
final class StateFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "bitvmx-watcher-state-\(UUID().uuidString)").path
    }

    func make() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
