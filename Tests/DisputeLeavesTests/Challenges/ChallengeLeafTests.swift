import Dispute
import DisputeLeaves
import DisputeSupport
import RiscV
import Tapscript
import TestSupport
import Testing

@Suite("challenge leaves")
struct ChallengeLeafTests {
    static let cheapKinds: [ChallengeKind] =
        [
            .halt, .earlyHalt, .addressesSections, .entryPoint, .opcode(chunkIndex: 0),
            .opcode(chunkIndex: 1), .inputData(wordIndex: 2),
            .constantInput(wordIndex: 1, word: 0x8000_000F), .searchEquivocation, .refuse,
            .selection(round: 0), .selection(round: 3), .readSelection(round: 1), .claim, .doubt,
            .readOpening, .refuseRead, .initializedData(chunkIndex: 0, .second),
            .initializedData(chunkIndex: 1, .second), .initializedData(chunkIndex: 2, .first),
        ]
        + ReadSelector.allCases.flatMap { selector -> [ChallengeKind] in
            [.futureRead(selector), .zeroStepRead(selector), .uninitializedData(selector)]
        }

    static let hashKinds: [ChallengeKind] = [
        .traceHash, .firstTraceHash, .programCounter, .correctHash, .readValue(.first),
        .readValue(.second),
    ]

    @Test("reads that lie, and links that hold", arguments: ReadSelector.allCases)
    func readValue(_ selector: ReadSelector) throws {
        let random = SplitMix64.announced("read value \(selector)")
        let program = try ChallengeMaker.program(stepLimit: 2000, arity: 8)
        var maker = ChallengeMaker(program: program, random: random)
        let judged = try JudgedChallenge(.readValue(selector), program)
        var verdicts = Set<Bool>()
        for _ in 0..<200 {
            var values = maker.values(.readValue(selector))
            let names = ChallengeValues.names(selector)
            if maker.word() % 2 == 0 { values[word: names.value] ^= 1 << (maker.word() % 32) }
            if maker.word() % 3 == 0 { values[word: names.address] ^= 1 << (maker.word() % 32) }
            if let verdict = judged.verdict(values) { verdicts.insert(verdict) }
        }
        #expect(verdicts.count == 2)
    }

    @Test(
        "of equivocation know their round and index",
        arguments: [(2000, 8), (64, 8), (500_000_000, 8), (50, 2), (70_000, 256)])
    func equivocation(_ stepLimit: Int, _ arity: Int) throws {
        let random = SplitMix64.announced("equivocation")
        let program = try ChallengeMaker.program(stepLimit: UInt64(stepLimit), arity: arity)
        var maker = ChallengeMaker(program: program, random: random)
        let shape = program.shape
        for round in 0..<shape.roundCount {
            for index in Set([
                0, shape.hashCount(ofRound: round) / 2, shape.hashCount(ofRound: round) - 1,
            ]) {
                for kind in Equivocation.Kind.allCases {
                    let first = ChallengeKind.equivocation(kind, round: round, index: index)
                    try judge(first, program, &maker)
                    let second = ChallengeKind.readEquivocation(kind, round: round, index: index)
                    try judge(second, program, &maker)
                }
            }
        }
    }

    private func judge(
        _ kind: ChallengeKind, _ program: DisputeProgram, _ maker: inout ChallengeMaker
    ) throws {
        let judged = try JudgedChallenge(kind, program)
        var values = maker.values(kind)
        #expect(judged.verdict(values) == false)
        values[hash: judged.leaf.layout.entries[0].value] = maker.hash()
        #expect(judged.verdict(values) == true)
        let step = judged.leaf.layout.entries[2].value
        for position in 0..<16 {
            for digit in UInt8(0)..<16 {
                var changed = values
                changed.digits[step]?[position] = digit
                _ = judged.verdict(changed)
            }
        }
    }

    @Test(
        "of refusal compare all digits",
        arguments: [(2000, 8), (33, 2), (500_000_000, 8), (70_000, 256)])
    func refusal(_ stepLimit: Int, _ arity: Int) throws {
        let random = SplitMix64.announced("refusal")
        let program = try ChallengeMaker.program(stepLimit: UInt64(stepLimit), arity: arity)
        var maker = ChallengeMaker(program: program, random: random)
        let judged = try JudgedChallenge(.refuse, program)
        var verdicts = Set<Bool>()
        for _ in 0..<400 {
            var values = maker.values(.refuse)
            let distance = UInt64(maker.word() % 3)
            values[step: .lastStep] = (values[step: .lastStep] + distance) &- 1
            if let verdict = judged.verdict(values) { verdicts.insert(verdict) }
        }
        #expect(verdicts.count == 2)
    }

    @Test("say of random tables what the challenge means", arguments: cheapKinds)
    func randomTables(_ kind: ChallengeKind) throws {
        let random = SplitMix64.announced("random tables \(kind)")
        let program = try ChallengeMaker.program(stepLimit: 70_000, arity: 16)
        var maker = ChallengeMaker(program: program, random: random)
        let judged = try JudgedChallenge(kind, program)
        for _ in 0..<2000 {
            var values = maker.values(kind)
            for _ in 0..<maker.word() % 4 {
                guard
                    let entry = judged.leaf.layout.entries.filter(\.isRead).randomElement(
                        using: &maker.random)
                else { continue }
                let position = Int(maker.word()) % entry.readItemCount
                values.digits[entry.value]?[position] = UInt8(maker.word() % 16)
            }
            _ = judged.verdict(values)
        }
    }

    @Test("read from a challenge what their layouts say")
    func witnesses() throws {
        let random = SplitMix64.announced("challenge witnesses")
        let program = try ChallengeMaker.program(stepLimit: 2000, arity: 8)
        var maker = ChallengeMaker(program: program, random: random)
        let more: [ChallengeKind] = [
            .equivocation(.nextHash, round: 0, index: 2),
            .readEquivocation(.stepHash, round: 1, index: 0),
        ]
        for kind in Self.cheapKinds + Self.hashKinds + more {
            let layout = ChallengeLeaf.layout(of: kind, LeafContext(program))
            let values = maker.values(kind)
            let expected = layout.bodyWitness { values.digits[$0] ?? [] }
            switch values.meaning(kind, program) {
            case .challenge(let challenge):
                if case .constantInput = kind { continue }
                #expect(challenge.leafKind == kind)
                #expect(layout.bodyWitness(challenge.digits) == expected)
            case .read(let challenge):
                #expect(challenge.leafKind == kind)
                #expect(layout.bodyWitness(challenge.digits) == expected)
            case .rule, nil: continue
            }
        }
    }

    @Test("keep the sizes that are written down")
    func sizes() throws {
        let program = try ChallengeMaker.program(stepLimit: 500_000_000, arity: 8)
        let more: [ChallengeKind] = [
            .equivocation(.nextHash, round: 4, index: 2),
            .readEquivocation(.stepHash, round: 1, index: 0),
        ]
        for kind in Self.cheapKinds + Self.hashKinds + more {
            let properties = try ChallengeLeaf(kind, LeafContext(program)).script.properties
            let limit = Self.hashKinds.contains(kind) ? 42_300 : 760
            #expect(properties.byteCount <= limit, "\(kind)")
            #expect(properties.peakItemCount <= 900, "\(kind)")
            print("size \(kind): \(properties.byteCount) bytes, \(properties.peakItemCount) items")
        }
    }
}
