import Bitcoin
import Curve
import Model
import Primitives

/// The canonical bytes behind a graph's digest.
///
/// - Source: docs/protocol/graph.md, "Digest".
struct GraphEncoding {
    /// The first byte; another layout has another number.
    static let version: UInt8 = 1
    private static let hash = TaggedHash("BitVMX/graph/v1")

    private var writer = ByteWriter()

    static func digest<Label: GraphLabel>(
        name: String, keys: [SignatureOwner: Set<XOnlyPublicKey>],
        transactions: [GraphTransaction<Label>], plan: SigningPlan<Label>
    ) -> Bytes32 {
        var encoding = GraphEncoding()
        encoding.writer.appendUInt8(version)
        encoding.append(name)
        encoding.append(keys)
        encoding.append(count: transactions.count)
        for transaction in transactions {
            encoding.append(transaction)
        }
        encoding.append(count: plan.tasks.count)
        for task in plan.tasks {
            encoding.append(task)
        }
        return hash.hash(encoding.writer.bytes)
    }

    private mutating func append(count: Int) {
        writer.appendCompactSize(UInt64(count))
    }

    private mutating func append(sized bytes: some Collection<UInt8>) {
        append(count: bytes.count)
        writer.append(bytes)
    }

    private mutating func append(_ text: String) {
        append(sized: Array(text.utf8))
    }

    private mutating func append(_ amount: Amount) {
        writer.appendUInt64LE(amount.satoshi)
    }

    private mutating func append(_ keys: [SignatureOwner: Set<XOnlyPublicKey>]) {
        append(count: keys.count)
        for (owner, owned) in keys.sorted(by: { $0.key < $1.key }) {
            append(owner)
            append(count: owned.count)
            for key in owned.sorted() {
                writer.append(key.bytes)
            }
        }
    }

    private mutating func append(_ owner: SignatureOwner) {
        switch owner {
        case .aggregate(let role):
            writer.appendUInt8(0)
            writer.appendUInt8(role.rawValue)
        case .single(let party):
            writer.appendUInt8(1)
            append(party.text)
        case .nobody:
            writer.appendUInt8(2)
        }
    }

    private mutating func append(_ path: SpendPath) {
        switch path {
        case .keyPath:
            writer.appendUInt8(0)
        case .leaf(let index):
            writer.appendUInt8(1)
            writer.appendUInt32LE(UInt32(index))
        }
    }

    private mutating func append<Label: GraphLabel>(_ transaction: GraphTransaction<Label>) {
        append(transaction.label.text)
        writer.appendUInt32LE(UInt32(bitPattern: transaction.transaction.version))
        writer.appendUInt32LE(transaction.transaction.lockTime.rawValue)
        append(transaction.feeRule)
        append(transaction.fee)
        append(count: transaction.inputs.count)
        for input in transaction.inputs {
            append(input)
        }
        append(count: transaction.outputs.count)
        for output in transaction.outputs {
            append(output)
        }
        writer.append(transaction.txid.bytes)
    }

    private mutating func append(_ fee: GraphFee) {
        switch fee {
        case .none:
            writer.appendUInt8(0)
        case .fixed(let amount):
            writer.appendUInt8(1)
            append(amount)
        case .rate(let rate):
            writer.appendUInt8(2)
            writer.appendUInt64LE(rate.satoshiPerKilovirtualbyte)
        }
    }

    private mutating func append<Label: GraphLabel>(_ input: GraphInput<Label>) {
        switch input.description.source {
        case .output(let label, let index):
            writer.appendUInt8(0)
            append(label.text)
            writer.appendUInt32LE(UInt32(index))
        case .external(let output):
            writer.appendUInt8(1)
            append(output.name)
        }
        writer.append(input.outPoint.encoded())
        append(input.prevout)
        append(input.taproot.description)
        writer.appendUInt32LE(input.description.sequence.rawValue)
        append(count: input.spends.count)
        for spend in input.spends {
            append(spend.path)
            writer.appendUInt8(spend.description.sighashType.rawValue)
            append(count: spend.description.owners.count)
            for owner in spend.description.owners {
                append(owner)
            }
        }
    }

    private mutating func append(_ output: TxOut) {
        append(output.value)
        append(sized: output.scriptPubKey.bytes)
    }

    private mutating func append(_ output: GraphOutput) {
        append(output.name)
        switch output.description.amount {
        case .exact:
            writer.appendUInt8(0)
        case .remainder:
            writer.appendUInt8(1)
        case .share(let index, let count):
            writer.appendUInt8(2)
            writer.appendUInt32LE(UInt32(index))
            writer.appendUInt32LE(UInt32(count))
        }
        append(output.txOut)
        switch output.description.content {
        case .taproot(let taproot):
            writer.appendUInt8(0)
            append(taproot)
        case .payout:
            writer.appendUInt8(1)
        case .anchor:
            writer.appendUInt8(2)
        case .data:
            writer.appendUInt8(3)
        }
    }

    private mutating func append(_ taproot: TaprootDescription) {
        writer.append(taproot.internalKey.bytes)
        switch taproot.shape {
        case .balanced:
            writer.appendUInt8(0)
        case .weighted(let weights):
            writer.appendUInt8(1)
            append(count: weights.count)
            for weight in weights {
                writer.appendUInt64LE(weight)
            }
        }
        append(count: taproot.leaves.count)
        for leaf in taproot.leaves {
            append(leaf.name)
            append(sized: leaf.script.bytes)
            append(count: leaf.items.count)
            for item in leaf.items {
                append(item)
            }
        }
    }

    private mutating func append(_ item: ItemDescription) {
        append(item.name)
        switch item.content {
        case .signature(let key):
            writer.appendUInt8(0)
            writer.append(key.bytes)
        case .preimage(let hash):
            writer.appendUInt8(1)
            writer.append(hash)
        case .bytes(let counts):
            writer.appendUInt8(2)
            writer.appendUInt32LE(UInt32(counts.lowerBound))
            writer.appendUInt32LE(UInt32(counts.upperBound))
        case .constant(let bytes):
            writer.appendUInt8(3)
            append(sized: bytes)
        }
    }

    private mutating func append<Label: GraphLabel>(_ task: SigningTask<Label>) {
        append(task.id.label.text)
        writer.appendUInt32LE(UInt32(task.id.inputIndex))
        append(task.id.path)
        append(task.id.item)
        append(task.owner)
        writer.append(task.key.bytes)
        writer.append(task.untweakedKey.bytes)
        append(optional: task.tweak)
        append(optional: task.leafHash)
        writer.appendUInt8(task.sighashType.rawValue)
        writer.append(task.sighash)
    }

    private mutating func append(optional value: Bytes32?) {
        writer.appendUInt8(value == nil ? 0 : 1)
        if let value {
            writer.append(value)
        }
    }
}
