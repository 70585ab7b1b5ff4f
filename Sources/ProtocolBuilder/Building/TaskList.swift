import Bitcoin
import Model
import Primitives

/// The signatures that a transaction needs, over all paths of all its inputs.
struct TaskList<Label: GraphLabel> {
    private(set) var tasks: [SigningTask<Label>] = []

    init(_ graph: GraphTransaction<Label>) throws(GraphError<Label>) {
        let cache: TaprootSighashCache
        do throws(SighashError) {
            cache = try TaprootSighashCache(
                transaction: graph.transaction, prevouts: graph.prevouts)
        } catch {
            preconditionFailure("every input of a graph has a prevout")
        }
        for (inputIndex, input) in graph.inputs.enumerated() {
            for spend in input.spends {
                try append(spend, input, cache, at: InputPlace(graph.label, inputIndex))
            }
        }
    }

    private mutating func append(
        _ spend: GraphSpend, _ input: GraphInput<Label>, _ cache: TaprootSighashCache,
        at place: InputPlace<Label>
    ) throws(GraphError<Label>) {
        let leafHash: Bytes32?
        let path: TaprootSpendPath
        switch spend.path {
        case .keyPath:
            leafHash = nil
            path = .keyPath
        case .leaf(let index):
            let hash = input.taproot.leafHashes[index]
            leafHash = hash
            path = .scriptPath(leafHash: hash)
        }
        let type = spend.description.sighashType
        let sighash: Bytes32
        do throws(SighashError) {
            sighash = try cache.sighash(inputIndex: place.inputIndex, type: type, path: path)
        } catch {
            throw .impossibleSighash(type, at: place)
        }
        for item in spend.template.items {
            guard case .signature(let owner, let key) = item.kind else { continue }
            let isKeyPath = spend.path == .keyPath
            tasks.append(
                SigningTask(
                    id: SigningTask.ID(
                        label: place.label, inputIndex: place.inputIndex, path: spend.path,
                        item: item.name),
                    owner: owner, key: key,
                    untweakedKey: isKeyPath ? input.taproot.description.internalKey : key,
                    tweak: isKeyPath ? input.taproot.tweak : nil, leafHash: leafHash,
                    sighashType: type, sighash: sighash))
        }
    }
}
