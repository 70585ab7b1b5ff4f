/// A step as a prover opens it in a dispute, and what the leaf script of its instruction checks.
///
/// An opened row is the trace row, with one difference: an ECALL that does not end the program
/// shows its read of a7 too. The row of the trace is empty there, so that nothing in it could be
/// compared with the truth. Neither the trace nor the hash chain knows of the difference.
///
/// A leaf takes the values and last steps of the reads that the step makes for true, those of
/// register 0 too; challenges compare them. Reads that it does not make are zero throughout.
///
/// - Source: docs/protocol/challenges.md, "The opened row".
package enum StepOpening {
    /// What is wrong with an opened row: no leaf takes it.
    package enum Finding: Error, Hashable, Sendable {
        /// The opcode is none that the machine executes, or has no such micro-step.
        case noSuchStep
        /// The step goes on at an address that is no multiple of 4.
        case unalignedJump
        /// The step ends the program with another value than 0.
        case haltWithError
        /// A field is not what follows from the others.
        case contradiction(field: String)
        /// The micro-step belongs to accesses that take more steps than this one.
        case unreached
        /// The auxiliary registers that are joined have a digit in common.
        case overlappingParts
    }

    /// The row to open for a row of the trace.
    ///
    /// - Parameters:
    ///   - row: Of a step that did not fail.
    ///   - a7: What register a7 held before the step; looked at for an ECALL only.
    package static func row(opening row: TraceRow, a7: TraceRow.Read) -> TraceRow {
        guard row.opcode == callOpcode, row.memoryWitness == .unused else { return row }
        var opened = row
        opened.firstRead = a7
        opened.memoryWitness.first = .register
        return opened
    }

    /// Address under which register a7 is read.
    package static let a7Address = MemoryMap.address(ofRegister: RegisterIndex.a7)

    /// The code whose leaf script takes rows with this opcode and micro counter.
    ///
    /// - Returns: nil if the machine never makes such a step.
    package static func code(of row: TraceRow) -> StepCode? {
        RowStep(of: row)?.code
    }

    /// The first thing for which the leaf refuses a row, or nil if it takes it.
    package static func finding(in row: TraceRow) -> Finding? {
        guard let step = RowStep(of: row) else { return .noSuchStep }
        let expected: TraceRow
        if step.code == .ecall {
            expected = systemCall(row)
        } else {
            var access = JudgingAccess(row, zeroRegister: .asGiven)
            guard let next = access.step() else { return .noSuchStep }
            expected = access.expectedRow(next)
        }
        guard expected.nextCounter.address % 4 == 0 else { return .unalignedJump }
        if expected.memoryWitness.write == .register, step.code == .ecall,
            row.secondRead.value != 0
        {
            return .haltWithError
        }
        if let comparison = comparisons.first(where: { !$0.agree(row, expected) }) {
            return .contradiction(field: comparison.field)
        }
        guard step.isReached(in: row) else { return .unreached }
        return step.isJoinOfParts(in: row) ? nil : .overlappingParts
    }

    private static let callOpcode: UInt32 = 0x0000_0073

    private static func systemCall(_ row: TraceRow) -> TraceRow {
        var expected = TraceRow(stepNumber: row.stepNumber)
        expected.firstRead = row.firstRead
        expected.firstRead.address = a7Address
        expected.memoryWitness.first = .register
        expected.nextCounter.address = row.readCounter.address
        guard row.firstRead.value == SystemCall.halt else {
            expected.nextCounter.address &+= 4
            return expected
        }
        let a0 = MemoryMap.address(ofRegister: RegisterIndex.a0)
        expected.secondRead = row.secondRead
        expected.secondRead.address = a0
        expected.write = TraceRow.Write(address: a0, value: row.secondRead.value)
        expected.memoryWitness = MemoryWitness(.register, .register, .register)
        return expected
    }

    private struct Comparison: Sendable {
        let field: String
        let agree: @Sendable (TraceRow, TraceRow) -> Bool
    }

    private static let comparisons = [
        Comparison(field: "mem_witness") { $0.memoryWitness == $1.memoryWitness },
        Comparison(field: "read_1") { $0.firstRead == $1.firstRead },
        Comparison(field: "read_2") { $0.secondRead == $1.secondRead },
        Comparison(field: "write_1") { $0.write == $1.write },
        Comparison(field: "write_pc") { $0.nextCounter == $1.nextCounter },
        Comparison(field: "witness") { $0.witness == $1.witness },
    ]
}
