package import RiscV
package import Tapscript

/// The check of one opened row by the script of its instruction.
///
/// A script takes a row exactly if the row can be that of a step with this code, the values of
/// its reads taken for true; fields that the step does not use are zero, and so are the last steps
/// of reads that it does not make. Micro-steps that an access of its alignment does not have, and
/// auxiliary registers that overlap, are refused: no step has such rows.
///
/// - Source: docs/protocol/leaves.md, "Instruction leaves".
package struct InstructionLeaf: Sendable {
    /// Which step it checks.
    package let code: StepCode
    /// What it reads.
    package let layout: InstructionLayout
    /// The check alone: the witness is the row's digits, and success is a single true item.
    package let script: AssembledScript

    /// Writes the script of a code.
    ///
    /// - Parameter code: One of `StepCode.withScript`.
    /// - Throws: Never, unless the script of the code itself is wrong.
    package init(_ code: StepCode) throws(AssemblerError) {
        self.code = code
        layout = Self.layout(of: code)
        var assembler = Assembler()
        var fields: [RowField: Items] = [:]
        for field in layout.read {
            fields[field] = assembler.input(field.rawValue, count: field.digitCount)
        }
        Self.check(code, fields, &assembler)
        script = try assembler.finishVerified()
    }

    /// Writes the check into a larger leaf.
    ///
    /// - Parameters:
    ///   - code: One of `StepCode.withScript`.
    ///   - fields: The digits of all fields that the layout reads, in its order on top of the
    ///     stack, most significant first. The check takes them away.
    ///   - assembler: Of the leaf.
    package static func check(
        _ code: StepCode, _ fields: [RowField: Items], _ assembler: inout Assembler
    ) {
        var checks = RowChecks(assembler, fields)
        checks.write(code)
        assembler = checks.finished()
    }

    /// The layout of a code: fields lie in the order in which the script comes to need them, the
    /// first uppermost, because that takes the fewest bytes.
    ///
    /// - Parameter code: One of `StepCode.withScript`.
    package static func layout(of code: StepCode) -> InstructionLayout {
        let (read, unread) = InstructionLayout.fields(of: code)
        var assembler = Assembler()
        var fields: [RowField: Items] = [:]
        for field in read {
            fields[field] = assembler.input(field.rawValue, count: field.digitCount)
        }
        var checks = RowChecks(assembler, fields)
        checks.write(code)
        precondition(Set(checks.order) == Set(read), "a script looks at every field")
        return InstructionLayout(read: checks.order.reversed(), unread: unread)
    }

    /// The items that make the script succeed for a row that is right.
    package func witness(of row: TraceRow) -> [[UInt8]] {
        layout.witness(of: row)
    }
}
