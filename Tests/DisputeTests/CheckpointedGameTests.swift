import Dispute
import DisputeSupport
import MachineSupport
import Primitives
import RiscV
import TestSupport
import Testing

/// Disputes about runs that are kept in checkpoints.
@Suite("Games with checkpoints")
struct CheckpointedGameTests {
    typealias Execution = CheckpointedExecution<CheckpointDirectory>

    /// A verifier that finds its run in a folder, as after a restart.
    private struct StoredVerifier: Player {
        let execution: Execution

        func move(on table: DisputeTable) -> DisputeMove? {
            do {
                return try Verifier(table.program, source: execution).move(on: table)
            } catch {
                Issue.record("\(error)")
                return nil
            }
        }
    }

    /// A prover with its run in a folder.
    private struct StoredProver: Player {
        let execution: Execution

        func move(on table: DisputeTable) -> DisputeMove? {
            do {
                return try Prover(table.program, source: execution).move(on: table)
            } catch {
                Issue.record("\(error)")
                return nil
            }
        }
    }

    private static func execution(_ world: World, in folder: TemporaryFolder) throws -> Execution {
        let run = try CheckpointedRun(
            world.program, input: ProgramInput([1, 0, 0, 0]),
            storage: CheckpointDirectory(path: folder.file("run")),
            policy: CheckpointPolicy(spacing: 30_000, byteBudget: .max))
        try run.advance(to: world.dispute.stepLimit)
        return CheckpointedExecution(run, stepLimit: world.dispute.stepLimit)
    }

    private static func play(
        _ world: World, _ prover: FaultyProver, in folder: TemporaryFolder
    ) throws -> Outcome {
        let verifier = StoredVerifier(execution: try execution(world, in: folder))
        return Referee.play(world, prover: prover, verifier: verifier)
    }

    /// A computation near the end with a read that somebody wrote.
    private static func lateRow(_ world: World, in folder: TemporaryFolder) throws -> TraceRow {
        let execution = try execution(world, in: folder)
        #expect(execution.result == .halt(returnValue: 0, step: execution.lastStep))
        try #require(execution.lastStep > 200_000)
        var row = try execution.row(ofStep: execution.lastStep - 30_000)
        while row.memoryWitness.byte != 8 || row.firstRead.lastStep == MemoryMap.neverWritten {
            row = try execution.row(ofStep: row.stepNumber + 1)
        }
        return row
    }

    @Test("a long run: lies late in it lose, and a restarted verifier decides the same")
    func longRun() throws {
        let folder = try TemporaryFolder()
        let world = try World(
            elf: "sieve", inputWords: [1], stepLimit: 600_000, arity: 16)
        let row = try Self.lateRow(world, in: folder)
        let lies = [
            ("readValue", Lie.read(row.firstRead.falsified(), at: row.stepNumber)),
            ("traceHash", Lie.hash(at: row.stepNumber)),
        ]
        for (proof, lie) in lies {
            let outcome = try Self.play(
                world, FaultyProver(world.lyingRun([lie])), in: folder)
            #expect(outcome.winner == .verifier)
            #expect(outcome.proof == proof)
            let again = try Self.execution(world, in: folder)
            #expect(
                Referee.isRepeatable(outcome, .verifier) { StoredVerifier(execution: again) })
        }
    }

    @Test("an honest prover answers both searches from checkpoints")
    func honestProver() throws {
        let folder = try TemporaryFolder()
        let world = try World(
            elf: "sieve", inputWords: [1], stepLimit: 600_000, arity: 16)
        let execution = try Self.execution(world, in: folder)
        let shape = world.dispute.shape
        let conflict = execution.lastStep - 1
        var verifier = FaultyVerifier(world.lyingRun([.hash(at: 1)]))
        verifier.change = { move, table in
            switch table.phase {
            case .selection(let round):
                move = .select(shape.digit(of: conflict, inRound: round))
            case .challenge: move = .searchRead(shape.digit(of: 90_000, inRound: 0))
            case .readSelection(let round):
                move = .selectRead(shape.digit(of: 90_000, inRound: round))
            default: break
            }
        }
        let outcome = Referee.play(
            world, prover: StoredProver(execution: execution), verifier: verifier)
        #expect(outcome.winner == .prover)
        let opening = try #require(outcome.table.opening)
        #expect(opening.nextHash == outcome.table.claim?.lastHash)
        let readOpening = try #require(outcome.table.readOpening)
        let write = try execution.row(ofStep: 90_001).chainStep
        #expect(readOpening.stepHash.extended(by: write) == readOpening.nextHash)
    }
}
