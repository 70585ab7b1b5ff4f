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

    @Test("A vault without a signer is the rest of an interrupted creation")
    func interruptedCreation() throws {
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
}
