import Bitcoin
import Exchange
import Model
import Primitives
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

/// Real signers that have announced one-time keys for more than a lock declares.
///
/// No program of today declares them, so no watcher could ask for them: the tests prepare what a judge
/// would, and from there on everything is the signers' own, a person's confirmation included.
final class DeclaredCeremony {
    let ceremony: SignerCeremony
    let variables: [VariableDeclaration]
    private(set) var keysBundles: [SignedBundle] = []

    init(folder: String? = nil) throws {
        ceremony = try SignerCeremony(operatorCount: 2, folder: folder)
        variables = try Self.declared()
        for who in ceremony.operators {
            let request = try ceremony.registration(who)
            keysBundles.append(
                try who.agree(to: who.prepared(registration, request)))
        }
    }

    static func declared() throws -> [VariableDeclaration] {
        try [.lockAcceptance, .hash(0), .hash(1), .hash(2).inBase16()]
    }

    var operators: [SignerOperator] { ceremony.operators }

    var registration: RequestWork {
        .registration(RegistrationWork(ceremony.definition, declaring: variables))
    }

    func program() throws -> ProgramGraph {
        try Self.program(ceremony.definition, keysBundles)
    }

    static func program(
        _ definition: CeremonyDefinition, _ keysBundles: [SignedBundle]
    ) throws -> ProgramGraph {
        let keys = try keysBundles.map { try AnnouncedKeys(decoding: $0.bytes).keys }
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        return try ProgramGraph(
            definition: definition, keys: keys, funding: CeremonyFixture.funding(of: aggregates))
    }

    func request(
        _ who: SignerOperator, _ variable: VariableDeclaration, _ message: [UInt8]
    ) throws -> SignedBundle {
        try who.request(
            .reveal, Self.payload(variable, message), ceremony.id)
    }

    static func payload(_ variable: VariableDeclaration, _ message: [UInt8]) -> RevealRequest {
        RevealRequest(
            variable: variable.name, message: message,
            proof: ConfirmationProof(headers: [], merkleBlock: []))
    }

    /// What a judge would find due.
    static func work(
        _ request: SignedBundle, _ variable: VariableDeclaration, in program: ProgramGraph
    ) throws -> RequestWork {
        let me = try #require(request.envelope.recipient)
        let keys = try #require(program.participants.first { $0.identity == me })
        let key = try #require(keys.oneTimeKeys[variable.name])
        return .reveal(
            RevealWork(
                program: program,
                request: try RevealRequest.decoded(from: request.envelope.payload),
                variable: variable,
                key: OneTimeKey(
                    name: OneTimeKeyName(program.definition, variable.name, owner: .me),
                    publicKeyDigest: key.digest)))
    }

    /// Reveals a value, and takes the answer to the watcher.
    func reveal(
        _ who: SignerOperator, _ variable: VariableDeclaration, _ message: [UInt8]
    ) throws -> RevealResponse {
        let request = try request(who, variable, message)
        let work = try Self.work(request, variable, in: program())
        let bundle = try who.agree(to: who.prepared(work, request))
        return try RevealResponse.decoded(from: bundle.envelope.payload)
    }
}

extension SignerOperator {
    /// A request as the signer would have found it due.
    func prepared(_ work: RequestWork, _ request: SignedBundle) throws -> PreparedRequest {
        try PreparedRequest(
            work,
            shownBy: ScreenContext(
                signer: signer, bundle: request, report: RuleReport(), environment: .unexamined))
    }

    /// Agrees, and takes the answer to the watcher.
    @discardableResult
    func agree(to prepared: PreparedRequest) throws -> SignedBundle {
        let confirmation = try #require(
            Confirmation(typed: prepared.screen.phrase, for: prepared))
        let release = try signer.perform(prepared, confirmation)
        let response = try SignedBundle(decoding: release.bytes)
        sequence = prepared.bundle.envelope.sequence
        previous = response.digest
        head = response.envelope.head
        return response
    }
}
