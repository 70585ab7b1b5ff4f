import Dispute
import DisputeSupport
import Foundation
import RiscV
import TestSupport
import Testing

/// Whole disputes about random programs, every move judged by its script.
@Suite("Random games")
struct RandomGameTests {
    /// As many as BITVMX_GAMES says.
    static let wantedCount =
        ProcessInfo.processInfo.environment["BITVMX_GAMES"].flatMap(Int.init) ?? 10_000
    static let gamesPerProgram = 25

    @Test("a false claim always loses and a true one always wins")
    func liars() throws {
        var random = SplitMix64.announced("random liars")
        var endings: [String: Int] = [:]
        var scripts = ScriptCounts()
        for _ in 0..<Self.wantedCount / 2 / Self.gamesPerProgram {
            let world = try Self.world(
                &random, RandomWorld.End.allCases + Array(repeating: .halt, count: 5))
            let truth = try world.truth()
            let judge = ScriptJudge(world.dispute)
            defer { scripts.add(judge) }
            for _ in 0..<Self.gamesPerProgram {
                var liar = RandomLiar(world, truth, SplitMix64(seed: random.next()))
                let kinds = Self.kinds(&random)
                let prover = liar.prover(kinds)
                let verifier = HonestVerifier(truth)
                let outcome = Referee.play(
                    world, prover: prover, verifier: verifier, judge: judge)
                let isTrue = outcome.table.claim.map {
                    !Verifier(world.dispute, source: truth).doubts($0)
                }
                #expect(
                    outcome.winner == (isTrue == true ? .prover : .verifier),
                    "\(kinds), \(outcome.ending), \(world.dispute.shape.arity)")
                #expect(Referee.isRepeatable(outcome, .verifier) { HonestVerifier(truth) })
                endings[Self.name(outcome), default: 0] += 1
            }
        }
        print("random liars:", endings.sorted { $0.key < $1.key })
        scripts.report("random liars")
        let proofs: Set = [
            "traceHash", "halt", "earlyHalt", "programCounter", "opcode", "futureRead",
            "zeroStepRead", "initializedData", "uninitializedData", "equivocation stepHash",
            "equivocation nextHash", "searchEquivocation", "correctHash", "readValue",
            "inputData", "addressesSections", "entryPoint", "firstTraceHash",
        ]
        if Self.wantedCount >= 10_000 {
            #expect(proofs.subtracting(endings.keys).isEmpty)
        }
    }

    @Test("an honest prover never loses, whatever the verifier says")
    func accusers() throws {
        var random = SplitMix64.announced("random accusers")
        var endings: [String: Int] = [:]
        var scripts = ScriptCounts()
        for _ in 0..<Self.wantedCount / 2 / Self.gamesPerProgram {
            let world = try Self.world(&random, [.halt])
            let truth = try world.truth()
            try #require(truth.result == .halt(returnValue: 0, step: truth.lastStep))
            let judge = ScriptJudge(world.dispute)
            defer { scripts.add(judge) }
            for _ in 0..<Self.gamesPerProgram {
                let verifier = Self.accuser(
                    world, truth, judge, SplitMix64(seed: random.next()))
                let outcome = Referee.play(
                    world, prover: HonestProver(truth), verifier: verifier, judge: judge)
                #expect(outcome.winner == .prover, "\(outcome.ending)")
                #expect(Referee.isRepeatable(outcome, .prover) { HonestProver(truth) })
                endings[Self.name(outcome), default: 0] += 1
            }
        }
        print("random accusers:", endings.sorted { $0.key < $1.key })
        scripts.report("random accusers")
        #expect(Set(endings.keys).isSuperset(of: ["refuse", "refuseRead", "silence"]))
    }

    @Test("no step and no write of a short program gives a verifier anything")
    func everyStep() throws {
        var random = SplitMix64.announced("every step")
        var found = 0
        while found < 4 {
            let world = try Self.world(&random, [.halt])
            let truth = try world.truth()
            guard truth.lastStep < 80 else { continue }
            found += 1
            let every = EveryChallenge(run: truth)
            for conflict in 0..<truth.lastStep {
                for write in 0...conflict {
                    var verifier = Self.leader(world, truth, to: conflict, write)
                    let lead = verifier.change
                    verifier.change = { move, table in
                        lead(&move, table)
                        if table.phase == .challenge, write == 0 {
                            #expect(every.proven(on: table).isEmpty)
                        }
                        if table.phase == .readChallenge {
                            #expect(every.provenRead(on: table).isEmpty)
                            move = nil
                        }
                    }
                    let outcome = Referee.play(
                        world, prover: HonestProver(truth), verifier: verifier)
                    #expect(outcome.winner == .prover)
                    #expect(outcome.table.readOpening?.writeStep == write)
                }
            }
        }
    }

    /// A verifier that leads both searches to chosen steps.
    private static func leader(
        _ world: World, _ truth: RecordedRun, to conflict: UInt64, _ write: UInt64
    ) -> FaultyVerifier {
        let shape = world.dispute.shape
        var verifier = FaultyVerifier(truth)
        verifier.change = { move, table in
            switch table.phase {
            case .selection(let round):
                move = .select(shape.digit(of: conflict, inRound: round))
            case .challenge: move = .searchRead(shape.digit(of: write, inRound: 0))
            case .readSelection(let round):
                move = .selectRead(shape.digit(of: write, inRound: round))
            default: break
            }
        }
        return verifier
    }

    private static func world(
        _ random: inout SplitMix64, _ ends: [RandomWorld.End]
    ) throws -> World {
        var generator = RandomWorld(random)
        let end = ends[Int(generator.below(UInt32(ends.count)))]
        let world = try generator.world(end)
        random = generator.rest
        return world
    }

    /// Mostly one lie, sometimes several together.
    private static func kinds(_ random: inout SplitMix64) -> [RandomLiar.Kind] {
        let count = [1, 1, 2, 3, 4][Int(random.next() % 5)]
        let kinds = RandomLiar.Kind.allCases + Array(repeating: [.value, .step], count: 5).joined()
        return (0..<count).map { _ in kinds[Int(random.next() % UInt64(kinds.count))] }
    }

    private static func name(_ outcome: Outcome) -> String {
        switch outcome.ending {
        case .silence: "silence"
        case .fault(let fault): "fault " + Outcome.name(fault)
        case .refused(let move): "refused " + Outcome.name(move)
        case .move: outcome.proof ?? "move"
        }
    }

    /// A verifier that leads the searches to a random step and then tries everything; some of it on
    /// scripts.
    private static func accuser(
        _ world: World, _ truth: RecordedRun, _ judge: ScriptJudge, _ source: SplitMix64
    ) -> FaultyVerifier {
        var random = source
        let shape = world.dispute.shape
        let conflict =
            random.next() % 16 == 0
            ? random.next() % shape.stepCapacity : random.next() % truth.lastStep
        let write =
            random.next() % 8 == 0
            ? random.next() % shape.stepCapacity : random.next() % (conflict + 1)
        let every = EveryChallenge(run: truth)
        var verifier = leader(world, truth, to: conflict, write)
        let lead = verifier.change
        verifier.change = { move, table in
            lead(&move, table)
            if table.phase == .challenge {
                #expect(every.proven(on: table).isEmpty)
                for other in every.sample(of: every.candidates(table), seed: conflict) {
                    _ = judge.takes(.challenge(other), on: table)
                }
            }
            if table.phase == .readChallenge {
                #expect(every.provenRead(on: table).isEmpty)
                for other in every.sample(of: every.readCandidates(table), seed: write) {
                    _ = judge.takes(.readChallenge(other), on: table)
                }
                move = nil
            }
        }
        return verifier
    }
}

/// What the judges of many programs found.
private struct ScriptCounts {
    private var counts: [String: (taken: Int, refused: Int)] = [:]

    mutating func add(_ judge: ScriptJudge) {
        for text in judge.disagreements { Issue.record("\(text)") }
        counts.merge(judge.counts) { ($0.taken + $1.taken, $0.refused + $1.refused) }
    }

    func report(_ name: String) {
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(name) on scripts, \(kind): \(count.taken) taken, \(count.refused) refused")
        }
    }
}
