/// State that writes down the row of the step.
struct RecordingAccess: StateAccess {
    private var state: StampedAccess
    private(set) var row = TraceRow(stepNumber: 0)

    init(_ state: StampedAccess) {
        self.state = state
    }

    /// Begins a step: the row is empty.
    mutating func begin(step: UInt64) {
        state.begin(step: step)
        row = TraceRow(stepNumber: step)
    }

    mutating func firstRegister(_ index: UInt8) -> UInt32 {
        let value = state.firstRegister(index)
        row.firstRead = register(index, value)
        row.memoryWitness.first = .register
        return value
    }

    mutating func secondRegister(_ index: UInt8) -> UInt32 {
        let value = state.secondRegister(index)
        row.secondRead = register(index, value)
        row.memoryWitness.second = .register
        return value
    }

    private func register(_ index: UInt8, _ value: UInt32) -> TraceRow.Read {
        TraceRow.Read(
            address: MemoryMap.address(ofRegister: index), value: value,
            lastStep: state.lastStep(ofRegister: index))
    }

    mutating func secondMemory(_ address: UInt32) throws(Trap) -> UInt32 {
        let (word, lastStep) = try state.stampedMemory(address)
        row.secondRead = TraceRow.Read(address: address, value: word, lastStep: lastStep)
        row.memoryWitness.second = .memory
        return word
    }

    mutating func writeRegister(_ index: UInt8, _ value: UInt32) {
        state.writeRegister(index, value)
        row.write = TraceRow.Write(address: MemoryMap.address(ofRegister: index), value: value)
        row.memoryWitness.write = .register
    }

    mutating func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap) {
        try state.writeMemory(address, value)
        row.write = TraceRow.Write(address: address, value: value)
        row.memoryWitness.write = .memory
    }

    mutating func note(witness: UInt32) {
        row.witness = witness
    }

    func callsForHalt() -> Bool {
        state.callsForHalt()
    }

    /// The finished row.
    func finishedRow(
        at counter: ProgramCounter, opcode: UInt32, next: ProgramCounter
    ) -> TraceRow {
        var row = row
        row.readCounter = counter
        row.opcode = opcode
        row.nextCounter = next
        return row
    }
}
