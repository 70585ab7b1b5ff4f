internal import RiscV

/// Which function a word of code calls, by the opcode tables of the ISA manual (chapter 34).
extension SlowMachine {
    mutating func execute() throws {
        let function = opcode >> 12 & 7
        switch opcode & 0x7F {
        case 0b0110111: lui()
        case 0b0010111: auipc()
        case 0b1101111: jal()
        case 0b1100111 where function == 0: jalr()
        case 0b1100011: try executeBranch(function)
        case 0b0000011: try executeLoad(function)
        case 0b0100011: try executeStore(function)
        case 0b0010011: try executeImmediate(function)
        case 0b0110011: try executeOperation(function)
        case 0b0001111 where function == 0: fence()
        case 0b1110011 where opcode >> 7 == 0: ecall()
        case 0b1110011 where opcode >> 7 == 1 << 13: ebreak()
        default: throw unimplemented
        }
    }

    private var unimplemented: Failure { Failure(trap: .unimplemented(opcode)) }

    private mutating func executeBranch(_ function: UInt32) throws {
        switch function {
        case 0b000: beq()
        case 0b001: bne()
        case 0b100: blt()
        case 0b101: bge()
        case 0b110: bltu()
        case 0b111: bgeu()
        default: throw unimplemented
        }
    }

    private mutating func executeLoad(_ function: UInt32) throws {
        switch function {
        case 0b000: try lb()
        case 0b001: try lh()
        case 0b010: try lw()
        case 0b100: try lbu()
        case 0b101: try lhu()
        default: throw unimplemented
        }
    }

    private mutating func executeStore(_ function: UInt32) throws {
        switch function {
        case 0b000: try sb()
        case 0b001: try sh()
        case 0b010: try sw()
        default: throw unimplemented
        }
    }

    private mutating func executeImmediate(_ function: UInt32) throws {
        switch (function, opcode >> 25) {
        case (0b000, _): addi()
        case (0b010, _): slti()
        case (0b011, _): sltiu()
        case (0b100, _): xori()
        case (0b110, _): ori()
        case (0b111, _): andi()
        case (0b001, 0b0000000): slli()
        case (0b101, 0b0000000): srli()
        case (0b101, 0b0100000): srai()
        default: throw unimplemented
        }
    }

    private mutating func executeOperation(_ function: UInt32) throws {
        switch (opcode >> 25, function) {
        case (0b0000000, 0b000): add()
        case (0b0100000, 0b000): sub()
        case (0b0000000, 0b001): sll()
        case (0b0000000, 0b010): slt()
        case (0b0000000, 0b011): sltu()
        case (0b0000000, 0b100): xor()
        case (0b0000000, 0b101): srl()
        case (0b0100000, 0b101): sra()
        case (0b0000000, 0b110): or()
        case (0b0000000, 0b111): and()
        case (0b0000001, 0b000): mul()
        case (0b0000001, 0b001): mulh()
        case (0b0000001, 0b010): mulhsu()
        case (0b0000001, 0b011): mulhu()
        case (0b0000001, 0b100): div()
        case (0b0000001, 0b101): divu()
        case (0b0000001, 0b110): rem()
        case (0b0000001, 0b111): remu()
        default: throw unimplemented
        }
    }
}
