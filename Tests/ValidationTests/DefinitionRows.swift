import Bitcoin
import Curve
import Model
import Primitives
import TestSupport
import Validation

/// A definition as an operator meets it.
struct DefinitionScene {
    let operators: [FixtureOperator]
    var lock: LockParameters
    var announced: CeremonyID??
    var me: XOnlyPublicKey
    var network = Network.regtest
    var signers: [XOnlyPublicKey: OperatorName]
    var policy = SignerPolicy.standard(for: .regtest)
    var usedSecretHashes: Set<Bytes32> = [SHA256.hash([1])]

    init() throws {
        operators = try CeremonyFixture().operators
        lock = try .fixture()
        me = operators[0].identity.xOnly
        signers = [:]
        for participant in operators {
            signers[participant.identity.xOnly] = participant.name
        }
    }

    func subject(
        _ change: (inout DefinitionScene) throws -> Void = { _ in }
    ) throws -> DefinitionSubject {
        var scene = self
        try change(&scene)
        let definition = try CeremonyDefinition.fixture(operators: operators, lock: scene.lock)
        return DefinitionSubject(
            definition: definition, announced: scene.announced ?? definition.id, me: scene.me,
            network: scene.network, signers: scene.signers, policy: scene.policy,
            usedSecretHashes: scene.usedSecretHashes)
    }
}

extension SignerPolicy {
    func changing(
        coldTripBlocks: BlockCount? = nil, feePercentLimit: UInt64? = nil,
        revealConfirmations: Int? = nil, easiestTarget: ProofOfWorkTarget? = nil
    ) -> SignerPolicy {
        SignerPolicy(
            coldTripBlocks: coldTripBlocks ?? self.coldTripBlocks, feeRates: feeRates,
            feePercentLimit: feePercentLimit ?? self.feePercentLimit,
            revealConfirmations: revealConfirmations ?? self.revealConfirmations,
            easiestTarget: easiestTarget ?? self.easiestTarget)
    }
}

enum DefinitionRows {
    static func all() throws -> [RuleRow] {
        let scene = try DefinitionScene()
        let table = RuleTable(rules: DefinitionRules.all, base: try scene.subject())
        return try parties(table, scene) + amounts(table, scene) + windows(table, scene)
    }

    private static func parties(
        _ table: RuleTable<DefinitionSubject>, _ scene: DefinitionScene
    ) throws -> [RuleRow] {
        let stranger = try FixtureKey("stranger").xOnly
        let second = scene.operators[1].identity.xOnly
        return [
            table.row(
                "PAR-CEREMONY", "another ceremony",
                breaks: try scene.subject { $0.announced = CeremonyID(.zero) }),
            table.row(
                "PAR-CEREMONY", "none",
                breaks: try scene.subject { $0.announced = .some(nil) }),
            table.row(
                "PAR-NETWORK", "another network",
                breaks: try scene.subject { $0.network = .testnet4 }),
            table.row(
                "PAR-MEMBER", "not a participant",
                breaks: try scene.subject { $0.me = stranger }),
            table.row(
                "PAR-ENROLLED", "a stranger takes part",
                breaks: try scene.subject { $0.signers[second] = nil }),
            table.row(
                "PAR-ENROLLED", "under another name",
                breaks: try scene.subject { $0.signers[second] = try OperatorName("x") }),
            table.row(
                "PAR-USER-KEY", "the unspendable point",
                breaks: try scene.subject { $0.lock = $0.lock.changing(\.user, to: .nums) }),
            table.row(
                "PAR-USER-KEY", "an operator's identity",
                breaks: try scene.subject { $0.lock = $0.lock.changing(\.user, to: second) }),
            table.row(
                "PAR-SECRET", "the secret of another program",
                breaks: try scene.subject { $0.usedSecretHashes.insert($0.lock.secretHash) }),
        ]
    }

    private static func amounts(
        _ table: RuleTable<DefinitionSubject>, _ scene: DefinitionScene
    ) throws -> [RuleRow] {
        func rated(_ rate: UInt64) throws -> DefinitionSubject {
            try scene.subject {
                let rich = $0.lock.changing(\.feeAmount, to: 50_000_000)
                $0.lock = rich.changing(
                    \.feeRate, to: FeeRate(satoshiPerKilovirtualbyte: rate))
            }
        }
        return [
            table.row(
                "PAR-AMOUNTS", "an asset below dust", also: ["PAR-GRAPH"],
                breaks: try scene.subject {
                    $0.lock = $0.lock.changing(\.ordinalAmount, to: 329)
                }),
            table.row(
                "PAR-AMOUNTS", "a fee below dust", also: ["PAR-GRAPH"],
                breaks: try scene.subject { $0.lock = $0.lock.changing(\.feeAmount, to: 329) }),
            table.row(
                "PAR-FEE-RATE", "below the policy", base: try rated(1_000),
                breaks: try rated(999)),
            table.row(
                "PAR-FEE-RATE", "above the policy", base: try rated(500_000),
                breaks: try rated(500_001)),
            table.row(
                "PAR-GRAPH", "a fee that leaves nothing to pay out",
                breaks: try scene.subject { $0.lock = $0.lock.changing(\.feeAmount, to: 1_200) }),
            table.row(
                "PAR-FEE-SHARE", "a policy without fees",
                breaks: try scene.subject { $0.policy = $0.policy.changing(feePercentLimit: 0) }),
        ]
    }

    private static func windows(
        _ table: RuleTable<DefinitionSubject>, _ scene: DefinitionScene
    ) throws -> [RuleRow] {
        func timed(
            _ request: UInt16, _ life: UInt16, coldTrip: UInt16 = 6
        ) throws -> DefinitionSubject {
            try scene.subject {
                let lock = $0.lock.changing(\.requestTimeout, to: BlockCount(request))
                $0.lock = lock.changing(\.endOfLife, to: BlockCount(life))
                $0.policy = $0.policy.changing(coldTripBlocks: BlockCount(coldTrip))
            }
        }
        return [
            table.row(
                "TIM-REQUEST", "a window shorter than three cold trips",
                base: try timed(18, 60), breaks: try timed(17, 60)),
            table.row(
                "TIM-REQUEST", "a window that is none", base: try timed(1, 60, coldTrip: 0),
                breaks: try timed(0, 60, coldTrip: 0)),
            table.row(
                "TIM-LIFE", "a life shorter than the request's window", base: try timed(20, 20),
                breaks: try timed(20, 19)),
            table.row(
                "TIM-LIFE", "a life shorter than a cold trip", also: ["TIM-REQUEST"],
                breaks: try timed(20, 60, coldTrip: 61)),
        ]
    }
}
