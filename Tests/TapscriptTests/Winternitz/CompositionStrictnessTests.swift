import Bitcoin
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing
import Winternitz

/// Attempts to make script and decoder of profile 2 read two things.
struct CompositionStrictnessTests {
    private typealias Key = CompositionScriptTests.Key

    /// A key, a message, and the message's positions and witness.
    private struct Scene {
        let key: Key
        let commitment: CompositionCommitment
        let message: Bytes20
        let positions: [Int]
        let witness: [[UInt8]]

        init(_ random: inout SplitMix64) throws {
            key = try Key(&random)
            commitment = CompositionCommitment(name: "hash", key: key.publicKey)
            message = try #require(Bytes20(random.bytes(count: 20)))
            positions = CompositionCode.positions(of: message)
            witness = CompositionCommitment.witness(
                positions: positions, signature: try key.sign(message))
        }
    }

    /// Every form in which consensus reads a number, and one that it does not.
    private func forms(_ number: Int64) -> [[UInt8]] {
        var forms = [ScriptNumber.encode(number)]
        let sign: UInt8 = number < 0 ? 0x80 : 0
        for zeros in 0...3 {
            forms.append(
                [UInt8(abs(number))] + [UInt8](repeating: 0, count: zeros) + [sign])
        }
        return forms
    }

    @Test("Each place of a witness takes one number, in whatever form, in script and in decoder")
    func everyNumber() throws {
        var random = SplitMix64.announced("composition-every-number")
        let scene = try Scene(&random)
        let scripts = try [DigitUse.drop, .keep].map {
            try CompiledScript(CompositionScriptTests.script(scene.commitment, $0).script)
        }
        var accepted = 0
        for (index, right) in scene.positions.enumerated() {
            for number in -3...Int64(57) {
                for form in forms(number) {
                    var changed = scene.witness
                    changed[2 * index] = form
                    let read = scene.commitment.positions(inWitness: changed)
                    #expect((read != nil) == (number == Int64(right) && form.count <= 4))
                    for script in scripts {
                        let stack = try? Interpreter.execute(script, stack: changed)
                        #expect((stack != nil) == (read != nil), "\(index) \(form)")
                    }
                    if read != nil { accepted += 1 }
                }
            }
        }
        // The shortest form and three longer ones; zero is its own shortest form but the empty one.
        #expect(accepted == 34 * 4)
    }

    @Test("Negative zero is position 0, for script and decoder")
    func negativeZero() throws {
        var random = SplitMix64.announced("composition-negative-zero")
        let key = try Key(&random)
        let commitment = CompositionCommitment(name: "hash", key: key.publicKey)
        let positions = [Int](repeating: 0, count: CompositionCode.disclosedCount)
        let witness = CompositionCommitment.witness(
            positions: positions, signature: try key.disclose(positions))
        let script = try CompositionScriptTests.script(commitment, .drop).script
        for index in positions.indices {
            for zero in [[], [0], [0x80], [0, 0], [0, 0x80], [0, 0, 0, 0x80]] as [[UInt8]] {
                var changed = witness
                changed[2 * index] = zero
                #expect(commitment.positions(inWitness: changed) == positions)
                #expect(ScriptRun.stack(script, on: changed) == [])
            }
        }
    }

