import Bitcoin
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing
import Winternitz

struct CompositionScriptTests {
    typealias Key = OpenComposition

    static func script(_ commitment: CompositionCommitment, _ use: DigitUse) throws
        -> AssembledScript
    {
        var assembler = Assembler()
        let declared = commitment.declare(in: &assembler)
        let positions = assembler.verify(declared, use)
        return try assembler.finish(leaving: positions)
    }

    @Test("The script accepts signatures within 2,450 bytes, and the decoder reads the message")
    func accepts() throws {
        var random = SplitMix64.announced("composition-accepts")
        let key = try Key(&random)
        let commitment = CompositionCommitment(name: "hash", key: key.publicKey)
        let script = try Self.script(commitment, .drop)
        let keeping = try Self.script(commitment, .keep)
        var sizes: [Int] = []
        for _ in 0..<200 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            let signature = try key.sign(message)
            #expect(signature.verify(message: message, publicKey: key.publicKey))
            let positions = CompositionCode.positions(of: message)
            let witness = CompositionCommitment.witness(positions: positions, signature: signature)
            #expect(
                try Interpreter.execute(CompiledScript(script.script), stack: witness).isEmpty)
            #expect(
                try Interpreter.execute(CompiledScript(keeping.script), stack: witness)
                    == positions.map { ScriptNumber.encode(Int64($0)) })
            let read = try #require(commitment.positions(inWitness: witness))
            #expect(CompositionCode.message(CompositionCode.numbers(at: read)) == message)
            sizes.append(script.properties.byteCount + witness.reduce(0) { $0 + 1 + $1.count })
        }
        print(
            "composition: script \(script.properties.byteCount) most \(sizes.max() ?? 0)",
            "mean \(sizes.reduce(0, +) / sizes.count) peak \(script.properties.peakItemCount)",
            "keep \(keeping.properties.byteCount)")
        #expect(sizes.allSatisfy { $0 <= 2450 })
    }

    @Test("Script and decoder accept the same witnesses of profile 2")
    func fuzz() throws {
        var random = SplitMix64.announced("composition-fuzz")
        let key = try Key(&random)
        let commitment = CompositionCommitment(name: "hash", key: key.publicKey)
        var assembler = Assembler()
        // Something of the spender's choice lies below.
        let below = assembler.input("below", byteCount: 20)
        assembler.verify(commitment.declare(in: &assembler))
        assembler.drop(below)
        let leaf = try assembler.finishVerified().script
        var (accepted, refused) = (0, 0)
        for round in 0..<3_000 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            let witness = CompositionCommitment.witness(
                positions: CompositionCode.positions(of: message), signature: try key.sign(message))
            let changed = round % 20 == 0 ? witness : WitnessFuzz.changed(witness, &random)
            let read = commitment.positions(inWitness: changed)
            let plant = key.publicKey.chains[Int.random(in: 0..<53, using: &random)].bytes
            let accepts = ScriptRun.accepts(leaf, [plant] + changed)
            #expect(accepts == (read != nil), "\(changed)")
            if accepts { accepted += 1 } else { refused += 1 }
        }
        print("composition fuzz: \(accepted) accepted, \(refused) refused")
        #expect(accepted > 150)
        #expect(refused > 2_000)
    }

    @Test("An item rolled up from under the list is noticed")
    func guardItem() throws {
        var random = SplitMix64.announced("composition-guard")
        let key = try Key(&random)
        let commitment = CompositionCommitment(name: "hash", key: key.publicKey)
        var assembler = Assembler()
        let below = assembler.input("below", count: 2, byteCount: 20)
        assembler.verify(commitment.declare(in: &assembler))
        assembler.drop(below)
        let leaf = try assembler.finishVerified().script
        let message = try #require(Bytes20(random.bytes(count: 20)))
        let witness = CompositionCommitment.witness(
            positions: CompositionCode.positions(of: message), signature: try key.sign(message))
        #expect(ScriptRun.accepts(leaf, [[1], [2]] + witness))
        for index in CompositionCode.distances.indices {
            let free = random.bytes(count: 20)
            let end = (0..<CompositionCode.distances[index]).reduce(free) { value, _ in
                Hash160.hash(value).bytes
            }
            for position in 52 - index...56 - index {
                var changed = witness
                changed[2 * index] = [UInt8(position)]
                changed[2 * index + 1] = free
                #expect(!ScriptRun.accepts(leaf, [end, end] + changed))
            }
        }
    }

    /// A leaf that compares a value of profile 2 with one of base 16.
    static func comparison(
        _ relation: Relation, _ hash: CompositionCommitment, _ resigned: WinternitzCommitment
    ) throws -> AssembledScript {
        var assembler = Assembler()
        let plain = resigned.declare(in: &assembler)
        let selection = hash.declare(in: &assembler)
        let positions = assembler.verify(selection, .keep)
        assembler.stash(positions)
        let digits = assembler.verify([plain])[0]
        assembler.unstash(positions)
        assembler.verify(relation, positions: positions, digits: digits)
        return try assembler.finishVerified()
    }

    @Test("A leaf proves that a hash of profile 2 equals, or differs from, one of base 16")
    func comparisons() throws {
        var random = SplitMix64.announced("composition-comparison")
        let key = try Key(&random)
        let other = try OpenKey(messageByteCount: 20, random: &random)
        let hash = CompositionCommitment(name: "hash", key: key.publicKey)
        let resigned = WinternitzCommitment(
            name: "resigned", key: other.publicKey, form: .bits, use: .keep)
        let equal = try Self.comparison(.equal, hash, resigned)
        let different = try Self.comparison(.different, hash, resigned)
        print("comparison: equal \(equal.properties) different \(different.properties)")
        func witness(_ positions: [Int], _ bytes: [UInt8]) throws -> [[UInt8]] {
            try resigned.layout.witness(message: bytes, signature: other.sign(bytes))
                + CompositionCommitment.witness(
                    positions: positions, signature: key.disclose(positions))
        }
        for round in 0..<80 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            var bytes = message.bytes
            if round % 2 == 1 {
                bytes[Int.random(in: 0..<20, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            let items = try witness(CompositionCode.positions(of: message), bytes)
            #expect(ScriptRun.accepts(equal.script, items) == (round % 2 == 0))
            #expect(ScriptRun.accepts(different.script, items) == (round % 2 == 1))
        }
        // The last choice of all belongs to no message, and so differs from every one.
        let last = CompositionCode.picks.reduce((left: 53, positions: [Int]())) { state, pick in
            (
                state.left - pick.count,
                state.positions
                    + [Int](repeating: state.left - pick.count, count: pick.count)
            )
        }.positions
        #expect(CompositionCode.message(CompositionCode.numbers(at: last)) == nil)
        let items = try witness(last, random.bytes(count: 20))
        #expect(ScriptRun.accepts(different.script, items))
        #expect(!ScriptRun.accepts(equal.script, items))
    }

    /// A leaf that proves two different signatures of a key.
    static func sameKeyLeaf(_ key: Key) throws -> AssembledScript {
        let commitments = ["first", "second"].map {
            CompositionCommitment(name: $0, key: key.publicKey)
        }
        var assembler = Assembler()
        let declared = commitments.map { $0.declare(in: &assembler) }
        let second = assembler.verify(declared[1], .keep)
        assembler.stash(second)
        let first = assembler.verify(declared[0], .keep)
        assembler.unstash(second)
        assembler.verify(.different, positions: first, positions: second)
        return try assembler.finishVerified()
    }

    @Test("A leaf proves two signatures of one key, and refuses the same one twice")
    func sameKey() throws {
        var random = SplitMix64.announced("composition-same-key")
        let key = try Key(&random)
        let leaf = try Self.sameKeyLeaf(key)
        print("same key: \(leaf.properties)")
        for _ in 0..<20 {
            let messages = try (0..<2).map { _ in try #require(Bytes20(random.bytes(count: 20))) }
            let witnesses = try messages.map {
                CompositionCommitment.witness(
                    positions: CompositionCode.positions(of: $0), signature: try key.sign($0))
            }
            #expect(ScriptRun.accepts(leaf.script, witnesses[0] + witnesses[1]))
            #expect(!ScriptRun.accepts(leaf.script, witnesses[0] + witnesses[0]))
        }
    }

    @Test("The smallest change of positions inside of a pick does not make a value differ")
    func sameChoice() throws {
        var random = SplitMix64.announced("composition-same-choice")
        let key = try Key(&random)
        let other = try OpenKey(messageByteCount: 20, random: &random)
        let hash = CompositionCommitment(name: "hash", key: key.publicKey)
        let resigned = WinternitzCommitment(
            name: "resigned", key: other.publicKey, form: .bits, use: .keep)
        let leaf = try Self.comparison(.different, hash, resigned).script
        let message = try #require(Bytes20(random.bytes(count: 20)))
        let plain = try resigned.layout.witness(
            message: message.bytes, signature: other.sign(message.bytes))
        let right = CompositionCode.positions(of: message)
        var start = 0
        for pick in CompositionCode.picks {
            defer { start += pick.count }
            guard pick.count > 1 else { continue }
            // The first two chains of the pick in the other order: the same choice.
            var turned = right
            turned[start] = right[start + 1] + 1
            turned[start + 1] = right[start]
            #expect(CompositionCode.numbers(at: turned) == CompositionCode.numbers(at: right))
            let witness = CompositionCommitment.witness(
                positions: turned, signature: try key.disclose(turned))
            #expect(hash.positions(inWitness: witness) == turned)
            #expect(!ScriptRun.accepts(leaf, plain + witness))
        }
    }
}
