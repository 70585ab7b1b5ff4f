import Curve
import Exchange
package import Model
import MuSig2
package import Primitives
import Protocols
import Validation
import Winternitz

/// Where a ceremony stands, for reports.
package struct CeremonyStatus: Hashable, Sendable {
    package let definition: CeremonyDefinition
    package let graph: Bytes32?
    /// The newest attempt and the name of its session's state.
    package let attempt: UInt32?
    package let sessionState: String?
    package let payoutIndex: UInt32?
    package let spentVariables: [VariableName]
}

// What the vault holds of ceremonies.
extension Signer {
    func definition(_ ceremony: CeremonyID) throws(SignerError) -> CeremonyDefinition {
        let bytes = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.definition(ceremony.digest)
        }
        guard let bytes else { throw .session(.notRegistered(ceremony)) }
        do throws(ModelError) {
            return try CeremonyDefinition(decoding: bytes)
        } catch {
            throw damaged("ceremony", ceremony.digest.bytes)
        }
    }

    /// What this signer announced for a ceremony; nil before it was registered.
    func announcedKeys(_ ceremony: CeremonyID) throws(SignerError) -> ParticipantKeys? {
        let identity = profile.identity.bytes
        let record = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.keyBundle(ceremony.digest, participant: identity)
        }
        guard let record else { return nil }
        do throws(ExchangeError) {
            return try AnnouncedKeys(decoding: record.bytes).keys
        } catch {
            throw damaged("key_bundle", ceremony.digest.bytes + identity)
        }
    }

    /// This signer's keys among those of a program.
    func own(_ program: ProgramGraph) throws(SignerError) -> ParticipantKeys {
        guard let own = program.participants.first(where: { $0.identity == profile.identity })
        else { throw damaged("ceremony", program.definition.id.digest.bytes) }
        return own
    }

    /// The newest attempt of a ceremony with the program that it is about, built again from the
    /// evidence that was judged when it began.
    func begun(
        _ definition: CeremonyDefinition
    ) throws(SignerError) -> (SessionRecord, ProgramGraph) {
        let stored = try SignerError.vault { () throws(VaultError) in
            try vault.settings.session(of: definition.id)
        }
        guard let record = stored else { throw .session(.notBegun(definition.id)) }
        let bytes = try SignerError.vault { () throws(VaultError) in
            try vault.blobs.bytes(record.evidence)
        }
        guard let bytes, let request = try? NoncesRequest.decoded(from: bytes) else {
            throw damaged("blob", record.evidence.bytes)
        }
        let keys = try SignerError.exchange { () throws(ExchangeError) in
            try request.evidence.keysBundles.map { bytes throws(ExchangeError) in
                try AnnouncedKeys(decoding: bytes).keys
            }
        }
        let program = try SignerError.program { () throws(ProgramError) in
            try ProgramGraph(
                definition: definition, keys: keys, funding: request.evidence.funding)
        }
        guard program.digest == record.graph else {
            throw .session(.graphDiffers(asked: program.digest, bound: record.graph))
        }
        return (record, program)
    }

    /// The public nonces of a session, out of the response that released them.
    func releasedNonces(_ session: Bytes32) throws(SignerError) -> [PubNonce] {
        let bytes = try SignerError.vault { () throws(VaultError) -> [UInt8]? in
            let state = try vault.nonceSessions.session(session)?.state
            guard case .noncesReleased(let response) = state else { return nil }
            return try vault.blobs.bytes(response)
        }
        guard let bytes, let bundle = try? SignedBundle(decoding: bytes),
            let response = try? NoncesResponse.decoded(from: bundle.envelope.payload)
        else { throw damaged("nonce_session", session.bytes) }
        return response.nonces
    }

    /// Every registered ceremony.
    package func ceremonies() throws(SignerError) -> [CeremonyStatus] {
        let records = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.all()
        }
        var result: [CeremonyStatus] = []
        for record in records {
            result.append(try status(record))
        }
        return result
    }

    private func status(_ record: CeremonyRecord) throws(SignerError) -> CeremonyStatus {
        let definition = try definition(CeremonyID(record.ceremony))
        let keys = try announcedKeys(definition.id)
        return try SignerError.vault { () throws(VaultError) in
            let session = try vault.settings.session(of: definition.id)
            let state = try session.flatMap { session throws(VaultError) in
                try vault.nonceSessions.session(session.session)?.state.name
            }
            var spent: [VariableName] = []
            for (variable, key) in keys?.oneTimeKeys ?? [:]
            where try vault.oneTime.spent(key.digest) != nil {
                spent.append(variable)
            }
            return CeremonyStatus(
                definition: definition, graph: record.graph, attempt: session?.attempt,
                sessionState: state, payoutIndex: keys?.payoutIndex,
                spentVariables: spent.sorted())
        }
    }

    private func damaged(_ table: String, _ key: [UInt8]) -> SignerError {
        .vault(.damaged(.recordMalformed(RecordReference(table: table, key: key))))
    }
}