    @Test("A value one step away, of another chain, or in another place is refused")
    func values() throws {
        var random = SplitMix64.announced("composition-values")
        let scene = try Scene(&random)
        let script = try CompiledScript(
            CompositionScriptTests.script(scene.commitment, .drop).script)
        func isRefused(_ witness: [[UInt8]]) -> Bool {
            scene.commitment.positions(inWitness: witness) == nil
                && (try? Interpreter.execute(script, stack: witness)) == nil
        }
        let count = CompositionCode.disclosedCount
        for index in 0..<count {
            var changed = scene.witness
            changed[2 * index + 1] = Hash160.hash(changed[2 * index + 1]).bytes
            #expect(isRefused(changed))
            for other in 0..<count where other != index {
                changed = scene.witness
                changed.swapAt(2 * index + 1, 2 * other + 1)
                #expect(isRefused(changed))
                changed.swapAt(2 * index, 2 * other)
                // Whole pairs in the other order: only inside a pick can both be right.
                let read = scene.commitment.positions(inWitness: changed)
                #expect(
                    read == nil
                        || CompositionCode.distances[index] == CompositionCode.distances[other])
                #expect(
                    ((try? Interpreter.execute(script, stack: changed)) != nil) == (read != nil))
            }
        }
    }

    @Test("Another form of a position changes no verdict of the leaf that compares")
    func comparedForms() throws {
        var random = SplitMix64.announced("composition-compared-forms")
        let scene = try Scene(&random)
        let other = try OpenKey(messageByteCount: 20, random: &random)
        let resigned = WinternitzCommitment(
            name: "resigned", key: other.publicKey, form: .bits, use: .keep)
        let leaves = try [Relation.equal, .different].map {
            try CompositionScriptTests.comparison($0, scene.commitment, resigned).script
        }
        let same = scene.message.bytes
        var differing = same
        differing[Int.random(in: 0..<20, using: &random)] ^= 0x10
        for bytes in [same, differing] {
            let plain = try resigned.layout.witness(message: bytes, signature: other.sign(bytes))
            for index in -1..<CompositionCode.disclosedCount {
                var witness = scene.witness
                for place in index < 0 ? Array(scene.positions.indices) : [index] {
                    witness[2 * place] = [UInt8(scene.positions[place]), 0, 0]
                }
                #expect(ScriptRun.accepts(leaves[0], plain + witness) == (bytes == same))
                #expect(ScriptRun.accepts(leaves[1], plain + witness) == (bytes != same))
            }
        }
    }

    @Test("One signature, written twice in whatever way, does not prove two")
    func sameSignatureTwice() throws {
        var random = SplitMix64.announced("composition-same-signature")
        let scene = try Scene(&random)
        let leaf = try CompositionScriptTests.sameKeyLeaf(scene.key).script
        #expect(!ScriptRun.accepts(leaf, scene.witness + scene.witness))
        var start = 0
        for pick in CompositionCode.picks {
            defer { start += pick.count }
            var padded = scene.witness
            padded[2 * start] = [UInt8(scene.positions[start]), 0]
            #expect(scene.commitment.positions(inWitness: padded) == scene.positions)
            #expect(!ScriptRun.accepts(leaf, scene.witness + padded))
            #expect(!ScriptRun.accepts(leaf, padded + scene.witness))
            guard pick.count > 1 else { continue }
            // The first two chains of the pick in the other order: the same choice.
            var turned = scene.positions
            turned[start] = scene.positions[start + 1] + 1
            turned[start + 1] = scene.positions[start]
            let witness = CompositionCommitment.witness(
                positions: turned, signature: try scene.key.disclose(turned))
            #expect(scene.commitment.positions(inWitness: witness) == turned)
            #expect(!ScriptRun.accepts(leaf, scene.witness + witness))
            #expect(!ScriptRun.accepts(leaf, witness + scene.witness))
        }
    }

    @Test("Every choice of chains has numbers of its own")
    func injective() throws {
        var random = SplitMix64.announced("composition-injective")
        var choices: [[Int]: [Int]] = [:]
        for _ in 0..<2_000 {
            var positions: [Int] = []
            var left = CompositionCode.chainCount
            for pick in CompositionCode.picks {
                // Ascending inside of a pick: the one way that the leaf takes.
                positions += (0..<pick.count).map { _ in
                    Int.random(in: 0...(left - pick.count), using: &random)
                }.sorted()
                left -= pick.count
            }
            // Neighbours: one position moved by one.
            let place = Int.random(in: positions.indices, using: &random)
            var neighbour = positions
            neighbour[place] += positions[place] == 0 ? 1 : -1
            for choice in [positions, neighbour] {
                let numbers = CompositionCode.numbers(at: choice)
                let chains = chosen(choice)
                if let known = choices.updateValue(chains, forKey: numbers) {
                    #expect(known == chains)
                }
            }
        }
        #expect(choices.count > 3_000)
    }

    /// The chains of each pick, in whatever order they stand inside of it.
    private func chosen(_ positions: [Int]) -> [Int] {
        var rest = CompositionCode.chainIndices(at: positions)[...]
        return CompositionCode.picks.flatMap { pick in
            let own = rest.prefix(pick.count).sorted()
            rest = rest.dropFirst(pick.count)
            return own
        }
    }
}
