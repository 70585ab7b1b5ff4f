import Bitcoin
import Dispute
import DisputeLeaves
import DisputeSupport
import RiscV
import Tapscript
import TestSupport
import Testing
import Winternitz

@Suite("Catalogue of leaves")
struct LeafCatalogueTests {
    private static let waits = ResponseWaits(prover: BlockCount(144), verifier: BlockCount(72))

    @Test("has every leaf of a program once, in a fixed order")
    func names() throws {
        let scene = try LeafScene(stepLimit: 2000, arity: 8)
        let names = scene.catalogue.names
        #expect(Set(names).count == names.count)
        #expect(
            names.prefix(5) == ["input[0]", "claim", "doubt", "round[0]", "selection[0]"])
        let expected = [
            "opcode[0]", "opcode[1]", "input_data[0]", "input_data[1]", "input_data[2]",
            "initialized_data_2[0]", "initialized_data_1[2]", "initialized_data_2[2]",
            "uninitialized_data_1", "equivocation_step[2][6]", "equivocation_next[3][2]",
            "read_equivocation_step[0][0]", "read_selection[0]", "read_round[1]",
            "timeout[claim]", "timeout[read_selection_3]", "timeout[read_challenge]", "lb_0",
        ]
        for name in expected { #expect(names.contains(name), "\(name)") }
        let absent = [
            "opcode[2]", "input_data[3]", "initialized_data_1[0]", "equivocation_step[3][3]",
            "read_round[0]", "round[4]", "timeout[read_round_0]",
        ]
        for name in absent { #expect(!names.contains(name), "\(name)") }
        for name in names {
            let found = try scene.catalogue.kind(named: name)
            #expect(found.name == name)
        }
        // 2 chunks of code, 3 words of input, 3 chunks of initialised data, one of them a register.
        let (rounds, hashes) = (scene.program.shape.roundCount, scene.program.shape.hashCount)
        let moves = 1 + 2 + 2 * rounds + 73 + 1 + 2 * (rounds - 1) + 2
        let challenges = 2 * hashes + 4 + 2 + 2 + 1 + 4 + 2 + 3 + 4 + 1
        let readChallenges = 2 * hashes + 4
        let timeouts = 2 + 2 * rounds + 2 + 2 * (rounds - 1) + 2
        #expect(names.count == moves + challenges + readChallenges + timeouts)
    }

    @Test("of constants has words that nobody signs")
    func constants() throws {
        let program = try ChallengeMaker.program(stepLimit: 2000, arity: 8)
        let kinds = ChallengeKind.challenges(of: LeafContext(program), constants: [1: 7])
        #expect(kinds.contains(.constantInput(wordIndex: 1, word: 7)))
        #expect(!kinds.contains(.inputData(wordIndex: 1)))
        #expect(kinds.contains(.inputData(wordIndex: 0)))
    }

    @Test("has a leaf for every challenge that the verifier can choose")
    func everyChallenge() throws {
        let program = try ChallengeMaker.program(stepLimit: 100, arity: 4)
        let context = LeafContext(program)
        let first = Set(ChallengeKind.challenges(of: context))
        let second = Set(ChallengeKind.readChallenges(of: context))
        #expect(first.isDisjoint(with: second))
        for round in 0..<program.shape.roundCount {
            for index in 0..<program.shape.hashCount(ofRound: round) {
                for kind in Equivocation.Kind.allCases {
                    #expect(first.contains(.equivocation(kind, round: round, index: index)))
                    #expect(second.contains(.readEquivocation(kind, round: round, index: index)))
                }
            }
        }
        for selector in ReadSelector.allCases {
            #expect(first.isSuperset(of: [.futureRead(selector), .zeroStepRead(selector)]))
            #expect(first.contains(.uninitializedData(selector)))
            #expect(second.contains(.readValue(selector)))
        }
        // Every word that a read can find unwritten is judged by exactly one leaf.
        for (index, chunk) in program.commitment.initialized.enumerated() {
            let isRegister = chunk.start >= MemoryMap.address(ofRegister: 0)
            #expect(
                first.contains(.initializedData(chunkIndex: index, .first)) == isRegister)
            #expect(first.contains(.initializedData(chunkIndex: index, .second)))
        }
    }

