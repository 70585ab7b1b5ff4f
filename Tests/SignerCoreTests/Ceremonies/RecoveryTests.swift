import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import Primitives
import Secrets
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

@Suite("Signer: after a loss")
struct RecoveryTests {
    @Test("A lost anchor ends the epoch: the open session is given up, keys wait for a person")
    func lostAnchor() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let partials = try ceremony.partialsRequest(who)
        let anchor = who.location.stateDirectory + "-anchor/anchor.cbor"
        #expect {
            try who.closeAfter { try FileManager.default.removeItem(atPath: anchor) }
        } throws: { error in
            guard case .vault(.rollback(.anchorMissing)) = error as? SignerError else {
                return false
            }
            return true
        }
        try who.acknowledgeLostAnchor()
        #expect(who.signer.vault.epoch == 2)
        guard case .vault(.spent(.sessionAborted)) = try who.refusal(of: partials.bytes) else {
            Issue.record("the session of the old epoch never signs")
            return
        }
        let reveal = try who.request(.reveal, ceremony.revealPayload(), ceremony.id)
        guard case .vault(.spent(.keyNotReconciled)) = try who.refusal(of: reveal.bytes) else {
            Issue.record("what the one-time key has signed is not known")
            return
        }
        try who.signer.reconcile(ceremony.id, evidence: SHA256.hash([1]))
        try who.answer(reveal)
    }

    @Test("The words give the same keys, in a later epoch")
    func sameSeed() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        let page = try SecretPage.holding(who.seed)
        let folder = try VaultScene.temporaryDirectory()
        let restored = try Signer.create(
            NewSigner(
                name: who.name, network: .regtest, coldTripBlocks: nil, origin: .recoveredSeed),
            seed: Seed(page), at: VaultLocation(stateDirectory: folder + "/state"),
            unlock: SignerOperator.unlock())
        #expect(restored.profile.identity == who.identity)
        #expect(restored.vault.epoch == 2)
        #expect(
            try restored.payoutAccount().descriptor == who.signer.payoutAccount().descriptor)
    }

    @Test("A signer made from its words knows nothing of before, and goes on with nothing of it")
    func restored() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let (lost, peer) = (ceremony.operators[0], ceremony.operators[1])
        let partials = try ceremony.partialsRequest(lost)
        let announced = try AnnouncedKeys(decoding: ceremony.keysBundles[0].bytes).keys
        let who = try SignerOperator(lost.name.text, origin: .recoveredSeed)
        #expect(who.identity == lost.identity)
        #expect(try who.signer.ceremonies().isEmpty)
        #expect(try who.signer.peers().isEmpty)
        // What docs/operators/signer.md says of the old watcher, one enrolment after the other.
        #expect(try who.refusal(of: partials.bytes).firstRule == "BND-SENDER")
        try who.enrol(who.watcherCard())
        #expect(try who.refusal(of: partials.bytes).firstRule == "BND-CEREMONY")
        let next = try lost.request(.status, StatusRequest(), nil)
        guard case .refused(let report) = try who.refusal(of: next.bytes) else {
            Issue.record("the old watcher's request is refused")
            return
        }
        #expect(
            Set(report.errors.map(\.rule.text)) == ["BND-SEQUENCE", "BND-PREVIOUS", "BND-HEAD"])
        // With a new channel the same ceremony has the same keys, and they wait for a person's word.
        try who.enrol(peer.card())
        let again = try who.answer(ceremony.registration(who))
        #expect(again.digest != ceremony.keysBundles[0].digest)
        let keys = try AnnouncedKeys(decoding: again.bytes).keys
        #expect(keys == announced)
        let key = try #require(keys.oneTimeKeys[.acceptance])
        let named = OneTimeKey(
            name: OneTimeKeyName(ceremony.definition, .acceptance, owner: .me),
            publicKeyDigest: key.digest)
        #expect(throws: VaultError.self) {
            try who.signer.vault.oneTime.check(named, messageDigest: .zero)
        }
        try who.signer.reconcile(ceremony.id, evidence: SHA256.hash([1]))
        #expect(try who.signer.vault.oneTime.check(named, messageDigest: .zero) == .unspent)
    }

    @Test("Payout addresses go on where the person says that the lost ones ended")
    func payoutIndex() throws {
        let page = try SecretPage.holding([UInt8](repeating: 3, count: Seed.byteCount))
        let folder = try VaultScene.temporaryDirectory()
        let restored = try Signer.create(
            NewSigner(
                name: OperatorName("alice"), network: .regtest, coldTripBlocks: nil,
                origin: .recoveredSeed, payoutIndex: 7),
            seed: Seed(page), at: VaultLocation(stateDirectory: folder + "/state"),
            unlock: SignerOperator.unlock())
        #expect(try restored.nextPayoutIndex() == 7)
        _ = try restored.vault.transaction { transaction throws(VaultError) in
            try transaction.counters.next("payout-index")
        }
        #expect(try restored.nextPayoutIndex() == 8)
    }

    @Test("Making a signer, killed at every write: a whole signer, or none and a second try")
    func interruptedCreation() async throws {
        var isComplete = false
        var point = 0
        while !isComplete {
            point += 1
            try #require(point < 1000)
            let folder = try VaultScene.temporaryDirectory()
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [folder = folder as String, point = point as Int] in
                KillSwitch.arm(at: point, .before)
                try RecoveryTests.make(folder, KillSwitch.probe)
                // Past the last point: this run is the proof that there are no more.
                try Data().write(to: URL(filePath: folder + "/complete"))
                kill(getpid(), SIGKILL)
            }
            isComplete = FileManager.default.fileExists(atPath: folder + "/complete")
            if !FileManager.default.fileExists(atPath: folder + "/state/vault.sqlite") {
                try Self.make(folder)
            }
            let signer = try Signer.open(
                at: VaultLocation(stateDirectory: folder + "/state"),
                unlock: SignerOperator.unlock())
            #expect(signer.profile.name.text == "alice")
            #expect(try signer.payoutAccount().descriptor.hasPrefix("tr("))
            try FileManager.default.removeItem(atPath: folder)
        }
        #expect(point > 30)
    }

    private static func make(_ folder: String, _ probe: DurabilityProbe = .none) throws {
        let page = try SecretPage.holding([UInt8](repeating: 3, count: Seed.byteCount))
        _ = try Signer.create(
            NewSigner(
                name: OperatorName("alice"), network: .regtest, coldTripBlocks: nil,
                origin: .freshSeed),
            seed: Seed(page), at: VaultLocation(stateDirectory: folder + "/state"),
            unlock: SignerOperator.unlock(probe: probe))
    }

    @Test("A vault without a signer is not taken for one")
    func notASigner() throws {
        let scene = try VaultScene()
        try scene.create()
        #expect(throws: SignerError.notASigner) {
            _ = try Signer.open(at: scene.location, unlock: SignerOperator.unlock())
        }
    }

    @Test("Mainnet asks for a machine without dangers, test networks only show them")
    func machine() throws {
        let facts = EnvironmentFacts(facts: [], dangers: ["network interface up: eth0"])
        #expect(throws: SignerError.unsafeMachine(facts.dangers)) {
            try facts.check(for: .mainnet)
        }
        for network in [Network.testnet4, .signet, .regtest] {
            try facts.check(for: network)
        }
        try EnvironmentFacts.unexamined.check(for: .mainnet)
    }
    @Test(
        "On mainnet a lost anchor is given up only on a machine without dangers",
        .enabled(if: DurablePlace.isAvailable, "needs a folder on a disk"))
    func lostAnchorOnMainnet() throws {
        let folder = try DurablePlace.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let who = try SignerOperator("alice", network: .mainnet, folder: folder)
        let anchor = who.location.stateDirectory + "-anchor/anchor.cbor"
        #expect(throws: SignerError.self) {
            try who.closeAfter { try FileManager.default.removeItem(atPath: anchor) }
        }
        let before = try who.picture()
        let dangers = ["network interface up: eth0"]
        #expect(throws: SignerError.unsafeMachine(dangers)) {
            _ = try Signer.openWithoutAnchor(
                at: who.location, unlock: SignerOperator.unlock(),
                environment: EnvironmentFacts(facts: [], dangers: dangers))
        }
        #expect(try who.picture() == before)
        try who.acknowledgeLostAnchor()
        #expect(who.signer.vault.epoch == 2)
    }
}

/// Folders on a file system that keeps commits, which mainnet wants: beside the built tests.
private enum DurablePlace {
    static let isAvailable: Bool = {
        guard let path = try? folder() else { return false }
        defer { try? FileManager.default.removeItem(atPath: path) }
        var settings = VaultSettings.unsafeForTests()
        settings.volatileFileSystems = .refused
        let passphrase = VaultScene.passphrase
        let vault = try? Vault.create(
            at: VaultLocation(stateDirectory: path + "/state"), passphrase: passphrase.span,
            origin: .freshSeed, settings: settings)
        return vault != nil
    }()

    static func folder() throws -> String {
        let built = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let path = built.appending(path: "test-" + UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        return path
    }
}
