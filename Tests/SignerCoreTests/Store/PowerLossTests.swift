import Exchange
import Foundation
import Primitives
import SignerCore
import Testing

/// A signer's visit: what it does to its vault, and what it lets out into the world.
private struct Visit {
    let location: VaultLocation
    /// A file outside the vault: one line for every thing that has left it.
    let world: String
    /// Distinguishes what an attacker asks for from what was asked first.
    let variant: String

    static let passphrase = VaultScene.passphrase
    static let key = Sample.key("x")

    init(directory: String, variant: String) {
        location = VaultLocation(stateDirectory: directory + "/state")
        world = directory + "/world"
        self.variant = variant
    }

    var request: Bytes32 { Sample.digest("round two, " + variant) }
    var message: Bytes32 { Sample.digest("message, " + variant) }

    func open(_ probe: DurabilityProbe = .none) throws -> Vault {
        let passphrase = Self.passphrase
        return try Vault.open(
            at: location, passphrase: passphrase.span,
            settings: .unsafeForTests(probe: probe))
    }

    func create(_ probe: DurabilityProbe = .none) throws {
        let passphrase = Self.passphrase
        _ = try Vault.create(
            at: location, passphrase: passphrase.span, origin: .freshSeed,
            settings: .unsafeForTests(probe: probe))
    }

    /// First round, burning, second round, a one-time key: each as durable as in a ceremony.
    func run(_ probe: DurabilityProbe = .none) throws {
        let vault = try open(probe)
        try vault.transaction { transaction throws(VaultError) in
            try transaction.ceremonies.register(Sample.ceremony, definition: [1])
            try transaction.oneTime.announce([Self.key])
        }
        try tell("head", vault.log.head.hash.hex)
        let session = try vault.releaseNonces().session
        try tell("nonces", session.hex)
        try sign(vault, session)
        try reveal(vault)
        try vault.changePassphrase(to: Self.passphrase.span)
        try tell("head", vault.log.head.hash.hex)
    }

    /// Uses the root as soon as the vault hands it out.
    func sign(_ vault: Vault, _ session: Bytes32) throws {
        let burnt = try vault.burn(session, requestDigest: request)
        let ticket = burnt.ticket
        let root = burnt.takeRoot()
        try tell("root", session.hex + " " + request.hex)
        let response = root.withBytes { bytes in bytes.indices.map { bytes[$0] ^ 0x55 } }
        let receipt = try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: response)
        }.receipt
        try tell("signed", session.hex + " " + receipt.release(response).digest.hex)
    }

    func reveal(_ vault: Vault) throws {
        let response = message.bytes
        let receipt = try vault.transaction { transaction throws(VaultError) in
            try transaction.oneTime.record(
                Self.key, messageDigest: message, response: response)
        }.receipt
        try tell("revealed", message.hex + " " + receipt.release(response).digest.hex)
    }

    /// Appends a line that no later crash takes back.
    private func tell(_ what: String, _ line: String) throws {
        let file = FileHandle(forWritingAtPath: world)
        let handle = try #require(file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\(what) \(line)\n".utf8))
        try handle.synchronize()
        try handle.close()
    }

    func told(_ what: String) throws -> [[String]] {
        try String(contentsOfFile: world, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
            .filter { $0.first == what }.map { Array($0.dropFirst()) }
    }
}

