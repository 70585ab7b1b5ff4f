/// What one step does: an instruction of one step, or one micro-step of a load or store.
///
/// All but the first are the keys by which the dispute names its leaf scripts. Micro-steps of an
/// instruction follow each other, so that the code of a step is the instruction's first code plus
/// the micro counter.
package enum StepCode: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// A word that the machine does not execute; zero, as untouched memory is.
    case unimplemented
    case nop, ecall, lui, auipc, jal, jalr
    case beq, bne, blt, bge, bltu, bgeu
    case addi, slti, sltiu, xori, ori, andi, slli, srli, srai
    case add, sub, sll, slt, sltu, xor, srl, sra, or, and
    case mul, mulh, mulhsu, mulhu, div, divu, rem, remu
    case lb0, lbu0
    case lh0, lh1, lh2, lh3
    case lhu0, lhu1, lhu2, lhu3
    case lw0, lw1, lw2, lw3
    case sb0, sb1, sb2, sb3
    case sh0, sh1, sh2, sh3, sh4, sh5, sh6, sh7
    case sw0, sw1, sw2, sw3, sw4, sw5, sw6, sw7

    /// The codes that have a leaf script.
    package static var withScript: ArraySlice<StepCode> {
        allCases.dropFirst()
    }

    /// The name of the leaf script, such as `add` or `lw_0`; nil for what has none.
    package var scriptKey: String? {
        if self == .nop { return "nop" }
        for definition in InstructionTable.definitions where definition.firstCode != .nop {
            let micro = Int(rawValue) - Int(definition.firstCode.rawValue)
            guard micro >= 0, micro < definition.microCount else { continue }
            return definition.format.hasMicroSteps
                ? "\(definition.name)_\(micro)" : definition.name
        }
        return nil
    }
}
