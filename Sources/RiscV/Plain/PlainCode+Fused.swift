extension PlainCode {
    /// Instructions that are made at once where they stand behind each other.
    ///
    /// They were chosen by how many turns of the loop each saves over all steps of sha256, sieve
    /// and mulmod of the test programs, which take 0.91 turns a step without them and 0.43 with
    /// them; two pairs that any compiled program is full of were put to these.
    static let fused: [[StepCode]: PlainCode] = [
        // Ends of loops: the counter, or the place in an array and the counter, then the branch.
        [.addi, .bne]: .addiBne,
        [.addi, .addi]: .addiAddi,
        [.addi, .addi, .addi]: .addiAddiAddi,
        [.add, .add]: .addAdd,
        [.add, .add, .bge]: .addAddBge,
        [.add, .add, .bne]: .addAddBne,
        [.bne, .lw0]: .bneLw,
        // A search through bytes.
        [.beq, .lbu0, .bne]: .beqLbuBne,
        // Words copied, and arrays filled.
        [.lw0, .addi]: .lwAddi,
        [.lw0, .addi, .addi]: .lwAddiAddi,
        [.lw0, .addi, .sw0]: .lwAddiSw,
        [.lw0, .sw0, .addi]: .lwSwAddi,
        [.sw0, .bne]: .swBne,
        [.sw0, .addi]: .swAddi,
        [.sw0, .addi, .bne]: .swAddiBne,
        // Operands that did not stay in registers.
        [.lw0, .lw0]: .lwLw,
        [.lw0, .lw0, .addi]: .lwLwAddi,
        [.lw0, .xor]: .lwXor,
        [.add, .lw0, .add]: .addLwAdd,
        [.addi, .add, .sw0]: .addiAddSw,
        // Products of long numbers and their carries.
        [.lw0, .lw0, .mul]: .lwLwMul,
        [.mul, .addi, .mulhu]: .mulAddiMulhu,
        [.add, .sltu, .add]: .addSltuAdd,
        [.sltu, .sw0]: .sltuSw,
        [.sltu, .sw0, .sltu]: .sltuSwSltu,
        // Rotations, which this instruction set has to put together, and the functions of hashes.
        [.slli, .srli]: .slliSrli,
        [.slli, .slli, .srli]: .slliSlliSrli,
        [.or, .or]: .orOr,
        [.srli, .xor, .xor]: .srliXorXor,
        [.and, .xor]: .andXor,
        // A constant of 32 bits.
        [.lui, .addi]: .luiAddi,
    ]

    /// How many instructions are made at once at most.
    static let longestCount = 3
}

extension Machine {
    /// The sequences of instructions that a run without tracking makes at once, by their first
    /// codes; for tests that try each of them.
    package static var fusedSequences: [[StepCode]] {
        Array(PlainCode.fused.keys)
    }
}
