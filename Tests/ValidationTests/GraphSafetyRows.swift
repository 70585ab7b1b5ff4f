import Bitcoin
import Curve
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import Tapscript
import TestSupport
import Validation

/// Graphs that a faulty builder could make, and that nobody may sign.
enum GraphSafetyRows {
    static func all() throws -> [RuleRow] {
        let scene = try GraphScene()
        return try inputs(scene) + fees(scene) + forms(scene) + locks(scene) + keys(scene)
    }

    /// Changes the external output that an input of `accept` spends.
    private static func external(
        _ description: inout GraphScene.Description, _ change: (inout ExternalOutput) -> Void
    ) {
        guard case .external(var output) = description[.accept].inputs[0].source else {
            preconditionFailure("accept spends the request")
        }
        change(&output)
        description[.accept].inputs[0].source = .external(output)
    }

    private static func inputs(_ scene: GraphScene) throws -> [RuleRow] {
        let funding = scene.fixture.funding.transaction.txid
        return [
            scene.table.row(
                "GRF-INPUTS", "an output of somebody else",
                breaks: try scene.tampered {
                    external(&$0) { $0.outPoint = OutPoint(txid: .zero, outputIndex: 0) }
                }),
            scene.table.row(
                "GRF-INPUTS", "another output of the funding",
                breaks: try scene.tampered {
                    external(&$0) { $0.outPoint = OutPoint(txid: funding, outputIndex: 2) }
                }),
            scene.table.row(
                "GRF-INPUTS", "the funding with a false amount",
                breaks: try scene.tampered { external(&$0) { $0.prevout.value = 10_001 } }),
        ]
    }

    private static func fees(_ scene: GraphScene) throws -> [RuleRow] {
        let percent =
            scene.fixture.program.graph.transactions[0].prevouts
            .map(\.value.satoshi).reduce(0, +) / 100
        return [
            scene.table.row(
                "GRF-FEE", "none", breaks: try scene.tampered { $0[.release].fee = GraphFee.none }),
            scene.table.row(
                "GRF-FEE", "a satoshi above the policy's share",
                base: try scene.tampered { $0[.accept].fee = .fixed(try Amount(percent * 20)) },
                breaks: try scene.tampered {
                    $0[.accept].fee = .fixed(try Amount(percent * 20 + 1))
                }),
        ]
    }

    private static func forms(_ scene: GraphScene) throws -> [RuleRow] {
        let key = try FixtureKey("somebody").xOnly
        return [
            scene.table.row(
                "GRF-VERSION", "version 2",
                breaks: try scene.tampered { $0[.collect].version = .two }),
            scene.table.row(
                "GRF-VERSION", "a lock time",
                breaks: try scene.tampered { $0[.release].lockTime = LockTime(800_000) }),
            scene.table.row(
                "GRF-UNSPENDABLE", "an output with a key of somebody's", also: ["DST-OUTPUTS"],
                breaks: try scene.tampered {
                    $0[.accept].outputs[1].change { $0.internalKey = key }
                }),
            scene.table.row(
                "GRF-UNSPENDABLE", "a released asset with the aggregate's key",
                also: ["DST-OUTPUTS", "DST-ASSET"],
                breaks: try scene.tampered {
                    let key = scene.fixture.program.aggregates.context(.operators).xOnly
                    $0[.release].outputs[0].change { $0.internalKey = key }
                }),
            scene.table.row(
                "GRF-UNSPENDABLE", "the right keys in each other's places",
                also: ["DST-OUTPUTS", "DST-ASSET"],
                breaks: try scene.tampered {
                    let keys = scene.fixture.program.aggregates.lockOutputs
                        .internalKeys(madeBy: .accept)
                    $0[.accept].outputs[0].change { $0.internalKey = keys[1] }
                    $0[.accept].outputs[1].change { $0.internalKey = keys[0] }
                }),
            scene.table.row(
                "GRF-SIGHASH-TYPE", "only one output is signed",
                breaks: try scene.tampered {
                    $0[.release].inputs[0].spends[0].sighashType = .single
                }),
            scene.table.row(
                "GRF-SIGHASH-TYPE", "the default in its long form",
                breaks: try scene.tampered {
                    $0[.collect].inputs[0].spends[0].sighashType = .all
                }),
        ]
    }

    private static func locks(_ scene: GraphScene) throws -> [RuleRow] {
        [
            scene.table.row(
                "TIM-LOCKS", "the fee is collected at once",
                breaks: try scene.tampered {
                    $0[.collect].inputs[0].sequence = .replaceable
                    $0[.collect].inputs[0].spends[0].path = .leaf(0)
                }),
            scene.table.row(
                "TIM-LOCKS", "a final input",
                breaks: try scene.tampered { $0[.release].inputs[1].sequence = .final }),
            scene.table.row(
                "TIM-LOCKS", "release waits",
                breaks: try scene.tampered {
                    $0[.release].inputs[0].sequence = .blocks(BlockCount(1))
                }),
        ]
    }

    private static func keys(_ scene: GraphScene) throws -> [RuleRow] {
        let operators = scene.fixture.program.aggregates.context(.operators).xOnly
        let attacker = try FixtureKey("attacker").xOnly
        func signed(by owner: SignatureOwner) throws -> GraphSubject {
            try scene.tampered {
                $0.keys[owner] = [operators]
                $0[.release].inputs[0].spends[0].owners = [owner]
            }
        }
        return [
            scene.table.row(
                "MUS-KEYS", "a signature of one party",
                breaks: try signed(by: .single(PartyName("op-00")))),
            scene.table.row(
                "MUS-KEYS", "a signature of another role",
                breaks: try signed(by: .aggregate(.release))),
            scene.table.row(
                "MUS-KEYS", "a leaf for another key", also: ["DST-OUTPUTS"],
                breaks: try scene.tampered {
                    let leaf = LeafScript.checkSignature(attacker)
                    $0.keys[.aggregate(.operators)] = [operators, attacker]
                    $0[.accept].outputs[1].change {
                        $0.leaves[0] = LeafDescription("operators", leaf)
                    }
                }),
        ]
    }
}

extension OutputDescription {
    /// Changes what a taproot output commits to.
    mutating func change(_ change: (inout TaprootDescription) -> Void) {
        guard case .taproot(var taproot) = content else {
            preconditionFailure("'\(name)' is a taproot output")
        }
        change(&taproot)
        content = .taproot(taproot)
    }
}
