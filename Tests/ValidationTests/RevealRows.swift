import Bitcoin
import Exchange
import Model
import Primitives
import Protocols
import TestSupport
import Validation

/// A reveal request as a signer meets it.
struct RevealScene {
    let fixture: CeremonyFixture
    var variable = VariableName.acceptance
    var message: [UInt8]
    var headers: [[UInt8]]
    var merkleBlock: [UInt8]
    var signed: Bytes32?
    var variables: [VariableDeclaration]?
    var policy = SignerPolicy.standard(for: .regtest).changing(revealConfirmations: 3)

    init() throws {
        fixture = try CeremonyFixture(operatorCount: 2)
        let request = try fixture.revealRequest(headerCount: 3)
        message = request.message
        headers = request.proof.headers
        merkleBlock = request.proof.merkleBlock
    }

    func subject(
        _ change: (inout RevealScene) throws -> Void = { _ in }
    ) throws -> RevealSubject {
        var scene = self
        try change(&scene)
        return RevealSubject(
            program: fixture.program,
            request: RevealRequest(
                variable: scene.variable, message: scene.message,
                proof: ConfirmationProof(
                    headers: scene.headers, merkleBlock: scene.merkleBlock)),
            signedDigest: scene.signed, policy: scene.policy, variables: scene.variables)
    }
}

enum RevealRows {
    static func all() throws -> [RuleRow] {
        let scene = try RevealScene()
        let table = RuleTable(rules: RevealRules.all, base: try scene.subject())
        return try content(table, scene) + inclusion(table, scene) + work(table, scene)
    }

    private static func content(
        _ table: RuleTable<RevealSubject>, _ scene: RevealScene
    ) throws -> [RuleRow] {
        let hash = try VariableDeclaration.hash(0)
        func declaring(_ byteCount: Int) throws -> RevealSubject {
            try scene.subject {
                $0.variables = [.lockAcceptance, hash]
                $0.variable = hash.name
                $0.message = [UInt8](repeating: 1, count: byteCount)
            }
        }
        return [
            table.row(
                "OTS-VARIABLE", "not declared", also: ["OTS-MESSAGE"],
                breaks: try scene.subject { $0.variable = try VariableName("other") }),
            table.row(
                "OTS-VARIABLE", "another length", also: ["OTS-MESSAGE"],
                breaks: try scene.subject { $0.message.append(0) }),
            table.row(
                "OTS-VARIABLE", "a txid for a variable of profile 2", also: ["OTS-MESSAGE"],
                breaks: try declaring(32)),
            table.row(
                "OTS-MESSAGE", "declared, but no rule says when it is due",
                breaks: try declaring(20)),
            table.row(
                "OTS-MESSAGE", "another txid",
                breaks: try scene.subject { $0.message[0] ^= 1 }),
            table.row(
                "OTS-FRESH", "signed something else before",
                base: try scene.subject {
                    $0.signed = RevealSubject.messageDigest(scene.message)
                },
                breaks: try scene.subject { $0.signed = RevealSubject.messageDigest([1]) }),
        ]
    }

    private static func inclusion(
        _ table: RuleTable<RevealSubject>, _ scene: RevealScene
    ) throws -> [RuleRow] {
        let other = CeremonyFixture.confirmation(
            of: scene.fixture.funding.transaction, headerCount: 3)
        return [
            table.row(
                "OTS-INCLUSION", "no proof", breaks: try scene.subject { $0.merkleBlock = [] }),
            table.row(
                "OTS-INCLUSION", "a proof for another transaction",
                breaks: try scene.subject {
                    $0.merkleBlock = other.merkleBlock
                    $0.headers = other.headers
                }),
            table.row(
                "OTS-INCLUSION", "headers of another block",
                breaks: try scene.subject { $0.headers = other.headers }),
            table.row(
                "OTS-INCLUSION", "a proof with a byte changed",
                breaks: try scene.subject { $0.merkleBlock[90] ^= 1 }),
        ]
    }

    private static func work(
        _ table: RuleTable<RevealSubject>, _ scene: RevealScene
    ) throws -> [RuleRow] {
        let parent = try BlockHeader(decoding: scene.headers[0])
        let stray = CeremonyFixture.mined(.zero, after: .zero).encoded()
        let hard = ProofOfWorkTarget(bits: 0x1D00_FFFF)
        return [
            table.row(
                "OTS-WORK", "no headers", also: ["OTS-INCLUSION"],
                breaks: try scene.subject { $0.headers = [] }),
            table.row(
                "OTS-WORK", "one header too few",
                breaks: try scene.subject { $0.headers.removeLast() }),
            table.row(
                "OTS-WORK", "headers that do not follow each other",
                breaks: try scene.subject { $0.headers[1] = stray }),
            table.row(
                "OTS-WORK", "half a header",
                breaks: try scene.subject { $0.headers[2].removeLast(40) }),
            table.row(
                "OTS-WORK", "no proof of work",
                breaks: try scene.subject { $0.headers[1] = idle(after: parent).encoded() }),
            table.row(
                "OTS-WORK", "a target easier than the network's",
                breaks: try scene.subject { $0.headers[1] = easy(after: parent).encoded() }),
            table.row(
                "OTS-WORK", "less work than the policy asks for",
                breaks: try scene.subject {
                    $0.policy = $0.policy.changing(easiestTarget: hard)
                }),
        ]
    }

    /// A header that follows another without proof of work.
    private static func idle(after parent: BlockHeader) -> BlockHeader {
        header(after: parent, bits: Network.regtest.proofOfWorkLimitBits) {
            !$0.meetsOwnTarget
        }
    }

    /// A header that meets its own target, which no network admits.
    private static func easy(after parent: BlockHeader) -> BlockHeader {
        header(after: parent, bits: 0x2100_FFFF) { $0.meetsOwnTarget }
    }

    private static func header(
        after parent: BlockHeader, bits: UInt32, _ isWanted: (BlockHeader) -> Bool
    ) -> BlockHeader {
        var nonce: UInt32 = 0
        while true {
            let header = BlockHeader(
                version: 4, previousBlockHash: parent.hash, merkleRoot: .zero,
                time: 1_700_000_000, bits: bits, nonce: nonce)
            if isWanted(header) { return header }
            nonce += 1
        }
    }
}
