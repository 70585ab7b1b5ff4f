/// Says whether a row can be the row of a step, knowing nothing but the row.
///
/// The values that the row says were read are taken for true; everything else follows from them.
/// Where memory and code really are, and what really stood there, others must compare.
///
/// A system call that does not end the program has an empty row, so that a7 is not in it: the
/// judge lets such a row pass whatever a7 was. `StepOpening` judges rows that show it.
package enum RowJudge {
    /// What is wrong with a row.
    package enum Finding: Hashable, Sendable {
        /// The opcode is none that the machine executes, or has no such micro-step.
        case noSuchStep
        /// The step jumps to an address that is no multiple of 4.
        case unalignedJump
        /// A read of this step comes from a later one or from this one.
        case readFromFuture
        /// A field is not what follows from the others.
        case contradiction(field: String)
        /// The micro-step belongs to accesses that take more steps than this one.
        case unreached
        /// The auxiliary registers that are joined have a digit in common.
        case overlappingParts
    }

    /// The first thing that is wrong, or nil for a consistent row.
    package static func finding(in row: TraceRow) -> Finding? {
        guard let step = RowStep(of: row) else { return .noSuchStep }
        var access = JudgingAccess(row, zeroRegister: .known)
        guard let next = access.step() else { return .noSuchStep }
        guard next.address % 4 == 0 else { return .unalignedJump }
        for read in [row.firstRead, row.secondRead]
        where read.lastStep != MemoryMap.neverWritten && read.lastStep >= row.stepNumber {
            return .readFromFuture
        }
        let expected = access.expectedRow(next)
        if let comparison = comparisons.first(where: { !$0.agree(row, expected) }) {
            return .contradiction(field: comparison.field)
        }
        guard step.isReached(in: row) else { return .unreached }
        return step.isJoinOfParts(in: row) ? nil : .overlappingParts
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

/// State that answers with what a row says was read, and builds the row that follows from it.
struct JudgingAccess: StateAccess {
    /// What is believed about reads of register 0.
    enum ZeroRegister {
        /// It is zero for ever, and that needs no witness.
        case known
        /// What the row says, as of every register.
        case asGiven
    }

    private let given: TraceRow
    private let zeroRegister: ZeroRegister
    private var expected: TraceRow

    init(_ row: TraceRow, zeroRegister: ZeroRegister) {
        given = row
        self.zeroRegister = zeroRegister
        expected = TraceRow(stepNumber: row.stepNumber)
        expected.readCounter = row.readCounter
        expected.opcode = row.opcode
    }

    /// Makes the step of the row.
    ///
    /// - Returns: nil if the machine makes none.
    mutating func step() -> NextStep? {
        let instruction = Instruction(decoding: given.opcode)
        let address = given.readCounter.address
        let micro = UInt32(given.readCounter.micro)
        return unsafe withUnsafePointer(to: instruction.operands) { place in
            let step = unsafe Step(at: place, address: address, micro: micro)
            return try? step.make(instruction.code, &self)
        }
    }

    mutating func firstRegister(_ index: UInt8) -> UInt32 {
        expected.firstRead = register(index, given.firstRead)
        expected.memoryWitness.first = .register
        return expected.firstRead.value
    }

    mutating func secondRegister(_ index: UInt8) -> UInt32 {
        expected.secondRead = register(index, given.secondRead)
        expected.memoryWitness.second = .register
        return expected.secondRead.value
    }

    private func register(_ index: UInt8, _ given: TraceRow.Read) -> TraceRow.Read {
        let address = MemoryMap.address(ofRegister: index)
        return index == 0 && zeroRegister == .known
            ? TraceRow.Read(address: address, value: 0, lastStep: MemoryMap.neverWritten)
            : TraceRow.Read(address: address, value: given.value, lastStep: given.lastStep)
    }

    mutating func secondMemory(_ address: UInt32) -> UInt32 {
        expected.secondRead = TraceRow.Read(
            address: address, value: given.secondRead.value, lastStep: given.secondRead.lastStep)
        expected.memoryWitness.second = .memory
        return given.secondRead.value
    }

    mutating func writeRegister(_ index: UInt8, _ value: UInt32) {
        expected.write = TraceRow.Write(
            address: MemoryMap.address(ofRegister: index), value: value)
        expected.memoryWitness.write = .register
    }

    mutating func writeMemory(_ address: UInt32, _ value: UInt32) {
        expected.write = TraceRow.Write(address: address, value: value)
        expected.memoryWitness.write = .memory
    }

    mutating func note(witness: UInt32) {
        expected.witness = witness
    }

    func callsForHalt() -> Bool {
        given.memoryWitness == MemoryWitness(.register, .register, .register)
            && given.firstRead.value == SystemCall.halt
    }

    func expectedRow(_ next: NextStep) -> TraceRow {
        var row = expected
        row.nextCounter = ProgramCounter(
            address: next.address, micro: UInt8(truncatingIfNeeded: next.micro))
        return row
    }
}
