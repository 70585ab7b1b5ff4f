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
    package let layout: LeafLayout
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
        for field in layout.readFields {
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
    /// Last steps of reads that the step makes are committed and not read: challenges compare them.
    ///
    /// - Parameter code: One of `StepCode.withScript`.
    package static func layout(of code: StepCode) -> LeafLayout {
        let (read, unread) = fields(of: code)
        var assembler = Assembler()
        var fields: [RowField: Items] = [:]
        for field in read {
            fields[field] = assembler.input(field.rawValue, count: field.digitCount)
        }
        var checks = RowChecks(assembler, fields)
        checks.write(code)
        precondition(Set(checks.order) == Set(read), "a script looks at every field")
        return LeafLayout(
            checks.order.reversed().map { field in
                LeafLayout.Entry(
                    value: .row(field), profile: .base16, readItemCount: field.digitCount)
            } + unread.map { .committed(.row($0)) })
    }

    /// The fields that rows of a leaf have, before the script decides on their order.
    private static func fields(of code: StepCode) -> (read: [RowField], unread: [RowField]) {
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

    /// The items that make the script succeed for a row that is right.
    package func witness(of row: TraceRow) -> [[UInt8]] {
        layout.bodyWitness(of: row)
    }
}

extension LeafLayout {
    /// The fields of the opened row that the body reads, deepest first.
    package var readFields: [RowField] {
        entries.compactMap { entry in
            if case .row(let field) = entry.value, entry.isRead { field } else { nil }
        }
    }

    /// The items of an instruction's body for a row, bottom of the stack first.
    package func bodyWitness(of row: TraceRow) -> [[UInt8]] {
        readFields.flatMap { field in field.digits(of: row).map { $0 == 0 ? [] : [$0] } }
    }
}