@Suite("Vault: loss of power", .serialized)
struct PowerLossTests {
    @Test(
        "Killed at every write of a visit: one root for a session, one message for a key",
        arguments: KillSwitch.Style.allCases)
    func visit(style: KillSwitch.Style) async throws {
        let pristine = try VaultScene.temporaryDirectory()
        try Visit(directory: pristine, variant: "first").create()
        try Data().write(to: URL(filePath: pristine + "/world"))
        let points = try await countPoints(pristine)
        #expect(points > 100)
        for point in 1...points {
            let directory = try copy(pristine)
            await #expect(processExitsWith: .signal(SIGKILL), "point \(point)") {
                [
                    directory = directory as String, point = point as Int,
                    style = style as KillSwitch.Style
                ] in
                KillSwitch.arm(at: point, style)
                try Visit(directory: directory, variant: "first").run(KillSwitch.probe)
            }
            try examine(directory, point)
            try FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test(
        "Killed at every write of creating a vault: a whole vault, or none and a second try",
        arguments: KillSwitch.Style.allCases)
    func creation(style: KillSwitch.Style) async throws {
        var isComplete = false
        var point = 0
        while !isComplete {
            point += 1
            try #require(point < 1000)
            let directory = try VaultScene.temporaryDirectory()
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [
                    directory = directory as String, point = point as Int,
                    style = style as KillSwitch.Style
                ] in
                KillSwitch.arm(at: point, style)
                try Visit(directory: directory, variant: "first").create(KillSwitch.probe)
                // Past the last point: this run is the proof that there are no more.
                try Data().write(to: URL(filePath: directory + "/complete"))
                kill(getpid(), SIGKILL)
            }
            isComplete = FileManager.default.fileExists(atPath: directory + "/complete")
            let visit = Visit(directory: directory, variant: "first")
            if !FileManager.default.fileExists(
                atPath: visit.location.stateDirectory + "/vault.sqlite")
            {
                try visit.create()
            }
            try Data().write(to: URL(filePath: visit.world))
            try visit.run()
            try visit.open().verify()
        }
        #expect(point > 30)
    }

    /// How many points a whole visit passes.
    private func countPoints(_ pristine: String) async throws -> Int {
        let directory = try copy(pristine)
        await #expect(processExitsWith: .success) { [directory = directory as String] in
            KillSwitch.arm(at: .max, .before)
            try Visit(directory: directory, variant: "first").run(KillSwitch.probe)
            try "\(KillSwitch.passed)".write(
                toFile: directory + "/points", atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOfFile: directory + "/points", encoding: .utf8)
        return try #require(Int(text))
    }

    private func copy(_ directory: String) throws -> String {
        let path = try VaultScene.temporaryDirectory()
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            try FileManager.default.copyItem(
                atPath: directory + "/" + name, toPath: path + "/" + name)
        }
        return path
    }

    /// Opens what the crash has left and, as an attacker would, asks for everything else.
    private func examine(_ directory: String, _ point: Int) throws {
        let first = Visit(directory: directory, variant: "first")
        let attack = Visit(directory: directory, variant: "attack")
        let vault = try first.open()
        try vault.verify()
        for head in try first.told("head") {
            let hashes = try vault.log.newest(.max).map(\.hash.hex)
            #expect(hashes.contains(head[0]), "point \(point)")
        }
        for told in try first.told("nonces") {
            let id = try #require(Bytes32(hex: told[0]))
            #expect(try vault.nonceSessions.session(id)?.state.isReleased == true)
        }
        for session in try vault.nonceSessions.all() {
            try? attack.sign(vault, session.id)
            try? first.sign(vault, session.id)
        }
        try? attack.reveal(vault)
        try? first.reveal(vault)
        try vault.verify()

        let roots = try first.told("root").map { $0[0] }
        #expect(Set(roots).count == roots.count, "point \(point): a root was handed out twice")
        let messages = Set(try first.told("revealed").map { $0[0] })
        #expect(messages.count <= 1, "point \(point): a key has signed two messages")
        for told in try first.told("signed") {
            let id = try #require(Bytes32(hex: told[0]))
            guard case .signed(_, let response) = try vault.nonceSessions.session(id)?.state
            else {
                Issue.record("point \(point): a release of a session that is not signed")
                continue
            }
            #expect(response.hex == told[1])
        }
    }
}

extension NonceSessionState {
    /// Whether public nonces may have left.
    fileprivate var isReleased: Bool {
        switch self {
        case .reserved, .aborted: false
        case .noncesReleased, .burnt, .signed: true
        }
    }
}
