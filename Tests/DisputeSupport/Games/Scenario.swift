internal import Dispute
internal import MachineSupport
internal import Primitives
package import RiscV

/// One way to cheat, told once and played by either side.
package struct Scenario {
    /// How the cheating prover loses.
    package enum Expectation: Hashable {
        /// By a challenge of this name.
        case proof(String)
        /// It cannot open the step that was found.
        case noLeaf
        /// It refuses without reason.
        case noReason
    }

    /// Why an honest prover has nothing to claim, so that no verifier can cheat it.
    package enum Unclaimed: Hashable {
        case fails, endsWithError, goesOn

        /// The reason in the result of a run; nil for one that can be claimed.
        package init?(_ result: ExecutionResult) {
            switch result {
            case .halt(returnValue: 0, _): return nil
            case .halt: self = .endsWithError
            case .trapped: self = .fails
            case .limitReached: self = .goesOn
            }
        }
    }

    package let name: String
    /// Follows BitVMX's table of scenarios by its name there.
    package let world: World
    package let truth: RecordedRun
    package var prover: FaultyProver
    package let expected: Expectation
    /// Why the other role is not played, as the author of the scenario says.
    package let unclaimed: Unclaimed?

    package init(
        _ name: String, _ world: World, _ expected: Expectation, unclaimed: Unclaimed? = nil,
        _ lies: (RecordedRun) throws -> [Lie] = { _ in [] }, with extra: [Section] = [],
        change: (inout FaultyProver, RecordedRun) throws -> Void = { _, _ in }
    ) throws {
        self.name = name
        self.world = world
        self.expected = expected
        self.unclaimed = unclaimed
        truth = try world.truth()
        prover = FaultyProver(world.lyingRun(try lies(truth), with: extra))
        try change(&prover, truth)
    }
}

extension RecordedRun {
    /// The step of the first row that is like this.
    package func step(_ isWanted: @escaping (TraceRow) -> Bool) throws -> UInt64 {
        try required(rows.first(where: isWanted), "a step").stepNumber
    }

    /// The first step that reads memory that nobody wrote, in an area that begins so.
    package func firstFreshRead(in area: UInt32) throws -> TraceRow {
        try required(
            rows.first {
                $0.memoryWitness.second == .memory && $0.secondRead.address >> 24 == area
                    && $0.secondRead.lastStep == MemoryMap.neverWritten
            }, "a fresh read")
    }
}

extension TraceRow.Read {
    /// The same read with another value, and perhaps of another step.
    package func falsified(lastStep: UInt64? = nil) -> TraceRow.Read {
        TraceRow.Read(
            address: address, value: value ^ 0x0404_0404, lastStep: lastStep ?? self.lastStep)
    }
}
