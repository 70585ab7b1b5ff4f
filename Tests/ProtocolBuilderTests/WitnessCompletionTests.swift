import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript
import TestSupport
import Testing

/// Complete transactions come out, incomplete and wrong ones do not.
@Suite("Witnesses")
struct WitnessCompletionTests {
    typealias Material = WitnessMaterial<TestLabel>
    typealias Failure = AssemblyError<TestLabel>

    private let graph: Graph<TestLabel>
    private let signatures: [SigningTask<TestLabel>.ID: SchnorrSignature]
    private let preimages = [
        WitnessPlace(inputIndex: 0, name: "preimage"): SampleGraph.secret,
        WitnessPlace(inputIndex: 1, name: "preimage"): SampleGraph.secret,
    ]

    init() throws {
        graph = try Graph(building: SampleGraph.description())
        signatures = try TestSigner().sign(graph)
    }

    @Test("the plan names every signature with its owner")
    func plan() {
        #expect(graph.plan.tasks.count == 8)
        let user = SignatureOwner.single(PartyName("user"))
        #expect(graph.plan.owners == [.aggregate(.operators), user])
        #expect(graph.plan.tasks(of: user).map { $0.id.item } == ["user"])
        #expect(graph.plan.tasks(of: .nobody).isEmpty)
        for (index, task) in graph.plan.tasks.enumerated() {
            #expect(graph.plan.index(of: task.id) == index)
            #expect(graph.plan[task.id] == task)
            #expect((task.tweak == nil) == (task.leafHash != nil))
        }
    }

