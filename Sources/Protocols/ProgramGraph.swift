import Bitcoin
package import Model
package import MuSig2
package import Primitives
package import ProtocolBuilder

/// Why a program's graph could not be built.
package enum ProgramError: Error, Equatable {
    case missingKeys(OperatorName)
    case missingFundingOutput(index: UInt32, outputCount: Int)
    case sameFundingOutput(index: UInt32)
    case aggregation(role: String, reason: String)
    case graph(GraphError<TransactionLabel>)
}

extension ProgramError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingKeys(let name): "the keys of '\(name)' are missing"
        case .missingFundingOutput(let index, let count):
            "the funding transaction has \(count) outputs; output \(index) does not exist"
        case .sameFundingOutput(let index):
            "asset and fee are both said to be output \(index)"
        case .aggregation(let role, let reason): "the \(role) keys do not aggregate: \(reason)"
        case .graph(let error): "\(error)"
        }
    }
}

/// One signature that all operators make together.
package struct ProgramSignature: Hashable, Sendable {
    package let task: SigningTask<TransactionLabel>
    package let role: KeyRole

    package var place: String { "\(task.id.label.text) input \(task.id.inputIndex)" }
}

/// A program with everybody's keys and its funding: the graph, its digest, and what to sign.
///
/// Built by the watcher to make requests and by the signer to judge them, from the same input.
package struct ProgramGraph: Sendable {
    package let definition: CeremonyDefinition
    /// In the definition's canonical order.
    package let participants: [ParticipantKeys]
    package let funding: Funding
    package let aggregates: ProgramAggregates
    package let graph: Graph<TransactionLabel>
    /// In the order of the signing plan; nonces and partial signatures travel in this order.
    package let signatures: [ProgramSignature]

    /// What all participants sign and compare: the graph and everybody's announced keys.
    ///
    /// One-time keys and proofs stand in no transaction; they are covered here, so that nobody can
    /// show different ones to different participants and have the same signatures.
    package let digest: Bytes32

    /// - Parameter keys: The keys of all participants, in any order.
    /// - Throws: `ProgramError`.
    package init(
        definition: CeremonyDefinition, keys: [ParticipantKeys], funding: Funding
    ) throws(ProgramError) {
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        let description = try Self.description(aggregates: aggregates, funding: funding)
        let graph: Graph<TransactionLabel>
        do {
            graph = try Graph(building: description)
        } catch {
            throw .graph(error)
        }
        self.init(aggregates: aggregates, funding: funding, graph: graph)
    }

    /// Joins a graph with what it was built from; the rules of `Validation` judge the result.
    package init(
        aggregates: ProgramAggregates, funding: Funding, graph: Graph<TransactionLabel>
    ) {
        definition = aggregates.definition
        participants = aggregates.participants
        self.funding = funding
        self.aggregates = aggregates
        self.graph = graph
        digest = TaggedHash("BitVMX/program/v1").hash(
            definition.id.digest.bytes, graph.digest.bytes,
            participants.flatMap(\.digest.bytes))
        signatures = graph.plan.tasks.compactMap { task in
            guard case .aggregate(let role) = task.owner else { return nil }
            return ProgramSignature(task: task, role: role)
        }
    }

    /// The description that a program's graph is built from.
    ///
    /// - Throws: `ProgramError` when the funding has no such outputs.
    package static func description(
        aggregates: ProgramAggregates, funding: Funding
    ) throws(ProgramError) -> GraphDescription<TransactionLabel> {
        for index in [funding.ordinalIndex, funding.feeIndex]
        where index >= UInt32(clamping: funding.transaction.outputs.count) {
            throw .missingFundingOutput(
                index: index, outputCount: funding.transaction.outputs.count)
        }
        guard funding.ordinalIndex != funding.feeIndex else {
            throw .sameFundingOutput(index: funding.feeIndex)
        }
        return LockProtocol(
            outputs: aggregates.lockOutputs, participants: aggregates.participants,
            funding: funding
        ).description
    }

    /// The key aggregation of a signature, tweaked as the task says.
    package func keyAggregation(of signature: ProgramSignature) -> KeyAggContext {
        aggregates.context(signature.role)
    }
}
