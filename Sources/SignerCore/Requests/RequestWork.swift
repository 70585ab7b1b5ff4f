import Curve
package import Exchange
package import Model
import MuSig2
import Primitives
package import Protocols
import Validation
import Winternitz

/// What a request asks for, judged and ready to be done: nothing is parsed again after this.
package enum RequestWork {
    case registration(RegistrationWork)
    case nonces(GraphWork)
    case partialSignatures(PartialWork)
    case lastSignatures(LastWork)
    case reveal(RevealWork)
    case status(ceremonyCount: Int)
}

/// A definition that is to be registered.
package struct RegistrationWork {
    let definition: CeremonyDefinition
    /// What this signer announces one-time keys for.
    let variables: [VariableDeclaration]

    /// - Parameter variables: Those that the program of the definition declares.
    package init(_ definition: CeremonyDefinition, declaring variables: [VariableDeclaration]) {
        self.definition = definition
        self.variables = variables
    }
}

/// A graph that was rebuilt from evidence and met every rule.
package struct GraphWork {
    let plan: SessionPlan
    let evidence: GraphEvidence
    /// Of all participants in canonical order, own one included.
    let announced: [AnnouncedKeys]
    /// The ceremony was not bound to a graph before.
    let isFirst: Bool

    var program: ProgramGraph { plan.program }
}

/// Everything for a second visit.
package struct PartialWork {
    let plan: SessionPlan
    let session: Bytes32
    /// Of all other participants in canonical order.
    let others: [AnnouncedNonces]
    /// What this signer released at the first visit.
    let released: [PubNonce]

    var program: ProgramGraph { plan.program }
}

/// Everything for the one visit of the participant that signs last.
package struct LastWork {
    let graph: GraphWork
    let others: [AnnouncedNonces]

    var program: ProgramGraph { graph.program }
}

/// A one-time value that is due.
package struct RevealWork {
    let program: ProgramGraph
    let request: RevealRequest
    let variable: VariableDeclaration
    let key: OneTimeKey

    package init(
        program: ProgramGraph, request: RevealRequest, variable: VariableDeclaration,
        key: OneTimeKey
    ) {
        self.program = program
        self.request = request
        self.variable = variable
        self.key = key
    }

    var messageDigest: Bytes32 { RevealSubject.messageDigest(request.message) }
}

extension NonceSubject {
    /// Before the session is burnt: my nonces are those of the stored response.
    init(_ work: PartialWork, mine: [PubNonce]) {
        self.init(
            program: work.program, attempt: work.plan.attempt, me: work.plan.me.identity,
            others: work.others, mine: mine,
            releasedDigest: CeremonyTranscript.noncesDigest(work.released))
    }
}

extension ProgramGraph {
    /// Everybody's nonces in canonical order.
    ///
    /// - Parameter others: Of all others in canonical order; rule MUS-SENDERS has seen to it.
    func allNonces(mine: [PubNonce], me: ParticipantKeys, others: [AnnouncedNonces])
        -> [[PubNonce]]
    {
        participants.map { participant in
            participant.identity == me.identity
                ? mine
                : others.first { $0.bundle.envelope.sender == participant.identity }?.nonces
                    ?? []
        }
    }
}

extension OneTimeKeyName {
    /// The name of a participant's key for a variable.
    package init(
        _ definition: CeremonyDefinition, _ variable: VariableName, owner: OneTimeKeyOwner
    ) {
        self.init(
            ceremony: definition.id.digest, instance: Hex.encode(definition.instance),
            variable: variable.text, owner: owner)
    }
}
