import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation

@Suite("Signer: sessions that must not sign")
struct SessionRefusalTests {
    @Test("Nonces of the wrong signer, count, ceremony, attempt or graph")
    func nonces() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        try ceremony.prepareSigning()
        let (who, peer) = (ceremony.operators[0], ceremony.operators[2])
        let sound = try ceremony.partialsPayload(who)
        let bundle = try SignedBundle(decoding: sound.nonceBundles[1])
        let response = try NoncesResponse.decoded(from: bundle.envelope.payload)
        func forged(_ response: NoncesResponse) throws -> [UInt8] {
            try peer.forge(bundle.envelope.changing(payload: response.encoded())).bytes
        }
        func changed(
            attempt: UInt32 = 1, graph: Bytes32? = nil, nonces: [PubNonce]? = nil
        ) throws -> [UInt8] {
            try forged(
                NoncesResponse(
                    attempt: attempt, graphDigest: graph ?? response.graphDigest,
                    nonces: nonces ?? response.nonces))
        }
        let twice = response.nonces.dropLast() + [response.nonces[0]]
        let mine = try #require(ceremony.nonceBundles[who.identity])
        let cases: [([[UInt8]], String)] = [
            ([sound.nonceBundles[0]], "MUS-SENDERS"),
            (sound.nonceBundles.reversed(), "MUS-SENDERS"),
            (sound.nonceBundles + [mine.bytes], "MUS-SENDERS"),
            ([sound.nonceBundles[0], try changed(attempt: 2)], "MUS-SESSION"),
            ([sound.nonceBundles[0], try changed(graph: .zero)], "MUS-SESSION"),
            (
                [sound.nonceBundles[0], try changed(nonces: response.nonces.dropLast())],
                "MUS-COUNT"
            ),
            ([sound.nonceBundles[0], try changed(nonces: Array(twice))], "MUS-DISTINCT"),
            (
                [
                    sound.nonceBundles[0],
                    try peer.forge(
                        bundle.envelope.changing(ceremony: CeremonyID(SHA256.hash([1])))
                    ).bytes,
                ], "MUS-CEREMONY"
            ),
        ]
        for (bundles, rule) in cases {
            let request = try request(who, ceremony, sound, bundles)
            let error = try who.refusal(of: request.bytes)
            #expect(error.firstRule == rule)
        }
        try ceremony.sign()
    }

    @Test("A nonce that is no point, and one that was changed on the way")
    func brokenNonces() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        try ceremony.prepareSigning()
        let (who, peer) = (ceremony.operators[0], ceremony.operators[2])
        let sound = try ceremony.partialsPayload(who)
        let bundle = try SignedBundle(decoding: sound.nonceBundles[1])
        let response = try NoncesResponse.decoded(from: bundle.envelope.payload)
        var point = response.record
        point = point.setting(
            3, to: .array(response.nonces.map { _ in .bytes([UInt8](repeating: 5, count: 66)) }))
        let invalid = try peer.forge(bundle.envelope.changing(payload: point.encode()))
        let request = try request(who, ceremony, sound, [sound.nonceBundles[0], invalid.bytes])
        guard case .exchange(.malformed) = try who.refusal(of: request.bytes) else {
            Issue.record("a nonce that is no point is malformed")
            return
        }
        // A relaying watcher that changes a nonce breaks its owner's signature.
        var relayed = sound.nonceBundles[1]
        relayed[relayed.count / 2] ^= 1
        let altered = try self.request(who, ceremony, sound, [sound.nonceBundles[0], relayed])
        guard case .exchange = try who.refusal(of: altered.bytes) else {
            Issue.record("a changed bundle is no bundle of its sender")
            return
        }
        try ceremony.sign()
    }

    @Test("Another graph, another attempt, evidence that was not asked for")
    func payloads() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let sound = try ceremony.partialsPayload(who)
        let cases: [(PartialSignaturesRequest, SessionRefusal)] = [
            (
                PartialSignaturesRequest(
                    attempt: 1, graphDigest: .zero, nonceBundles: sound.nonceBundles,
                    evidence: nil),
                .graphDiffers(asked: .zero, bound: sound.graphDigest)
            ),
            (
                PartialSignaturesRequest(
                    attempt: 2, graphDigest: sound.graphDigest,
                    nonceBundles: sound.nonceBundles, evidence: nil),
                .attemptDiffers(asked: 2, current: 1)
            ),
            (
                PartialSignaturesRequest(
                    attempt: 1, graphDigest: sound.graphDigest,
                    nonceBundles: sound.nonceBundles, evidence: try ceremony.evidence()),
                .evidenceSurplus
            ),
        ]
        for (payload, refusal) in cases {
            let request = try who.request(.partialSignatures, payload, ceremony.id)
            #expect(try who.refusal(of: request.bytes) == .session(refusal))
        }
        let second = try ceremony.noncesRequest(who, attempt: 2)
        #expect(try who.refusal(of: second.bytes) == .session(.attemptOpen(attempt: 1)))
    }

    @Test("An attempt that skips more numbers than can have been lost")
    func attemptTooFar() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        for attempt in [17, UInt32.max] {
            let request = try ceremony.noncesRequest(who, attempt: attempt)
            #expect(
                try who.refusal(of: request.bytes)
                    == .session(.attemptTooFar(asked: attempt, last: 0)))
        }
        try who.answer(ceremony.noncesRequest(who, attempt: 16))
    }

    @Test("The last signer: no nonces alone, no signature without evidence or a sound graph")
    func lastSigner() throws {
        let ceremony = try SignerCeremony(operatorCount: 3, last: 0)
        try ceremony.register()
        try ceremony.releaseNonces()
        let who = try #require(ceremony.lastIndex.map { ceremony.operators[$0] })
        let early = try ceremony.noncesRequest(who)
        #expect(try who.refusal(of: early.bytes) == .session(.signsLast))
        let sound = try ceremony.partialsPayload(who)
        let blind = try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: 1, graphDigest: sound.graphDigest, nonceBundles: sound.nonceBundles,
                evidence: nil),
            ceremony.id)
        #expect(try who.refusal(of: blind.bytes) == .session(.evidenceMissing))
        let forged = try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: 1, graphDigest: sound.graphDigest, nonceBundles: sound.nonceBundles,
                evidence: try ceremony.evidence().changing(0, txid: .zero)),
            ceremony.id)
        #expect(try who.refusal(of: forged.bytes).firstRule == "GRF-TXID")
        // It answers one set of nonces per attempt, whoever asks again with another.
        try ceremony.signLast()
        let again = try ceremony.partialsRequest(who)
        #expect(
            try who.refusal(of: again.bytes) == .session(.attemptUsed(asked: 1, last: 1)))
    }

    @Test("A burnt session refuses a different request for ever")
    func burnt() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let first = try ceremony.partialsRequest(who)
        try who.answer(first)
        for _ in 0..<2 {
            let second = try ceremony.partialsRequest(who)
            guard case .vault(.spent(.sessionSpent)) = try who.refusal(of: second.bytes) else {
                Issue.record("a spent session refuses another request")
                return
            }
            try who.reopen()
        }
        #expect(throws: SignerError.session(.nothingToAbort(ceremony.id))) {
            _ = try who.signer.proposeAbort(ceremony.id)
        }
    }

    @Test("A root that makes other nonces than were released is found out behind the tombstone")
    func otherRoot() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        try plantRoot(who, ceremony.id)
        let first = try ceremony.partialsRequest(who)
        let error = #expect(throws: SignerError.self) { _ = try who.perform(first) }
        #expect(error?.firstRule == "MUS-MINE")
        // The session is lost, for this request and for any other.
        guard case .vault(.spent(.sessionBurnt)) = try who.refusal(of: first.bytes) else {
            Issue.record("a burnt session signs nothing")
            return
        }
        let second = try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: 1, graphDigest: try ceremony.program().digest, nonceBundles: [],
                evidence: nil), ceremony.id)
        guard case .vault(.spent(.sessionSpent)) = try who.refusal(of: second.bytes) else {
            Issue.record("a burnt session signs nothing")
            return
        }
    }

    /// Replaces an open session by one with the same released nonces and another root, as no fault
    /// of a disk could, because the root is sealed.
    private func plantRoot(_ who: SignerOperator, _ ceremony: CeremonyID) throws {
        let vault = who.signer.vault
        let slot = NonceSlot(ceremony: ceremony.digest, round: "setup")
        let open = try #require(try vault.nonceSessions.open(in: slot))
        guard case .noncesReleased(let digest) = open.state else {
            preconditionFailure("the nonces of this test were released")
        }
        let response = try #require(try vault.blobs.bytes(digest))
        let setting = "session/\(ceremony.digest.hex)"
        let record = try #require(try vault.settings.bytes(setting))
        try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.abort(open.id, reason: "planted")
            let outcome = try transaction.nonceSessions.reserve(
                NonceReservation(
                    slot: slot, sessionDigest: open.sessionDigest,
                    requestDigest: Sample.digest("planted")), root: Sample.root.span)
            guard case .reserved(let reserved) = outcome else {
                preconditionFailure("the slot of this test is free")
            }
            try transaction.nonceSessions.commitNonces(reserved, response: response)
            let (old, new) = (open.id.bytes, reserved.id.bytes)
            let at = record.indices.first { record[$0...].starts(with: old) } ?? 0
            try transaction.settings.set(
                setting, record[..<at] + new + record[(at + new.count)...])
        }
    }

    @Test("An aborted session never signs")
    func aborted() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        try who.signer.abort(who.signer.proposeAbort(ceremony.id))
        let request = try ceremony.partialsRequest(who)
        guard case .vault(.spent(.sessionAborted)) = try who.refusal(of: request.bytes) else {
            Issue.record("an aborted session refuses every request")
            return
        }
        let old = try ceremony.noncesRequest(who)
        #expect(try who.refusal(of: old.bytes) == .session(.attemptUsed(asked: 1, last: 1)))
    }

    @Test("An older copy of the state is refused by its anchor, and with it by the quoted head")
    func olderCopy() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let copy = who.folder + "/copy"
        let places = [who.location.stateDirectory, who.location.stateDirectory + "-anchor"]
        let files = FileManager.default
        try files.createDirectory(atPath: copy, withIntermediateDirectories: false)
        for (index, place) in places.enumerated() {
            try files.copyItem(atPath: place, toPath: "\(copy)/\(index)")
        }
        try who.answer(ceremony.partialsRequest(who))
        let other = try ceremony.partialsRequest(who)
        func bringBack(_ index: Int) throws {
            try files.removeItem(atPath: places[index])
            try files.copyItem(atPath: "\(copy)/\(index)", toPath: places[index])
        }
        // The state alone: the anchor knows a newer commit.
        #expect {
            try who.closeAfter { try bringBack(0) }
        } throws: { error in
            guard case .vault(.rollback(.rolledBack)) = error as? SignerError else { return false }
            return true
        }
        // Both: the watcher has seen a head that this history does not have.
        try who.closeAfter { try bringBack(1) }
        let error = try who.refusal(of: other.bytes)
        guard case .refused(let report) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(report.errors.map(\.rule.text).contains("BND-HEAD"))
    }

    @Test("A one-time key: the same message gives the same signature, another is refused")
    func oneTimeKey() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let payload = try ceremony.revealPayload()
        let first = try reveal(who, payload, ceremony)
        let again = try reveal(who, payload, ceremony)
        #expect(first.signature == again.signature)
        let other = RevealRequest(
            variable: .acceptance, message: [UInt8](repeating: 1, count: 32),
            proof: payload.proof)
        let request = try who.request(.reveal, other, ceremony.id)
        guard case .refused(let report) = try who.refusal(of: request.bytes) else {
            Issue.record("another message is refused")
            return
        }
        let rules = Set(report.errors.map(\.rule.text))
        #expect(rules.isSuperset(of: ["OTS-MESSAGE", "OTS-FRESH"]))
    }

    @Test("A value without its proof: another block, too few headers, another variable")
    func unprovenValue() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let sound = try ceremony.revealPayload()
        let program = try ceremony.program()
        let release = try #require(program.graph[.lock(.release)])
        let cases: [(RevealRequest, String)] = [
            (
                RevealRequest(
                    variable: .acceptance, message: sound.message,
                    proof: CeremonyFixture.confirmation(
                        of: release.transaction, headerCount: 1)), "OTS-INCLUSION"
            ),
            (
                RevealRequest(
                    variable: .acceptance, message: sound.message,
                    proof: ConfirmationProof(
                        headers: [], merkleBlock: sound.proof.merkleBlock)), "OTS-INCLUSION"
            ),
            (
                RevealRequest(
                    variable: try VariableName("other"), message: sound.message,
                    proof: sound.proof), "OTS-VARIABLE"
            ),
        ]
        for (payload, rule) in cases {
            let request = try who.request(.reveal, payload, ceremony.id)
            #expect(try who.refusal(of: request.bytes).firstRule == rule)
        }
    }

    private func reveal(
        _ who: SignerOperator, _ payload: RevealRequest, _ ceremony: SignerCeremony
    ) throws -> RevealResponse {
        let bundle = try who.answer(who.request(.reveal, payload, ceremony.id))
        return try RevealResponse.decoded(from: bundle.envelope.payload)
    }

    private func request(
        _ who: SignerOperator, _ ceremony: SignerCeremony, _ sound: PartialSignaturesRequest,
        _ bundles: [[UInt8]]
    ) throws -> SignedBundle {
        try who.request(
            .partialSignatures,
            PartialSignaturesRequest(
                attempt: sound.attempt, graphDigest: sound.graphDigest, nonceBundles: bundles,
                evidence: sound.evidence),
            ceremony.id)
    }
}
