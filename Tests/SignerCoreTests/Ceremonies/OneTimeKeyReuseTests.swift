import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

@Suite("Signer: one-time keys of other ceremonies")
struct OneTimeKeyReuseTests {
    /// Three operators that have registered two programs.
    private final class Scene {
        let first: SignerCeremony
        let later: CeremonyDefinition
        let laterBundles: [SignedBundle]

        var people: [SignerOperator] { first.operators }

        init() throws {
            first = try SignerCeremony(operatorCount: 3)
            try first.register()
            let later = try CeremonyDefinition(
                network: .regtest, title: "later", instance: [UInt8](repeating: 9, count: 16),
                participants: first.definition.participants, lastSigner: nil,
                lock: .fixture().changing(\.secretHash, to: SHA256.hash([9])))
            self.later = later
            laterBundles = try first.operators.map { who in
                try who.answer(
                    who.request(
                        .registration, RegistrationRequest(definition: later), later.id))
            }
        }

        /// A bundle whose owner announces another one-time key than its signer made.
        func forged(
            _ bundle: SignedBundle, by index: Int, announcing key: OneTimePublicKey
        ) throws -> SignedBundle {
            let keys = try AnnouncedKeys(decoding: bundle.bytes).keys
            let response = KeysResponse(keys: keys.changing(oneTimeKeys: [.acceptance: key]))
            return try people[index].forge(
                bundle.envelope.changing(payload: response.encoded()))
        }

        func key(_ bundle: SignedBundle) throws -> OneTimePublicKey {
            try #require(
                AnnouncedKeys(decoding: bundle.bytes).keys.oneTimeKeys[.acceptance])
        }

        /// The first operator's first visit with these keys.
        func request(
            _ definition: CeremonyDefinition, _ bundles: [SignedBundle]
        ) throws -> SignedBundle {
            let keys = try bundles.map { try AnnouncedKeys(decoding: $0.bytes).keys }
            let aggregates = try ProgramAggregates(definition: definition, keys: keys)
            let program = try ProgramGraph(
                definition: definition, keys: keys,
                funding: CeremonyFixture.funding(of: aggregates))
            return try people[0].request(
                .nonces,
                NoncesRequest(
                    attempt: 1,
                    evidence: CeremonyFixture.evidence(of: program, keysBundles: bundles)),
                definition.id)
        }
    }

    @Test("A copy of an honest participant's key, announced elsewhere, does not bar its owner")
    func copied() throws {
        let scene = try Scene()
        let who = scene.people[0]
        // The third operator has seen the second one's key for the later program.
        var bundles = scene.first.keysBundles
        bundles[2] = try scene.forged(
            bundles[2], by: 2, announcing: scene.key(scene.laterBundles[1]))
        try who.answer(scene.request(scene.first.definition, bundles))
        // The copier cannot announce it again; its owner announces it now.
        let copy = try scene.key(scene.laterBundles[1])
        var again = scene.laterBundles
        again[1] = try scene.forged(
            again[1], by: 1, announcing: scene.key(scene.first.keysBundles[2]))
        again[2] = try scene.forged(again[2], by: 2, announcing: copy)
        let request = try scene.request(scene.later, again)
        #expect(try who.refusal(of: request.bytes).firstRule == "KEY-REGISTRY")
        try who.answer(scene.request(scene.later, scene.laterBundles))
    }

    @Test("A key of its owner's other ceremony is refused, and a copy of mine from anybody")
    func reused() throws {
        let scene = try Scene()
        let who = scene.people[0]
        try who.answer(scene.request(scene.first.definition, scene.first.keysBundles))
        for copied in [1, 0] {
            let owner = copied == 0 ? 2 : copied
            var bundles = scene.laterBundles
            bundles[owner] = try scene.forged(
                bundles[owner], by: owner,
                announcing: scene.key(scene.first.keysBundles[copied]))
            let request = try scene.request(scene.later, bundles)
            #expect(try who.refusal(of: request.bytes).firstRule == "KEY-REGISTRY")
        }
        try who.answer(scene.request(scene.later, scene.laterBundles))
    }
}
