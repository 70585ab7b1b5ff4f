import Dispute
import DisputeSupport
import Primitives
import RiscV
import TestSupport
import Testing

/// Which moves the leaves of a state take.
@Suite("The table")
struct DisputeTableTests {
    let world: World
    let truth: RecordedRun

    init() throws {
        world = try Scenarios.greeting()
        truth = try world.truth()
    }

    private func fault(_ table: DisputeTable, _ move: DisputeMove) -> MoveFault? {
        var copy = table
        do throws(MoveFault) {
            try copy.append(move)
            return nil
        } catch {
            #expect(copy == table)
            return error
        }
    }

    /// A whole game with a read search, by parties that play what they like.
    private func longGame() throws -> DisputeTable {
        let scenarios = try Scenarios.all().filter { $0.name == "another value" }
        let scenario = try #require(scenarios.first)
        let outcome = Referee.play(
            scenario.world, prover: scenario.prover, verifier: HonestVerifier(scenario.truth))
        return outcome.table
    }

    @Test("a claim is from 1 to the step limit, not to its power of two")
    func claims() {
        let limit = world.dispute.stepLimit
        for step in [0, limit + 1, world.dispute.shape.stepCapacity, .max] {
            #expect(
                fault(world.table, .commit(Claim(lastStep: step, lastHash: .zero)))
                    == .claimOutOfRange(lastStep: step))
        }
        for step in [1, limit] {
            #expect(fault(world.table, .commit(Claim(lastStep: step, lastHash: .zero))) == nil)
        }
    }

    @Test("every move has its place and no other")
    func order() throws {
        let table = try longGame()
        #expect(table.moves.count > 12)
        for count in table.moves.indices {
            let prefix = table.prefix(count)
            #expect(fault(prefix, table.moves[count]) == nil)
            for other in Set(table.moves) where fault(prefix, other) == nil {
                #expect(Outcome.name(other) == Outcome.name(table.moves[count]))
            }
        }
        #expect(table.turn == nil)
        for move in table.moves {
            #expect(fault(table, move) == .notNow)
        }
    }

    @Test("digits, counts and steps are checked in both searches")
    func values() throws {
        let table = try longGame()
        for (count, move) in table.moves.enumerated() {
            let prefix = table.prefix(count)
            switch move {
            case .doubt(let step):
                #expect(fault(prefix, .doubt(lastStep: step + 1)) == .otherLastStep(step + 1))
            case .hashes(let hashes):
                #expect(fault(prefix, .hashes(hashes + [.zero])) == .hashCount(hashes.count + 1))
                #expect(fault(prefix, .hashes([])) == .hashCount(0))
            case .readHashes(let hashes):
                #expect(fault(prefix, .readHashes([])) == .hashCount(0))
                #expect(fault(prefix, .hashes(hashes)) == .notNow)
            case .select, .selectRead, .searchRead: checkDigits(prefix, move)
            case .open(var opening):
                opening.conflictStep += 1
                #expect(fault(prefix, .open(opening)) == .otherStep(opening.conflictStep))
                opening.conflictStep -= 1
                opening.row.stepNumber += 1
                #expect(fault(prefix, .open(opening)) == .otherStep(opening.conflictStep))
                opening.row = TraceRow(stepNumber: opening.row.stepNumber - 1)
                opening.row.opcode = 0x13
                opening.row.nextCounter.address = 4
                #expect(fault(prefix, .open(opening)) == nil)
                opening.row.secondRead.lastStep = 1
                #expect(
                    fault(prefix, .open(opening)) == .row(.contradiction(field: "read_2")))
            case .openRead(var opening):
                opening.writeStep += 1
                #expect(fault(prefix, .openRead(opening)) == .otherStep(opening.writeStep))
            default: break
            }
        }
    }

    @Test("refusing is a question of the openings alone")
    func refusing() throws {
        let table = try longGame()
        for count in 0...table.moves.count {
            let prefix = table.prefix(count)
            if prefix.phase != .opening { #expect(!prefix.mayRefuse) }
            if prefix.phase != .readOpening { #expect(!prefix.mayRefuseRead) }
        }
    }

    private func checkDigits(_ table: DisputeTable, _ move: DisputeMove) {
        let make: (Int) -> DisputeMove =
            switch move {
            case .select: { .select($0) }
            case .selectRead: { .selectRead($0) }
            default: { .searchRead($0) }
            }
        let round =
            switch table.phase {
            case .selection(let round), .readSelection(let round): round
            default: 0
            }
        let limit = world.dispute.shape.digitLimit(ofRound: round)
        for digit in [-1, limit, 255, 256] {
            #expect(fault(table, make(digit)) == .digitOutOfRange(digit))
        }
        for digit in 0..<limit {
            #expect(fault(table, make(digit)) == nil)
        }
    }

    @Test("hashes after the end of the run repeat the last one that was asked for")
    func filling() throws {
        let world = try World(elf: "greeting", inputWords: [0x1111_1111], stepLimit: 500)
        let truth = try world.truth()
        let prover = HonestProver(truth)
        var table = world.table
        try table.append(try #require(prover.move(on: table)))
        try table.append(.doubt(lastStep: truth.lastStep))
        guard case .hashes(let hashes) = prover.move(on: table) else {
            Issue.record("no hashes")
            return
        }
        let existing = (1...7).map { 64 * $0 }.filter { $0 <= Int(truth.lastStep) }
        try #require((1..<7).contains(existing.count))
        #expect(hashes.prefix(existing.count) == existing.map { truth.chain[$0] }[...])
        let last = truth.chain[existing[existing.count - 1]]
        #expect(hashes.dropFirst(existing.count).allSatisfy { $0 == last })
        try table.append(.hashes(hashes))
        try table.append(.select(7))
        #expect(
            prover.move(on: table)
                == .hashes(Array(repeating: truth.chain[Int(truth.lastStep)], count: 7)))
    }

    @Test("a search of another size than the limit needs is refused")
    func programs() throws {
        let shape = try #require(SearchShape(covering: 50, arity: 8))
        let commitment = world.dispute.commitment
        for limit in [0, 32, 65, 2000] as [UInt64] {
            #expect(
                throws: DisputeProgram.Fault.shapeOfOtherLimit(
                    stepLimit: limit, stepCapacity: 64)
            ) {
                try DisputeProgram(commitment, stepLimit: limit, shape: shape)
            }
        }
        _ = try DisputeProgram(commitment, stepLimit: 33, shape: shape)
        _ = try DisputeProgram(commitment, stepLimit: 64, shape: shape)
    }
}
