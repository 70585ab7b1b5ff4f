/// Everything that a program's definition says besides the program.
package struct ProgramParameters: Hashable, Sendable {
    /// The arities that a search may have.
    package static let arities: ClosedRange<UInt64> = 2...256
    /// The step limits that a definition may have.
    package static let stepLimits: ClosedRange<UInt64> = 1...1 << 63

    /// Into how many parts a round of the search divides: a power of two from 2 to 256.
    package let arity: Int
    /// Most steps that a run may have, 1 to 2^63.
    package let stepLimit: UInt64
    /// Name of the section that receives the input.
    package let inputSectionName: String
    /// The pieces of the input, in the order in which they stand in the section; none is empty.
    package let inputs: [InputPart]

    /// Checks what can be checked without the program.
    ///
    /// A piece of no bytes means the same as no piece, and is left out.
    ///
    /// - Throws: `DefinitionFault` for arity, step limit and sizes, in this order.
    package init(
        arity: UInt64, stepLimit: UInt64, inputSectionName: String, inputs: [InputPart]
    ) throws(DefinitionFault) {
        guard Self.arities.contains(arity), arity.nonzeroBitCount == 1 else {
            throw .arity(arity)
        }
        guard Self.stepLimits.contains(stepLimit) else { throw .stepLimit(stepLimit) }
        for (index, input) in inputs.enumerated()
        where input.byteCount % 4 != 0 {
            throw .inputSize(inputIndex: index, byteCount: input.byteCount)
        }
        self.arity = Int(arity)
        self.stepLimit = stepLimit
        self.inputSectionName = inputSectionName
        self.inputs = inputs.filter { $0.byteCount > 0 }
    }

    /// Bytes of all pieces together; stops at the largest number.
    package var inputByteCount: UInt64 {
        inputs.reduce(0) { sum, input in
            let (next, overflow) = sum.addingReportingOverflow(input.byteCount)
            return overflow ? .max : next
        }
    }
}
