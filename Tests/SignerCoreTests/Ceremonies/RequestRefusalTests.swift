import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import SignerCore
import TestSupport
import Testing
import Validation

/// `SignerOperator.refusal` compares the whole state on the disk before and after.
@Suite("Signer: requests out of place")
struct RequestRefusalTests {
    @Test("A replayed request")
    func replay() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let old = try ceremony.registration(who)
        try ceremony.register()
        try who.answer(who.request(.status, StatusRequest(), nil))
        #expect(try who.refusal(of: old.bytes).firstRule == "BND-SEQUENCE")
    }

    @Test("A request out of order, and one that follows another answer")
    func order() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        let next = who.envelope(.status, StatusRequest().encoded(), nil)
        let early = try FixtureBundle.sign(
            next.changing(sequence: who.sequence + 2), with: who.watcher)
        #expect(try who.refusal(of: early.bytes).firstRule == "BND-SEQUENCE")
        let foreign = try FixtureBundle.sign(
            next.changing(previous: SHA256.hash([1])), with: who.watcher)
        #expect(try who.refusal(of: foreign.bytes).firstRule == "BND-PREVIOUS")
    }

    @Test("Partial signatures before nonces, nonces before registration, a value before a graph")
    func stages() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let early = try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: 1, graphDigest: .zero, nonceBundles: [], evidence: nil),
            ceremony.id)
        #expect(try who.refusal(of: early.bytes).firstRule == "BND-CEREMONY")
        try ceremony.register()
        let unprepared = try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: 1, graphDigest: .zero, nonceBundles: [], evidence: nil),
            ceremony.id)
        #expect(try who.refusal(of: unprepared.bytes) == .session(.notBegun(ceremony.id)))
        let reveal = try who.request(.reveal, ceremony.revealPayload(), ceremony.id)
        #expect(try who.refusal(of: reveal.bytes) == .session(.notBegun(ceremony.id)))
        let again = try ceremony.registration(who)
        #expect(
            try who.refusal(of: again.bytes) == .session(.alreadyRegistered(ceremony.id)))
    }

    @Test("Another recipient, nobody's, another network, an unknown sender")
    func envelope() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let (who, other) = (ceremony.operators[0], ceremony.operators[1])
        let sound = who.envelope(.status, StatusRequest().encoded(), nil)
        let cases: [(Envelope, FixtureKey, String)] = [
            (sound.changing(recipient: other.identity), who.watcher, "BND-RECIPIENT"),
            (sound.changing(recipient: .some(nil)), who.watcher, "BND-RECIPIENT"),
            (sound.changing(network: .mainnet), who.watcher, "BND-NETWORK"),
            (sound.changing(sender: other.watcher.xOnly), other.watcher, "BND-SENDER"),
            (sound.changing(direction: .response), who.watcher, "BND-DIRECTION"),
            (sound.changing(kind: .keys), who.watcher, "BND-DIRECTION"),
            (sound.changing(payload: [0xA1]), who.watcher, "BND-PAYLOAD"),
        ]
        for (envelope, key, rule) in cases {
            let bundle = try FixtureBundle.sign(envelope, with: key)
            let error = try who.refusal(of: bundle.bytes)
            guard case .refused(let report) = error else {
                Issue.record("\(rule): \(error)")
                continue
            }
            #expect(report.errors.map(\.rule.text).contains(rule))
        }
    }

    @Test("Every changed byte of a request breaks its signature or its form")
    func bytes() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let sound = try ceremony.registration(who).bytes
        var random = SplitMix64.announced("changed bytes of a request")
        for _ in 0..<200 {
            let broken = sound.mutated(using: &random)
            guard broken != sound else { continue }
            #expect(throws: SignerError.self) {
                _ = try who.signer.examine(broken, environment: .unexamined)
            }
        }
    }

    @Test("A definition without me, with a stranger, or with two names for one key")
    func definitions() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        let who = ceremony.operators[0]
        let stranger = Participant(
            name: try OperatorName("stranger"), identity: try FixtureKey("stranger").xOnly)
        let people = ceremony.definition.participants
        let renamed = Participant(
            name: try OperatorName("somebody-else"), identity: people[1].identity)
        let cases: [([Participant], String)] = [
            (Array(people.filter { $0.identity != who.identity }), "PAR-MEMBER"),
            (people + [stranger], "PAR-ENROLLED"), ([people[0], renamed], "PAR-ENROLLED"),
        ]
        for (participants, rule) in cases {
            let definition = try CeremonyDefinition(
                network: .regtest, title: "odd", instance: [UInt8](repeating: 1, count: 16),
                participants: participants, lastSigner: nil, lock: .fixture())
            let request = try who.request(
                .registration, RegistrationRequest(definition: definition), definition.id)
            #expect(try who.refusal(of: request.bytes).firstRule == rule)
        }
        let other = try who.request(
            .registration, RegistrationRequest(definition: ceremony.definition),
            CeremonyID(SHA256.hash([9])))
        #expect(try who.refusal(of: other.bytes).firstRule == "PAR-CEREMONY")
    }

    @Test("A second program with the secret hash of the first")
    func secretTwice() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        let second = try CeremonyDefinition(
            network: .regtest, title: "second", instance: [UInt8](repeating: 9, count: 16),
            participants: ceremony.definition.participants, lastSigner: nil, lock: .fixture())
        let request = try who.request(
            .registration, RegistrationRequest(definition: second), second.id)
        #expect(try who.refusal(of: request.bytes).firstRule == "PAR-SECRET")
    }

    @Test("Enrolling another network's identity, oneself, or a second owner of a name")
    func enrolment() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let before = try who.picture()
        #expect(throws: SignerError.enrolment(.otherNetwork("mainnet"))) {
            try who.enrol(who.watcherCard(network: .mainnet))
        }
        let impostor = try SignerOperator(ceremony.operators[1].name.text + "x")
        let card = try IdentityCard(decoding: impostor.card())
        let renamed = try impostor.forge(
            card.bundle.envelope.changing(
                payload: IdentityPayload(name: ceremony.operators[1].name, role: .signer)
                    .encoded()))
        #expect(throws: SignerError.enrolment(.nameTaken(ceremony.operators[1].name))) {
            try who.enrol(renamed.bytes)
        }
        #expect(throws: SignerError.enrolment(.ownIdentity)) {
            let own = try who.forge(card.bundle.envelope.changing(sender: who.identity))
            try who.enrol(own.bytes)
        }
        #expect(throws: SignerError.self) {
            try who.enrol(ceremony.registration(who).bytes)
        }
        #expect(try who.picture() == before)
    }

    @Test("A confirmation for another request, and a phrase that is nearly right")
    func confirmation() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let prepared = try prepare(ceremony.registration(who), who)
        #expect(Confirmation(typed: prepared.screen.phrase + " ", for: prepared) == nil)
        #expect(Confirmation(typed: "yes", for: prepared) == nil)
        #expect(Confirmation(digest: .zero, for: prepared) == nil)
        #expect(Confirmation(unaskedFor: prepared) == nil)
        let other = try prepare(who.request(.status, StatusRequest(), nil), who)
        let wrong = try #require(Confirmation(unaskedFor: other))
        let before = try who.picture()
        #expect(throws: SignerError.session(.otherConfirmation)) {
            _ = try who.signer.perform(prepared, wrong)
        }
        #expect(try who.picture() == before)
        // What was judged before the state moved is judged again, not done.
        let right = try #require(
            Confirmation(digest: prepared.bundle.digest, for: prepared))
        _ = try who.signer.perform(other, wrong)
        #expect(throws: SignerError.session(.examinedBefore)) {
            _ = try who.signer.perform(prepared, right)
        }
    }

    private func prepare(
        _ request: SignedBundle, _ who: SignerOperator
    ) throws -> PreparedRequest {
        let examination = try who.signer.examine(request.bytes, environment: .unexamined)
        guard case .ready(let prepared) = examination.outcome else {
            preconditionFailure("the request of this test meets every rule")
        }
        return prepared
    }
}