    @Test("without a program has what all programs share, with the same scripts")
    func withoutProgram() throws {
        let scene = try LeafScene()
        let context = LeafContext(scene.program.shape, stepLimit: scene.program.stepLimit)
        let shared = LeafCatalogue(context, waits: Self.waits)
        let all = scene.catalogue.kinds
        #expect(shared.kinds == all.filter { !$0.isOfProgram })
        for name in ["opcode[0]", "input[0]", "input_data[1]", "entry_point"] {
            #expect(throws: LeafNameFault.ofProgram(name: name)) {
                _ = try shared.kind(named: name)
            }
        }
        for name in ["addi", "claim", "equivocation_step[0][0]", "timeout[doubt]"] {
            let one = try CommittedLeaf(example: shared.kind(named: name), context)
            let other = try CommittedLeaf(
                example: scene.catalogue.kind(named: name), scene.catalogue.context)
            #expect(one.script.script == other.script.script)
        }
    }

    @Test("says what an unknown name may have meant")
    func unknown() throws {
        let catalogue = try LeafScene().catalogue
        let cases = [
            ("adi", "addi"), ("opcode", "opcode[0]"), ("equivocation_stp[0][0]", ""),
            ("timout[claim]", "timeout[claim]"),
        ]
        for (name, meant) in cases {
            do {
                _ = try catalogue.kind(named: name)
                Issue.record("\(name) is no leaf")
            } catch LeafNameFault.unknown(let found, let near) {
                #expect(found == name && near.count <= 5)
                #expect(meant.isEmpty || near.contains(meant), "\(name): \(near)")
            }
        }
        #expect(throws: LeafNameFault.unknown(name: "nonsense-of-all-kinds", near: [])) {
            _ = try catalogue.kind(named: "nonsense-of-all-kinds")
        }
    }

    @Test("timeouts are the standard leaf")
    func timeouts() throws {
        let scene = try LeafScene()
        let leaf = try scene.leaf(scene.catalogue.kind(named: "timeout[doubt]"))
        let standard = LeafScript.timelock(BlockCount(72), leaf.key)
        #expect(leaf.script.script == standard.script)
        let prover = try scene.leaf(scene.catalogue.kind(named: "timeout[claim]"))
        #expect(prover.script.script == LeafScript.timelock(BlockCount(144), leaf.key).script)
    }

    @Test("layouts have one committer, profile and length for each value")
    func oneNameSpace() throws {
        for profile in CommitmentProfile.allCases {
            let scene = try LeafScene(publishedHashes: profile)
            var profiles: [LeafValue: CommitmentProfile] = [:]
            var names: [String: LeafValue] = [:]
            for kind in scene.catalogue.kinds {
                for entry in kind.layout(scene.catalogue.context).entries {
                    let old = profiles.updateValue(entry.profile, forKey: entry.value)
                    #expect(old == nil || old == entry.profile)
                    let other = names.updateValue(entry.value, forKey: entry.value.name)
                    #expect(other == nil || other == entry.value)
                }
            }
            // What a challenge reads, a move has committed.
            let moves = scene.catalogue.kinds.filter { kind in
                if case .challenge(let challenge) = kind {
                    return [.claim, .doubt, .readOpening].contains(challenge)
                }
                return true
            }
            let committed = Set(
                moves.flatMap { $0.layout(scene.catalogue.context).entries.map(\.value) })
            for kind in scene.catalogue.kinds {
                for entry in kind.layout(scene.catalogue.context).entries
                where entry.value.committer != .verifier {
                    #expect(committed.contains(entry.value), "\(entry.value.name)")
                }
            }
        }
    }
}
