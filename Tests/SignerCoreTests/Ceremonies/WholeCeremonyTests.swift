import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

/// How many operators, and which of them signs last.
struct Cast: Sendable, CustomTestStringConvertible {
    let operatorCount: Int
    let last: Int?

    var testDescription: String {
        "\(operatorCount) signers, " + (last.map { "\($0) signs last" } ?? "none signs last")
    }

    static let all = [
        Cast(operatorCount: 2, last: nil), Cast(operatorCount: 2, last: 1),
        Cast(operatorCount: 3, last: nil), Cast(operatorCount: 3, last: 0),
        Cast(operatorCount: 5, last: nil), Cast(operatorCount: 5, last: 4),
        Cast(operatorCount: 15, last: nil), Cast(operatorCount: 15, last: 7),
    ]
}

@Suite("Signer: whole ceremonies")
struct WholeCeremonyTests {
    @Test("Ends in valid signatures, a certificate and receipts", arguments: Cast.all)
    func ceremony(_ cast: Cast) throws {
        let ceremony = try SignerCeremony(
            operatorCount: cast.operatorCount, last: cast.last)
        try ceremony.prepareSigning()
        try ceremony.sign()
        try checkSignatures(ceremony)
        let certificate = try CeremonyCertificate(
            definition: ceremony.definition, transcript: ceremony.transcript(),
            shares: ceremony.responses().map(\.certificateShare))
        #expect(certificate.transcript.graphDigest == (try ceremony.program()).digest)
        for who in ceremony.operators { try checkReceipt(who, ceremony) }
    }

    /// BIP-340 by the keys of the leaves: completing a transaction verifies each of them.
    private func checkSignatures(_ ceremony: SignerCeremony) throws {
        let program = try ceremony.program()
        let signatures = try ceremony.signatures()
        #expect(signatures.count == program.graph.plan.tasks.count)
        for task in program.graph.plan.tasks {
            let signature = try #require(signatures[task.id])
            #expect(task.key.verify(signature, message: task.sighash.bytes))
        }
        for label in [LockTransaction.release, .collect] {
            let material = WitnessMaterial<TransactionLabel>(signatures: signatures)
            _ = try program.graph.complete(.lock(label), with: material)
        }
        var accept = WitnessMaterial<TransactionLabel>(signatures: signatures)
        for index in 0..<2 {
            accept.items[WitnessPlace(inputIndex: index, name: LockOutputs.preimage)] =
                CeremonyFixture.preimage
        }
        _ = try program.graph.complete(.lock(.accept), with: accept)
    }

    private func checkReceipt(_ who: SignerOperator, _ ceremony: SignerCeremony) throws {
        let request = try who.request(.reveal, ceremony.revealPayload(), ceremony.id)
        let bundle = try who.answer(request)
        let response = try RevealResponse.decoded(from: bundle.envelope.payload)
        let keys = try #require(
            ceremony.program().participants.first { $0.identity == who.identity })
        let key = try #require(keys.oneTimeKeys[.acceptance])
        #expect(key.verify(response.signature, of: response.message))
    }

    @Test("Every response quotes a head that the signer's log has, and a status needs no yes")
    func heads() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        try ceremony.sign()
        for who in ceremony.operators {
            #expect(try who.signer.vault.log.contains(who.head))
            let bundle = try who.answer(who.request(.status, StatusRequest(), nil))
            #expect(bundle.envelope.recipient == who.watcher.xOnly)
            let status = try StatusResponse.decoded(from: bundle.envelope.payload)
            #expect(status.epoch == 1)
            #expect(status.ceremonies == [ceremony.id])
            try who.signer.vault.verify()
        }
    }

    @Test("A second program has other keys, another payout address, and its own session")
    func secondProgram() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        let other = try CeremonyDefinition(
            network: .regtest, title: "second", instance: [UInt8](repeating: 9, count: 16),
            participants: ceremony.definition.participants, lastSigner: nil,
            lock: .fixture().changing(\.secretHash, to: SHA256.hash([9])))
        let bundle = try who.answer(
            who.request(.registration, RegistrationRequest(definition: other), other.id))
        let second = try AnnouncedKeys(decoding: bundle.bytes).keys
        let first = try AnnouncedKeys(decoding: ceremony.keysBundles[0].bytes).keys
        #expect(first.payoutIndex == 0)
        #expect(second.payoutIndex == 1)
        #expect(first.payout != second.payout)
        for role in KeyRole.allCases {
            #expect(first.signing[role]?.key != second.signing[role]?.key)
        }
        #expect(first.oneTimeKeys[.acceptance] != second.oneTimeKeys[.acceptance])
    }

    @Test("A session that was given up makes room for the next attempt of the same graph")
    func retry() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        try ceremony.releaseNonces()
        let abandoned = try ceremony.nonces()
        for who in ceremony.operators {
            try who.signer.abort(who.signer.proposeAbort(ceremony.id))
        }
        try ceremony.releaseNonces(attempt: 2)
        #expect(
            Set(abandoned.flatMap { $0 }).isDisjoint(with: try ceremony.nonces().flatMap { $0 }))
        try ceremony.sign(attempt: 2)
        try checkSignatures(ceremony)
    }
}
