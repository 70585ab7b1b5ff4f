import Dispute
import DisputeSupport
import MachineSupport
import Primitives
import RiscV
import TestSupport
import Testing

/// The scenarios of BitVMX's tests for both roles, and ours, every move judged by its script.
///
/// - Source: docs/protocol/challenges.md, "Scenarios".
@Suite("Scenarios")
struct ScenarioTests {
    @Test("there are scenarios, all with names of their own")
    func names() throws {
        let names = try Scenarios.all().map(\.name)
        #expect(names.count == Set(names).count)
    }

    @Test("a faulty prover loses as expected")
    func faultyProver() throws {
        for scenario in try Scenarios.all() {
            let verifier = HonestVerifier(scenario.truth)
            let judge = ScriptJudge(scenario.world.dispute)
            let outcome = Referee.play(
                scenario.world, prover: scenario.prover, verifier: verifier, judge: judge)
            #expect(judge.disagreements.isEmpty, "\(scenario.name): \(judge.disagreements)")
            #expect(outcome.winner == .verifier, "\(scenario.name): \(outcome.ending)")
            switch scenario.expected {
            case .proof(let name):
                #expect(outcome.proof == name, "\(scenario.name): \(outcome.ending)")
            case .noLeaf:
                guard case .fault(.row) = outcome.ending else {
                    Issue.record("\(scenario.name): \(outcome.ending)")
                    continue
                }
            case .noReason:
                #expect(
                    outcome.ending == .fault(.nothingToRefuse),
                    "\(scenario.name): \(outcome.ending)")
            }
            #expect(Referee.isRepeatable(outcome, .verifier) { verifier }, "\(scenario.name)")
        }
    }

    @Test("a verifier with the same fault loses, whatever it challenges with")
    func faultyVerifier() throws {
        for scenario in try Scenarios.all() {
            #expect(
                scenario.unclaimed == Scenario.Unclaimed(scenario.truth.result),
                "\(scenario.name): a role that is not played has a reason")
            guard scenario.unclaimed == nil else { continue }
            let prover = HonestProver(scenario.truth)
            let every = EveryChallenge(run: scenario.truth)
            let judge = ScriptJudge(scenario.world.dispute)
            var verifier = FaultyVerifier(scenario.prover.run)
            verifier.change = { move, table in
                switch table.phase {
                case .challenge:
                    #expect(every.proven(on: table).isEmpty, "\(scenario.name)")
                    judge.run(every.candidates(table), on: table)
                    move = Self.forced(scenario, table) ?? move
                case .readChallenge:
                    #expect(every.provenRead(on: table).isEmpty, "\(scenario.name)")
                    judge.run(every.readCandidates(table), on: table)
                    move = Self.forcedRead(scenario, table) ?? move
                default: break
                }
            }
            let outcome = Referee.play(
                scenario.world, prover: prover, verifier: verifier, judge: judge)
            #expect(outcome.winner == .prover, "\(scenario.name): \(outcome.ending)")
            #expect(judge.disagreements.isEmpty, "\(scenario.name): \(judge.disagreements)")
            #expect(Referee.isRepeatable(outcome, .prover) { prover }, "\(scenario.name)")
        }
    }

    /// The challenge that the scenario is about, from the values of the faulty side.
    private static func forced(_ scenario: Scenario, _ table: DisputeTable) -> DisputeMove? {
        guard case .proof(let name) = scenario.expected else { return nil }
        let all = EveryChallenge(run: scenario.prover.run).candidates(table)
        if let challenge = all.first(where: { name.hasPrefix(Outcome.name($0)) }) {
            return .challenge(challenge)
        }
        return table.conflictStep == 0
            ? nil : .searchRead(table.program.shape.digit(of: table.conflictStep - 1, inRound: 0))
    }

    private static func forcedRead(
        _ scenario: Scenario, _ table: DisputeTable
    ) -> DisputeMove? {
        guard case .proof(let name) = scenario.expected else { return nil }
        let all = EveryChallenge(run: scenario.prover.run).readCandidates(table)
        return all.first { name.hasSuffix(Outcome.name($0)) }.map { .readChallenge($0) }
    }

    @Test("a verifier that points past the end is refused", arguments: 0..<4)
    func pastTheEnd(_ round: Int) throws {
        let world = try Scenarios.greeting()
        let truth = try world.truth()
        let prover = HonestProver(truth)
        var verifier = FaultyVerifier(truth)
        verifier.change = { move, table in
            guard case .selection(let current) = table.phase else { return }
            let last = table.program.shape.digit(of: truth.lastStep, inRound: current)
            let limit = table.program.shape.digitLimit(ofRound: current)
            move = .select(current == round ? min(last + 1, limit - 1) : last)
        }
        let judge = ScriptJudge(world.dispute)
        let outcome = Referee.play(world, prover: prover, verifier: verifier, judge: judge)
        #expect(judge.disagreements.isEmpty)
        #expect(outcome.winner == .prover)
        #expect(outcome.proof == "refuse")
    }

    @Test("a second search past the first one is refused")
    func pastTheConflict() throws {
        let world = try Scenarios.greeting()
        let truth = try world.truth()
        let prover = HonestProver(truth)
        var verifier = FaultyVerifier(truth)
        verifier.change = { move, table in
            let shape = table.program.shape
            switch table.phase {
            case .selection(let round): move = .select(shape.digit(of: 100, inRound: round))
            case .challenge: move = .searchRead(shape.digit(of: 101, inRound: 0))
            case .readSelection(let round):
                move = .selectRead(shape.digit(of: 101, inRound: round))
            default: break
            }
        }
        let judge = ScriptJudge(world.dispute)
        let outcome = Referee.play(world, prover: prover, verifier: verifier, judge: judge)
        #expect(judge.disagreements.isEmpty)
        #expect(outcome.winner == .prover)
        #expect(outcome.proof == "refuseRead")
    }

    @Test("a true claim is not doubted, and a false input is not claimed")
    func honest() throws {
        let world = try Scenarios.greeting()
        let truth = try world.truth()
        let outcome = Referee.play(
            world, prover: HonestProver(truth),
            verifier: HonestVerifier(truth))
        #expect(outcome.winner == .prover)
        #expect(outcome.ending == .silence)
        #expect(outcome.table.moves.count == 1)
        let other = try World(elf: "greeting", inputWords: [3])
        let run = try other.truth()
        #expect(HonestProver(run).move(on: other.table) == nil)
    }

    /// A run of 16 steps that ends with the last one that its search covers.
    private func fullWorld(_ arity: Int) throws -> World {
        let code: [UInt32] =
            Array(repeating: 0x13, count: 13) + [0x05D0_0893, 0x0000_0513, 0x73]
        let program = try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: "code", start: 0x8000_0000, byteCount: 64, kind: .code,
                    content: .initialized(code)), .registers,
            ])
        return try World(program, inputWords: [], stepLimit: 16, arity: arity)
    }

    @Test("the very last step of a search", arguments: [2, 4, 8, 16, 256])
    func fullSearch(_ arity: Int) throws {
        let world = try fullWorld(arity)
        let truth = try world.truth()
        #expect(truth.lastStep == world.dispute.shape.stepCapacity)
        var lastHash = FaultyProver(truth)
        lastHash.claim = Claim(lastStep: 16, lastHash: truth.chain[16].falsified)
        var opened = lastHash
        opened.change = { move, _ in
            guard case .open(var opening) = move else { return }
            opening.nextHash = truth.chain[16]
            move = .open(opening)
        }
        let chain = FaultyProver(world.lyingRun([.hash(at: 16)]))
        for (prover, proof) in [(lastHash, "traceHash"), (opened, "halt"), (chain, "traceHash")] {
            let outcome = Referee.play(world, prover: prover, verifier: HonestVerifier(truth))
            #expect(outcome.table.conflictStep == 15)
            #expect(outcome.proof == proof)
        }
        var verifier = FaultyVerifier(truth)
        verifier.change = { move, table in
            if table.phase == .challenge {
                #expect(EveryChallenge(run: truth).proven(on: table).isEmpty)
                move = .searchRead(table.program.shape.digit(of: 15, inRound: 0))
            }
            if table.phase == .readChallenge {
                #expect(table.writeStep == 15)
                #expect(EveryChallenge(run: truth).provenRead(on: table).isEmpty)
            }
            if case .readSelection(let round) = table.phase {
                move = .selectRead(table.program.shape.digit(of: 15, inRound: round))
            }
        }
        let outcome = Referee.play(world, prover: HonestProver(truth), verifier: verifier)
        #expect(outcome.winner == .prover)
        #expect(outcome.table.readOpening != nil)
    }

    @Test("a search without rounds")
    func singleStep() throws {
        let program = try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: "code", start: 0x8000_0000, byteCount: 4, kind: .code,
                    content: .initialized([0x73])), .registers,
            ])
        let world = try World(program, inputWords: [], stepLimit: 1, arity: 8)
        let truth = try world.truth()
        let lie = Lie.read(
            .init(address: StepOpening.a7Address, value: 93, lastStep: .max), at: 1)
        let outcome = Referee.play(
            world, prover: FaultyProver(world.lyingRun([lie])), verifier: HonestVerifier(truth))
        #expect(outcome.proof == "uninitializedData")
        var table = outcome.table.prefix(outcome.table.moves.count - 1)
        #expect(throws: MoveFault.notNow) { try table.append(.searchRead(0)) }
    }
}
