/// A decoded word of code for the plain loop: eight bytes, like an `Instruction`.
struct PlainInstruction: BitwiseCopyable {
    /// What the instruction works on; those of the ones behind it stand there.
    let operands: Operands
    /// What is done, as far as the instructions behind matter too.
    let code: PlainCode

    /// Decodes the first of some instructions.
    ///
    /// - Parameter instructions: It and those behind it, as many as there are or can be made at
    ///   once. A jump to one of those finds that one: each has an entry of its own.
    init(_ instructions: ArraySlice<Instruction>) {
        guard let first = instructions.first else {
            preconditionFailure("there is an instruction to decode")
        }
        operands = first.operands
        var codes = instructions.prefix(PlainCode.longestCount).map(\.code)[...]
        while codes.count > 1 {
            if let code = PlainCode(of: codes) {
                self.code = code
                return
            }
            codes.removeLast()
        }
        code = PlainCode(alone: first.code)
    }
}

extension StepCode {
    /// How many steps an instruction takes at most, by its first code.
    var stepCountLimit: UInt64 {
        switch self {
        case .lh0, .lhu0, .lw0, .sb0: 4
        case .sh0, .sw0: 8
        default: 1
        }
    }

    /// Whether nothing follows on an instruction but a jump.
    var alwaysJumps: Bool {
        self == .jal || self == .jalr
    }
}