    @Test("a leaf's witness is items, script and control block")
    func leafWitness() throws {
        let completed = try graph.complete(
            "accept", with: Material(signatures: signatures, items: preimages))
        #expect(completed.txid == graph["accept"]?.txid)
        #expect(completed.transaction.txid == completed.txid)
        for (index, input) in completed.transaction.inputs.enumerated() {
            let items = input.witness.items
            let leaf = SampleGraph.request.leaves[1]
            #expect(items.count == 4)
            #expect(items[1] == SampleGraph.secret)
            #expect(items[2] == leaf.script.bytes)
            let block = try ControlBlock(decoding: items[3])
            #expect(
                block.proves(leaf.script, committedBy: completed.prevouts[index].scriptPubKey))
        }
    }

    @Test("each path of an input completes one txid")
    func paths() throws {
        for path in [SpendPath.leaf(1), .keyPath, .leaf(2)] {
            let completed = try graph.complete(
                "release", with: Material(paths: [0: path], signatures: signatures))
            #expect(completed.txid == graph["release"]?.txid)
            #expect(completed.paths == [path, .keyPath])
            let spend = try #require(graph["release"]?.inputs[0].spend(path))
            #expect(completed.transaction.weight == spend.weight)
            let rate = try #require(graph["release"]?.feeRate(inputIndex: 0, path: path))
            #expect(rate >= FeeRate(satoshiPerKilovirtualbyte: 2_500))
        }
        #expect(graph["release"]?.feeRate(inputIndex: 0, path: .leaf(0)) == nil)
        #expect(graph["release"]?.feeRate(inputIndex: 2, path: .keyPath) == nil)
    }

    @Test("the sighash type follows the signature, and the owners keep their places")
    func twoSignatures() throws {
        let completed = try graph.complete(
            "release", with: Material(paths: [0: .leaf(2)], signatures: signatures))
        let items = completed.transaction.inputs[0].witness.items
        #expect(items[0].count == 65 && items[0].last == 1)
        let tasks = graph.plan.tasks.filter { $0.id.path == .leaf(2) }
        #expect(tasks.map { $0.key } == [SampleGraph.user, SampleGraph.operators])
        let first = try #require(signatures[tasks[0].id])
        #expect(items[0] == first.bytes + [1])
    }

    @Test("what is missing is told by name")
    func missing() throws {
        #expect(
            throws: Failure.incomplete(
                [
                    WitnessPlace(inputIndex: 0, name: "signature"),
                    WitnessPlace(inputIndex: 0, name: "preimage"),
                    WitnessPlace(inputIndex: 1, name: "signature"),
                    WitnessPlace(inputIndex: 1, name: "preimage"),
                ], of: "accept")
        ) { _ = try graph.complete("accept", with: Material()) }
        for task in graph.plan.tasks where task.id.label == "accept" {
            var some = signatures
            some[task.id] = nil
            let place = WitnessPlace(inputIndex: task.id.inputIndex, name: "signature")
            #expect(throws: Failure.incomplete([place], of: "accept")) {
                _ = try graph.complete(
                    "accept", with: Material(signatures: some, items: preimages))
            }
        }
    }

    @Test("what is wrong is told by name")
    func wrong() throws {
        let place = WitnessPlace(inputIndex: 1, name: "preimage")
        func complete(_ preimage: [UInt8]) throws {
            var items = preimages
            items[place] = preimage
            _ = try graph.complete("accept", with: Material(signatures: signatures, items: items))
        }
        #expect(
            throws: Failure.wrongByteCount(place, found: 31, allowed: 32...32, of: "accept")
        ) { try complete([UInt8](repeating: 0x42, count: 31)) }
        #expect(throws: Failure.wrongPreimage(place, of: "accept")) {
            try complete([UInt8](repeating: 0x43, count: 32))
        }
        let extra = WitnessPlace(inputIndex: 0, name: "nothing")
        #expect(throws: Failure.surplus([extra], of: "accept")) {
            var items = preimages
            items[extra] = []
            _ = try graph.complete("accept", with: Material(signatures: signatures, items: items))
        }
    }

    @Test("a signature of another task, and any changed bit, is refused")
    func wrongSignatures() throws {
        let tasks = graph.plan.tasks.filter { $0.id.label == "accept" }
        let place = WitnessPlace(inputIndex: 0, name: "signature")
        var candidates: [SchnorrSignature] = graph.plan.tasks.dropFirst().compactMap {
            signatures[$0.id] == signatures[tasks[0].id] ? nil : signatures[$0.id]
        }
        let good = try #require(signatures[tasks[0].id])
        for bit in stride(from: 0, to: 512, by: 7) {
            var bytes = good.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            candidates.append(try SchnorrSignature(decoding: bytes))
        }
        for candidate in candidates {
            var changed = signatures
            changed[tasks[0].id] = candidate
            #expect(throws: Failure.invalidSignature(place, of: "accept")) {
                _ = try graph.complete(
                    "accept", with: Material(signatures: changed, items: preimages))
            }
        }
    }

    /// The sample, its first output spent by a leaf that wants a signature and the number 5.
    private static func numberGraph() throws -> Graph<TestLabel> {
        var builder = ScriptBuilder()
        builder.push(SampleGraph.operators.bytes)
        builder.opcode(.checkSigVerify)
        builder.number(5)
        builder.opcode(.numEqual)
        var locked = SampleGraph.locked
        locked.leaves[1] = LeafDescription(
            "number", script: builder.script,
            items: [
                ItemDescription("number", .bytes(0...4)),
                ItemDescription("signature", .signature(SampleGraph.operators)),
            ])
        var description = try SampleGraph.description()
        description.transactions[0].outputs[0] = OutputDescription(
            "asset", .exact(10_000), .taproot(locked))
        return try Graph(building: description)
    }

    @Test(
        "items of the right size that the script refuses are refused with its reason",
        arguments: [
            ([5], nil), ([6], .evalFalse), ([], .evalFalse), ([5, 0], .scriptNum),
            ([0x85], .evalFalse), ([0, 0, 0, 0x80], .scriptNum),
        ] as [([UInt8], ScriptError?)])
    func refusal(_ number: [UInt8], _ reason: ScriptError?) throws {
        let graph = try Self.numberGraph()
        let material = Material(
            paths: [0: .leaf(1)], signatures: try TestSigner().sign(graph),
            items: [WitnessPlace(inputIndex: 0, name: "number"): number])
        guard let reason else {
            let completed = try graph.complete("release", with: material)
            #expect(completed.transaction.inputs[0].witness.items[0] == number)
            return
        }
        let failure = Failure.refused(reason, inputIndex: 0, of: "release")
        #expect(throws: failure) { _ = try graph.complete("release", with: material) }
        #expect(failure.description.contains(reason.rawValue))
    }

    @Test("choices of transaction, input and path")
    func choices() throws {
        func complete(_ label: TestLabel, _ paths: [Int: SpendPath]) throws {
            _ = try graph.complete(label, with: Material(paths: paths, signatures: signatures))
        }
        #expect(throws: Failure.unknownTransaction("nothing")) { try complete("nothing", [:]) }
        #expect(throws: Failure.pathNotChosen(inputIndexes: [0], of: "release")) {
            try complete("release", [:])
        }
        #expect(throws: Failure.unknownPath(.leaf(0), inputIndex: 0, of: "release")) {
            try complete("release", [0: .leaf(0)])
        }
        #expect(throws: Failure.unknownInput(2, of: "release")) {
            try complete("release", [0: .keyPath, 2: .keyPath])
        }
        try complete("collect", [:])
    }

    @Test("weights and fees hold for real signatures in 200 random graphs")
    func realWeights() throws {
        let seed: UInt64 = 0x6772_6170_6800_0003
        print("weight seed \(seed)")
        var generator = SplitMix64(seed: seed)
        let signer = try TestSigner()
        for _ in 0..<200 {
            let graph = try Graph(building: RandomGraph.description(using: &generator))
            let signatures = try signer.sign(graph)
            for transaction in graph.transactions {
                try checkLargest(transaction, of: graph, signatures)
            }
        }
    }

    private func checkLargest(
        _ transaction: GraphTransaction<TestLabel>, of graph: Graph<TestLabel>,
        _ signatures: [SigningTask<TestLabel>.ID: SchnorrSignature]
    ) throws {
        var material = Material(signatures: signatures)
        for (index, input) in transaction.inputs.enumerated() {
            let spend = try #require(input.spends.max { $0.weight < $1.weight })
            material.paths[index] = spend.path
            for item in spend.template.items where item.kind == .bytes {
                material.items[WitnessPlace(inputIndex: index, name: item.name)] =
                    [UInt8](repeating: 1, count: item.byteCounts.upperBound)
            }
        }
        let completed = try graph.complete(transaction.label, with: material)
        #expect(completed.transaction.weight == transaction.largestWeight)
        guard case .rate(let rate) = transaction.feeRule else { return }
        let due = try rate.fee(for: completed.transaction.virtualSize)
        #expect(transaction.fee == due)
    }
}
