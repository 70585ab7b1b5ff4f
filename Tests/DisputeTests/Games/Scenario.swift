import Dispute
import MachineSupport
import Primitives
import RiscV
import Testing

/// One way to cheat, told once and played by either side.
struct Scenario: CustomTestStringConvertible {
    /// How the cheating prover loses.
    enum Expectation: Hashable {
        /// By a challenge of this name.
        case proof(String)
        /// It cannot open the step that was found.
        case noLeaf
        /// It refuses without reason.
        case noReason
    }

    let name: String
    /// Follows BitVMX's table of scenarios by its name there.
    let world: World
    let truth: RecordedRun
    var prover: FaultyProver
    let expected: Expectation

    var testDescription: String { name }

    init(
        _ name: String, _ world: World, _ expected: Expectation,
        _ lies: (RecordedRun) throws -> [Lie] = { _ in [] }, with extra: [Section] = [],
        change: (inout FaultyProver, RecordedRun) throws -> Void = { _, _ in }
    ) throws {
        self.name = name
        self.world = world
        self.expected = expected
        truth = try world.truth()
        prover = FaultyProver(world.lyingRun(try lies(truth), with: extra))
        try change(&prover, truth)
    }
}

extension RecordedRun {
    /// The step of the first row that is like this.
    func step(_ isWanted: @escaping (TraceRow) -> Bool) throws -> UInt64 {
        try #require(rows.first(where: isWanted)).stepNumber
    }

    /// The first step that reads memory that nobody wrote, in an area that begins so.
    func firstFreshRead(in area: UInt32) throws -> TraceRow {
        try #require(
            rows.first {
                $0.memoryWitness.second == .memory && $0.secondRead.address >> 24 == area
                    && $0.secondRead.lastStep == MemoryMap.neverWritten
            })
    }
}

extension TraceRow.Read {
    /// The same read with another value, and perhaps of another step.
    func falsified(lastStep: UInt64? = nil) -> TraceRow.Read {
        TraceRow.Read(
            address: address, value: value ^ 0x0404_0404, lastStep: lastStep ?? self.lastStep)
    }
}
