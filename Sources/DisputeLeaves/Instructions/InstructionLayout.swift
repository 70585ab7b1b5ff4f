package import RiscV

/// Which fields of an opened row a leaf script reads, and in which order they lie on the stack.
///
/// All are the prover's, committed in the transaction whose witness satisfies the leaf.
package struct InstructionLayout: Hashable, Sendable {
    /// Fields on the stack, deepest first; of each the most significant digit is deepest.
    package let read: [RowField]
    /// Fields that are committed with the others and do not reach the script: the last steps of
    /// reads that the step makes, for challenges to compare.
    package let unread: [RowField]

    /// How many items the script takes.
    package var digitCount: Int {
        read.reduce(0) { $0 + $1.digitCount }
    }

    /// The items for a row, bottom of the stack first, as minimal numbers.
    package func witness(of row: TraceRow) -> [[UInt8]] {
        read.flatMap { field in field.digits(of: row).map { $0 == 0 ? [] : [$0] } }
    }

    /// The fields that rows of a leaf have, before the script decides on their order.
    static func fields(of code: StepCode) -> (read: [RowField], unread: [RowField]) {
        var read = RowField.allCases
        var unread: [RowField] = []
        guard code != .nop else {
            return (read.filter { $0 != .witness }, [])
        }
        let step = InstructionStep(code)
        if !step.definition.hasWitness {
            read.removeAll { $0 == .witness }
        }
        if step.usesFirstRead {
            unread.append(.firstLastStep)
        }
        // Only one of the two forms of an ECALL reads twice: its script looks which.
        if step.usesSecondRead, code != .ecall {
            unread.append(.secondLastStep)
        }
        return (read.filter { !unread.contains($0) }, unread)
    }
}
