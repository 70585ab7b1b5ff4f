package import RiscV

extension InstructionLeaf {
    /// Whether the script takes a row, told without the script: what the table takes, no more and
    /// no less.
    ///
    /// - Parameter row: As it is opened; `StepOpening` says how that differs from the trace.
    package func accepts(_ row: TraceRow) -> Bool {
        StepOpening.code(of: row) == code && StepOpening.finding(in: row) == nil
    }
}
