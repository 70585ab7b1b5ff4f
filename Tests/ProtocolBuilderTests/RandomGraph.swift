import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript
import TestSupport

/// Valid graphs of random form: 1 to 9 transactions, all kinds of outputs, paths and fees.
enum RandomGraph {
    private struct Open {
        let source: InputSource<TestLabel>
        let taproot: TaprootDescription
    }

    private static let keys = (1...8).map { TestSigner.key($0) }
    private static let owner = SignatureOwner.aggregate(.operators)

    static func description(
        using generator: inout SplitMix64
    ) throws -> GraphDescription<TestLabel> {
        var transactions: [TransactionDescription<TestLabel>] = []
        var open: [Open] = []
        let labels = (0..<Int.random(in: 1...9, using: &generator)).map { "tx-\($0)" }
            .shuffled(using: &generator)
        for label in labels {
            var inputs: [InputDescription<TestLabel>] = []
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                // The first input brings money from outside, so that every sum is covered.
                let isInternal =
                    !inputs.isEmpty && !open.isEmpty && Bool.random(using: &generator)
                let source = isInternal ? open.randomElement(using: &generator) : nil
                let input = try input(source ?? external(using: &generator), using: &generator)
                if !inputs.contains(where: { $0.source == input.source }) {
                    inputs.append(input)
                }
            }
            let transaction = TransactionDescription<TestLabel>(
                TestLabel(label),
                version: Bool.random(using: &generator) ? .two : .three,
                lockTime: LockTime(UInt32.random(in: 0...900_000, using: &generator)),
                fee: Bool.random(using: &generator) ? .fixed(300) : nil,
                inputs: inputs, outputs: outputs(using: &generator))
            for (index, output) in transaction.outputs.enumerated() {
                guard case .taproot(let taproot) = output.content else { continue }
                open.append(
                    Open(
                        source: .output(of: transaction.label, index: index), taproot: taproot))
            }
            transactions.append(transaction)
        }
        let rate = FeeRate(
            satoshiPerKilovirtualbyte: UInt64.random(in: 100...5_000, using: &generator))
        return GraphDescription(
            name: "random", fee: .rate(rate), keys: [owner: Set(keys)],
            transactions: transactions)
    }

    private static func external(using generator: inout SplitMix64) throws -> Open {
        let taproot = taproot(using: &generator)
        let txid = Txid(Bytes32(generator.bytes(count: 32)) ?? .zero)
        let output = ExternalOutput(
            name: "external",
            outPoint: OutPoint(
                txid: txid, outputIndex: UInt32.random(in: 0...5, using: &generator)),
            prevout: TxOut(
                value: try Amount(UInt64.random(in: 100_000_000...200_000_000, using: &generator)),
                scriptPubKey: try TestOutput.script(of: taproot)),
            taproot: taproot)
        return Open(source: .external(output), taproot: taproot)
    }

    private static func input(
        _ open: Open, using generator: inout SplitMix64
    ) throws -> InputDescription<TestLabel> {
        let paths =
            [SpendPath.keyPath] + open.taproot.leaves.indices.filter { $0 > 0 }.map { .leaf($0) }
        let chosen = paths.shuffled(using: &generator)
            .prefix(Int.random(in: 1...paths.count, using: &generator))
        if !open.taproot.leaves.isEmpty, Int.random(in: 0..<4, using: &generator) == 0 {
            return InputDescription(
                open.source, sequence: .blocks(BlockCount(10)),
                spends: [SpendDescription(.leaf(0), signedBy: owner)])
        }
        return InputDescription(
            open.source,
            spends: chosen.map { path in
                SpendDescription(
                    path, sighashType: Bool.random(using: &generator) ? .default : .all,
                    signedBy: owner)
            })
    }

    private static func taproot(using generator: inout SplitMix64) -> TaprootDescription {
        let key = keys.randomElement(using: &generator) ?? .nums
        var leaves = (0..<Int.random(in: 0...6, using: &generator)).map { index in
            LeafDescription("leaf \(index)", .checkSignature(keys[index]))
        }
        if !leaves.isEmpty {
            leaves[0] = LeafDescription("leaf 0", .timelock(BlockCount(10), key))
        }
        if leaves.count > 2 {
            var builder = ScriptBuilder()
            builder.script(leaves[2].script)
            builder.opcode(.nip)
            leaves[2].script = builder.script
            leaves[2].items.insert(ItemDescription("extra", .bytes(0...40)), at: 0)
        }
        guard !leaves.isEmpty, Bool.random(using: &generator) else {
            return TaprootDescription(internalKey: key, leaves: leaves)
        }
        let weights = leaves.map { _ in UInt64.random(in: 1...9, using: &generator) }
        return TaprootDescription(internalKey: key, leaves: leaves, shape: .weighted(weights))
    }

    private static func outputs(using generator: inout SplitMix64) -> [OutputDescription] {
        var outputs: [OutputDescription] = []
        for index in 0..<Int.random(in: 0...2, using: &generator) {
            outputs.append(
                OutputDescription(
                    "exact \(index)", .exact(1_000), .taproot(taproot(using: &generator))))
        }
        let count = Int.random(in: 1...3, using: &generator)
        for index in 0..<count {
            outputs.append(
                OutputDescription(
                    "share \(index)", .share(index: index, of: count),
                    .taproot(taproot(using: &generator))))
        }
        if Bool.random(using: &generator) { outputs.append(.anchor(240)) }
        if Bool.random(using: &generator) {
            outputs.append(
                OutputDescription("data", .exact(0), .data(generator.bytes(count: 20))))
        }
        return outputs.shuffled(using: &generator)
    }
}
