/// Makes steps of instructions that stand behind each other, as far as each follows on the one
/// before; `next` has to go to its instruction first.
@inline(__always)
private func all(
    _ first: Successor, _ next: @autoclosure () throws(Trap) -> Successor
) throws(Trap) -> Successor {
    guard case .following = first else { return first }
    return try next()
}

@inline(__always)
private func all(
    _ first: Successor, _ second: @autoclosure () throws(Trap) -> Successor,
    _ third: @autoclosure () throws(Trap) -> Successor
) throws(Trap) -> Successor {
    let successor = try all(first, try second())
    guard case .following = successor else { return successor }
    return try third()
}

/// What the codes of the plain loop do.
extension PlainCursor {
    /// Makes the next instruction, or several at once.
    ///
    /// - Returns: What follows on the last one that was made.
    @inline(__always)
    mutating func makeNext(_ state: inout PlainAccess) throws(Trap) -> Successor {
        switch unsafe instruction.pointee.code {
        case .other: try makeOther(&state)
        case .lui: step.lui(&state)
        case .jal: step.jal(&state)
        case .jalr: step.jalr(&state)
        case .beq: step.beq(&state)
        case .bne: step.bne(&state)
        case .blt: step.blt(&state)
        case .bge: step.bge(&state)
        case .bltu: step.bltu(&state)
        case .bgeu: step.bgeu(&state)
        case .addi: step.addi(&state)
        case .andi: step.andi(&state)
        case .slli: step.slli(&state)
        case .srli: step.srli(&state)
        case .add: step.add(&state)
        case .sub: step.sub(&state)
        case .sltu: step.sltu(&state)
        case .xor: step.xor(&state)
        case .or: step.or(&state)
        case .and: step.and(&state)
        case .mul: step.mul(&state)
        case .lbu: try step.lbu(&state)
        case .lw: try step.lw(&state)
        case .sb: try storeByte(&state)
        case .sw: try step.sw(&state)
        case .addAdd: try all(step.add(&state), next().add(&state))
        case .addAddBge: try all(step.add(&state), next().add(&state), next().bge(&state))
        case .addAddBne: try all(step.add(&state), next().add(&state), next().bne(&state))
        case .addLwAdd: try all(step.add(&state), next().lw(&state), next().add(&state))
        case .addSltuAdd: try all(step.add(&state), next().sltu(&state), next().add(&state))
        case .addiAddSw: try all(step.addi(&state), next().add(&state), next().sw(&state))
        case .addiAddi: try all(step.addi(&state), next().addi(&state))
        case .addiAddiAddi: try all(step.addi(&state), next().addi(&state), next().addi(&state))
        case .addiBne: try all(step.addi(&state), next().bne(&state))
        case .andXor: try all(step.and(&state), next().xor(&state))
        case .beqLbuBne: try all(step.beq(&state), next().lbu(&state), next().bne(&state))
        case .bneLw: try all(step.bne(&state), next().lw(&state))
        case .luiAddi: try all(step.lui(&state), next().addi(&state))
        case .lwAddi: try all(step.lw(&state), next().addi(&state))
        case .lwAddiAddi: try all(step.lw(&state), next().addi(&state), next().addi(&state))
        case .lwAddiSw: try all(step.lw(&state), next().addi(&state), next().sw(&state))
        case .lwLw: try all(step.lw(&state), next().lw(&state))
        case .lwLwAddi: try all(step.lw(&state), next().lw(&state), next().addi(&state))
        case .lwLwMul: try all(step.lw(&state), next().lw(&state), next().mul(&state))
        case .lwSwAddi: try all(step.lw(&state), next().sw(&state), next().addi(&state))
        case .lwXor: try all(step.lw(&state), next().xor(&state))
        case .mulAddiMulhu: try all(step.mul(&state), next().addi(&state), next().mulhu(&state))
        case .orOr: try all(step.or(&state), next().or(&state))
        case .slliSlliSrli: try all(step.slli(&state), next().slli(&state), next().srli(&state))
        case .slliSrli: try all(step.slli(&state), next().srli(&state))
        case .srliXorXor: try all(step.srli(&state), next().xor(&state), next().xor(&state))
        case .sltuSw: try all(step.sltu(&state), next().sw(&state))
        case .sltuSwSltu: try all(step.sltu(&state), next().sw(&state), next().sltu(&state))
        case .swAddi: try all(step.sw(&state), next().addi(&state))
        case .swAddiBne: try all(step.sw(&state), next().addi(&state), next().bne(&state))
        case .swBne: try all(step.sw(&state), next().bne(&state))
        }
    }
}
