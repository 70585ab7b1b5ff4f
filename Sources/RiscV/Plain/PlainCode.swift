/// What the plain loop does at an instruction: that one alone, or it and those behind it at once.
///
/// There are not more cases than one function can tell apart: what is seldom or slow is `other`.
enum PlainCode: UInt8, BitwiseCopyable {
    /// Any instruction that has no case of its own, or none at all; zero, as untouched memory is.
    case other
    case lui, jal, jalr, beq, bne, blt, bge, bltu, bgeu
    case addi, andi, slli, srli, add, sub, sltu, xor, or, and, mul
    case lbu, lw, sb, sw
    case addAdd, addAddBge, addAddBne, addLwAdd, addSltuAdd, addiAddSw, addiAddi, addiAddiAddi
    case addiBne, andXor, beqLbuBne, bneLw, luiAddi, lwAddi, lwAddiAddi, lwAddiSw, lwLw
    case lwLwAddi, lwLwMul, lwSwAddi, lwXor, mulAddiMulhu, orOr, slliSlliSrli, slliSrli
    case srliXorXor, sltuSw, sltuSwSltu, swAddi, swAddiBne, swBne

    /// The case for an instruction, if it has one of its own.
    init(alone code: StepCode) {
        self = Self.single[code] ?? .other
    }

    /// The case for instructions behind each other; nil if they are not made at once.
    init?(of codes: ArraySlice<StepCode>) {
        guard let found = Self.fused[Array(codes)] else { return nil }
        self = found
    }

    private static let single: [StepCode: PlainCode] = [
        .lui: .lui, .jal: .jal, .jalr: .jalr, .beq: .beq, .bne: .bne, .blt: .blt, .bge: .bge,
        .bltu: .bltu, .bgeu: .bgeu, .addi: .addi, .andi: .andi, .slli: .slli, .srli: .srli,
        .add: .add, .sub: .sub, .sltu: .sltu, .xor: .xor, .or: .or, .and: .and, .mul: .mul,
        .lbu0: .lbu, .lw0: .lw, .sb0: .sb, .sw0: .sw,
    ]
}
