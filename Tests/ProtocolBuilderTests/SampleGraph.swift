import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript

/// A small graph with everything in it: a lock that is accepted, then released or collected.
enum SampleGraph {
    typealias Description = GraphDescription<TestLabel>

    static let operators = TestSigner.key(3)
    static let user = TestSigner.key(5)
    static let release = TestSigner.key(7)
    static let secret = [UInt8](repeating: 0x42, count: 32)
    static let wait = BlockCount(144)

    static func outPoint(_ index: UInt32, byte: UInt8 = 1) -> OutPoint {
        OutPoint(
            txid: Txid(Bytes32([UInt8](repeating: byte, count: 32)) ?? .zero),
            outputIndex: index)
    }

    static var payout: Script {
        .payToTaproot(outputKey: TestSigner.key(9).bytes32)
    }

    static var request: TaprootDescription {
        TaprootDescription(
            internalKey: .nums,
            leaves: [
                LeafDescription("user-timeout", .timelock(wait, user)),
                LeafDescription("accept", .hashLock(SHA256.hash(secret), operators)),
            ])
    }

    static var locked: TaprootDescription {
        TaprootDescription(
            internalKey: operators,
            leaves: [
                LeafDescription("collect", .timelock(wait, operators)),
                LeafDescription("operators", .checkSignature(operators)),
                LeafDescription(
                    "both", script: twoKeyScript(operators, user),
                    items: [
                        ItemDescription("user", .signature(user)),
                        ItemDescription("operators", .signature(operators)),
                    ]),
            ], shape: .weighted([5, 3, 1]))
    }

    static func twoKeyScript(_ first: XOnlyPublicKey, _ second: XOnlyPublicKey) -> Script {
        var builder = ScriptBuilder()
        builder.push(first.bytes)
        builder.opcode(.checkSigVerify)
        builder.push(second.bytes)
        builder.opcode(.checkSig)
        return builder.script
    }

    static func external(
        _ name: String, _ index: UInt32, _ amount: Amount, _ taproot: TaprootDescription
    ) throws -> ExternalOutput {
        ExternalOutput(
            name: name, outPoint: outPoint(index),
            prevout: TxOut(
                value: amount, scriptPubKey: try TestOutput.script(of: taproot)),
            taproot: taproot)
    }

    static func accept() throws -> TransactionDescription<TestLabel> {
        TransactionDescription(
            "accept", version: .two,
            inputs: [
                InputDescription(
                    .external(try external("request asset", 0, 10_000, request)),
                    spends: [SpendDescription(.leaf(1), signedBy: .aggregate(.operators))]),
                InputDescription(
                    .external(try external("request fee", 1, 60_000, request)),
                    spends: [SpendDescription(.leaf(1), signedBy: .aggregate(.operators))]),
            ],
            outputs: [
                OutputDescription("asset", .exact(10_000), .taproot(locked)),
                OutputDescription("fee", .remainder, .taproot(locked)),
                .anchor(240),
            ])
    }

    static var releaseTransaction: TransactionDescription<TestLabel> {
        TransactionDescription(
            "release", version: .two,
            inputs: [
                InputDescription(
                    .output(of: "accept", index: 0),
                    spends: [
                        SpendDescription(.leaf(1), signedBy: .aggregate(.operators)),
                        SpendDescription(.keyPath, signedBy: .aggregate(.operators)),
                        SpendDescription(
                            .leaf(2), sighashType: .all,
                            owners: [.single(PartyName("user")), .aggregate(.operators)]),
                    ]),
                InputDescription(
                    .output(of: "accept", index: 1),
                    spends: [SpendDescription(.keyPath, signedBy: .aggregate(.operators))]),
            ],
            outputs: [
                OutputDescription(
                    "asset", .exact(10_000), .taproot(TaprootDescription(internalKey: release))),
                OutputDescription("alice", .share(index: 0, of: 2), .payout(payout)),
                OutputDescription("bob", .share(index: 1, of: 2), .payout(payout)),
                OutputDescription("note", .exact(0), .data([1, 2, 3])),
            ])
    }

    static var collect: TransactionDescription<TestLabel> {
        TransactionDescription(
            "collect", version: .three, fee: GraphFee.none,
            inputs: [
                InputDescription(
                    .output(of: "accept", index: 1), sequence: .blocks(wait),
                    spends: [SpendDescription(.leaf(0), signedBy: .aggregate(.operators))])
            ],
            outputs: [
                OutputDescription("all", .remainder, .payout(payout)), .anchor(0),
            ])
    }

    static func description() throws -> Description {
        GraphDescription(
            name: "sample/1", fee: .rate(FeeRate(satoshiPerKilovirtualbyte: 2_500)),
            keys: [
                .aggregate(.operators): [operators], .single(PartyName("user")): [user],
            ],
            transactions: [try accept(), releaseTransaction, collect])
    }
}
