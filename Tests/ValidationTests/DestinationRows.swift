import Bitcoin
import Curve
import Model
import ProtocolBuilder
import Protocols
import TestSupport
import Validation

/// Graphs that send money where it does not belong.
enum DestinationRows {
    static func all() throws -> [RuleRow] {
        let scene = try GraphScene()
        return try outputs(scene) + anchors(scene) + asset(scene) + mine(scene)
    }

    private static func outputs(_ scene: GraphScene) throws -> [RuleRow] {
        let attacker = Script.payToTaproot(outputKey: try FixtureKey("attacker").xOnly.bytes32)
        return [
            scene.table.row(
                "DST-OUTPUTS", "another operator's payout goes elsewhere",
                breaks: try scene.tampered { $0[.release].outputs[2].content = .payout(attacker) }),
            scene.table.row(
                "DST-OUTPUTS", "an output more",
                breaks: try scene.tampered {
                    let extra = OutputDescription("extra", .exact(330), .payout(attacker))
                    $0[.collect].outputs.append(extra)
                }),
            scene.table.row(
                "DST-OUTPUTS", "a leaf more in the fee",
                breaks: try scene.tampered {
                    $0[.accept].outputs[1].change {
                        $0.leaves.append(
                            LeafDescription("more", script: .payToAnchor, items: []))
                    }
                }),
        ]
    }

    private static func anchors(_ scene: GraphScene) throws -> [RuleRow] {
        [
            scene.table.row(
                "DST-ANCHOR", "none",
                breaks: try scene.tampered { $0[.collect].outputs.removeLast() }),
            scene.table.row(
                "DST-ANCHOR", "two",
                breaks: try scene.tampered {
                    let second = OutputDescription("second", .exact(240), .anchor)
                    $0[.accept].outputs.append(second)
                }),
            scene.table.row(
                "DST-ANCHOR", "another value",
                breaks: try scene.tampered { $0[.release].outputs[4].amount = .exact(241) }),
        ]
    }

    private static func asset(_ scene: GraphScene) throws -> [RuleRow] {
        [
            scene.table.row(
                "DST-ASSET", "a satoshi less when accepted",
                breaks: try scene.tampered { $0[.accept].outputs[0].amount = .exact(9_999) }),
            scene.table.row(
                "DST-ASSET", "a satoshi more when released",
                breaks: try scene.tampered { $0[.release].outputs[0].amount = .exact(10_001) }),
            scene.table.row(
                "DST-ASSET", "not in the first output", also: ["GRF-UNSPENDABLE"],
                breaks: try scene.tampered { $0[.release].outputs.swapAt(0, 4) }),
        ]
    }

    private static func mine(_ scene: GraphScene) throws -> [RuleRow] {
        let theirs = scene.fixture.operators[1].payout
        func shared(_ label: LockTransaction, from first: Int) throws -> GraphSubject {
            try scene.tampered {
                $0[label].outputs[first].amount = .exact(330)
                $0[label].outputs[first + 1].amount = .share(index: 0, of: 2)
                $0[label].outputs[first + 2].amount = .share(index: 1, of: 2)
            }
        }
        return [
            scene.table.row(
                "DST-MINE", "my share goes to somebody else",
                breaks: try scene.tampered { $0[.release].outputs[1].content = .payout(theirs) }),
            scene.table.row(
                "DST-MINE", "a smaller share of the release", breaks: try shared(.release, from: 1)),
            scene.table.row(
                "DST-MINE", "a smaller share of the collection",
                breaks: try shared(.collect, from: 0)),
            scene.table.row(
                "DST-MINE", "I do not take part",
                breaks: GraphSubject(
                    program: scene.fixture.program, evidence: scene.fixture.evidence,
                    boundDigest: nil, me: try FixtureKey("stranger").xOnly,
                    policy: .standard(for: .regtest))),
        ]
    }
}
