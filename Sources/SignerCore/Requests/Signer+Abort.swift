package import Model
package import Primitives

/// A session that its operator may give up.
package struct AbortProposal: Hashable, Sendable {
    package let definition: CeremonyDefinition
    package let attempt: UInt32
    package let state: String
    let session: Bytes32
}

extension Signer {
    /// The newest session of a ceremony, if there is anything left to give up.
    ///
    /// - Throws: `.session(.nothingToAbort)`.
    package func proposeAbort(_ ceremony: CeremonyID) throws(SignerError) -> AbortProposal {
        let definition = try definition(ceremony)
        let proposal = try SignerError.vault { () throws(VaultError) -> AbortProposal? in
            guard let record = try vault.settings.session(of: ceremony),
                let session = try vault.nonceSessions.session(record.session)
            else { return nil }
            switch session.state {
            case .signed, .aborted: return nil
            case .reserved, .noncesReleased, .burnt: break
            }
            return AbortProposal(
                definition: definition, attempt: record.attempt, state: session.state.name,
                session: record.session)
        }
        guard let proposal else { throw .session(.nothingToAbort(ceremony)) }
        return proposal
    }

    /// Gives a session up, so that its nonces never sign.
    package func abort(_ proposal: AbortProposal) throws(SignerError) {
        try SignerError.vault { () throws(VaultError) in
            _ = try vault.transaction { transaction throws(VaultError) in
                try transaction.nonceSessions.abort(proposal.session, reason: "by the operator")
            }
        }
    }

    /// Vouches that the ledger has every message which the keys of a ceremony have signed; needed
    /// after a recovery or a lost anchor.
    ///
    /// - Parameter evidence: The digest of what the operator has compared.
    package func reconcile(
        _ ceremony: CeremonyID, evidence: Bytes32
    ) throws(SignerError) {
        _ = try definition(ceremony)
        try SignerError.vault { () throws(VaultError) in
            _ = try vault.transaction { transaction throws(VaultError) in
                try transaction.oneTime.reconcile(
                    ceremony: ceremony.digest, evidence: evidence)
            }
        }
    }
}
