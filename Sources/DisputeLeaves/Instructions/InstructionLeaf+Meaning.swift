package import RiscV

extension InstructionLeaf {
    /// Whether the script takes a row, told without the script.
    ///
    /// - Parameter row: As it is opened; `StepOpening` says how that differs from the trace.
    package func accepts(_ row: TraceRow) -> Bool {
        StepOpening.code(of: row) == code && StepOpening.finding(in: row) == nil
            && hasNoStrayLastStep(row) && isReached(row) && isJoinOfParts(row)
    }

    /// Reads that the step does not make have no last step.
    private func hasNoStrayLastStep(_ row: TraceRow) -> Bool {
        let endsProgram = code == .ecall && row.memoryWitness.second == .register
        return layout.readFields.allSatisfy { field in
            switch field {
            case .firstLastStep: row.firstRead.lastStep == 0
            case .secondLastStep: endsProgram || row.secondRead.lastStep == 0
            default: true
            }
        }
    }

    /// Later micro-steps belong to accesses that cannot be made in one.
    private func isReached(_ row: TraceRow) -> Bool {
        guard code != .nop else { return true }
        let step = InstructionStep(code)
        let instruction = Instruction(decoding: row.opcode)
        let alignment = Int((row.firstRead.value &+ instruction.immediate) % 4)
        let crosses = alignment + step.accessByteCount > 4
        return switch (step.definition.format, step.micro) {
        case (.load, 1), (.store, 4), (.store, 5), (.store, 7): crosses
        case (.store, 1), (.store, 3): crosses || !step.isOf(.sw0)
        default: true
        }
    }

    /// The two auxiliary registers never overlap.
    private func isJoinOfParts(_ row: TraceRow) -> Bool {
        switch code {
        case .lh2, .lhu2, .lw2, .sb2, .sh2, .sh6, .sw2, .sw6:
            (0..<8).allSatisfy { place in
                row.firstRead.value >> (4 * place) & 15 == 0
                    || row.secondRead.value >> (4 * place) & 15 == 0
            }
        default: true
        }
    }
}
