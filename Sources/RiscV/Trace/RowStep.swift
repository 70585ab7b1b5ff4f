/// Which step a row is of, as its opcode and its micro counter say.
struct RowStep {
    /// The entry of the instruction.
    let definition: InstructionDefinition
    /// The opcode, decoded.
    let instruction: Instruction
    /// The code whose leaf script takes the row.
    let code: StepCode

    /// Reads opcode and micro counter of a row.
    ///
    /// - Returns: nil if the machine never makes such a step.
    init?(of row: TraceRow) {
        let micro = row.readCounter.micro
        guard let definition = InstructionTable.definition(of: row.opcode),
            Int(micro) < definition.microCount
        else { return nil }
        let instruction = Instruction(decoding: row.opcode)
        if definition.format == .load, instruction.destination == 0, micro >= 2 {
            // Nothing is left to do after the second word: the step is the last one.
            guard micro == 2 else { return nil }
            code = .nop
        } else if let code = StepCode(rawValue: instruction.code.rawValue + micro) {
            self.code = code
        } else {
            return nil
        }
        self.definition = definition
        self.instruction = instruction
    }

    /// Whether an access from where the row begins takes so many steps.
    ///
    /// - Parameter row: The one that the step is of, right in all that follows from its reads.
    func isReached(in row: TraceRow) -> Bool {
        guard code != .nop else { return true }
        let target = row.firstRead.value &+ instruction.immediate
        let byteCount: UInt32 = 1 << (definition.match >> 12 & 3)
        let crosses = target % 4 + byteCount > 4
        return switch (definition.format, row.readCounter.micro) {
        case (.load, 1), (.store, 4), (.store, 5), (.store, 7): crosses
        case (.store, 1), (.store, 3): crosses || definition.firstCode != .sw0
        default: true
        }
    }

    /// Whether the two auxiliary registers of a step that joins them have no digit in common.
    ///
    /// - Parameter row: The one that the step is of, right in all that follows from its reads.
    func isJoinOfParts(in row: TraceRow) -> Bool {
        switch code {
        case .lh2, .lhu2, .lw2, .sb2, .sh2, .sh6, .sw2, .sw6:
            stride(from: 0, to: 32, by: 4).allSatisfy { place in
                row.firstRead.value >> place & 15 == 0 || row.secondRead.value >> place & 15 == 0
            }
        default: true
        }
    }
}
