import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript

/// A transaction of a chain that is made for measuring.
struct ChainLabel: GraphLabel {
    let number: Int
    var text: String { "link-\(number)" }
}

/// A chain of transactions with two inputs and two outputs each: as many signatures as wanted.
enum SyntheticGraph {
    static func description(
        signatureCount: Int, key: XOnlyPublicKey
    ) throws -> GraphDescription<ChainLabel> {
        let leaf = LeafDescription(
            "operators", script: LeafScript.checkSignature(key).script,
            items: [ItemDescription("signature", .signature(key))])
        let taproot = TaprootDescription(
            internalKey: .unspendable(derivedFrom: .zero), leaves: [leaf])
        let start = try Amount(satoshi: 100_000_000_000)
        let commitment = TxOut(
            value: start,
            scriptPubKey: try TaprootOutput(
                internalKey: taproot.internalKey,
                tree: .balanced([TapLeaf(script: leaf.script)])
            ).scriptPubKey)
        let links = (0..<signatureCount / 2).map { number in
            TransactionDescription<ChainLabel>(
                ChainLabel(number: number), version: .two,
                inputs: (0..<2).map { index in
                    InputDescription(
                        source(number, index, commitment, taproot),
                        spends: [
                            SpendDescription(.leaf(0), signedBy: .aggregate(.operators))
                        ])
                },
                outputs: (0..<2).map { index in
                    OutputDescription(
                        "out-\(index)", .share(index: index, of: 2), .taproot(taproot))
                })
        }
        return GraphDescription(
            name: "bench", fee: .rate(FeeRate(satoshiPerKilovirtualbyte: 1_000)),
            keys: [.aggregate(.operators): [key]], transactions: links)
    }

    private static func source(
        _ number: Int, _ index: Int, _ prevout: TxOut, _ taproot: TaprootDescription
    ) -> InputSource<ChainLabel> {
        guard number == 0 else {
            return .output(of: ChainLabel(number: number - 1), index: index)
        }
        let txid = Txid(SeededKeys.digest("funding", 0))
        return .external(
            ExternalOutput(
                name: "funding \(index)",
                outPoint: OutPoint(txid: txid, outputIndex: UInt32(index)), prevout: prevout,
                taproot: taproot))
    }
}
