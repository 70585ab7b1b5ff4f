internal import RiscV

/// Instructions between registers, and jumps: chapters 2 and 12 of the ISA manual.
extension SlowMachine {
    mutating func lui() { upper(immediateU) }
    mutating func auipc() { upper(pc &+ immediateU) }

    mutating func jal() {
        let target = pc &+ immediateJ
        if rd != 0 { write(rd, pc &+ 4) }
        pc = target
    }

    mutating func jalr() {
        let target = (readFirst(rs1) &+ immediateI) / 2 * 2
        if rd != 0 { write(rd, pc &+ 4) }
        pc = target
    }

    mutating func beq() { branch { $0 == $1 } }
    mutating func bne() { branch { $0 != $1 } }
    mutating func blt() { branch { Int32(bitPattern: $0) < Int32(bitPattern: $1) } }
    mutating func bge() { branch { Int32(bitPattern: $0) >= Int32(bitPattern: $1) } }
    mutating func bltu() { branch { $0 < $1 } }
    mutating func bgeu() { branch { $0 >= $1 } }

    mutating func addi() { immediate { $0 &+ $1 } }
    mutating func slti() { immediate { Int32(bitPattern: $0) < Int32(bitPattern: $1) ? 1 : 0 } }
    mutating func sltiu() { immediate { $0 < $1 ? 1 : 0 } }
    mutating func xori() { immediate { $0 ^ $1 } }
    mutating func ori() { immediate { $0 | $1 } }
    mutating func andi() { immediate { $0 & $1 } }
    mutating func slli() { immediate { $0 << ($1 % 32) } }
    mutating func srli() { immediate { $0 >> ($1 % 32) } }
    mutating func srai() {
        immediate { UInt32(bitPattern: Int32(bitPattern: $0) >> Int32($1 % 32)) }
    }

    mutating func add() { operation { $0 &+ $1 } }
    mutating func sub() { operation { $0 &- $1 } }
    mutating func sll() { operation { $0 << ($1 % 32) } }
    mutating func slt() { operation { Int32(bitPattern: $0) < Int32(bitPattern: $1) ? 1 : 0 } }
    mutating func sltu() { operation { $0 < $1 ? 1 : 0 } }
    mutating func xor() { operation { $0 ^ $1 } }
    mutating func srl() { operation { $0 >> ($1 % 32) } }
    mutating func sra() {
        operation { UInt32(bitPattern: Int32(bitPattern: $0) >> Int32($1 % 32)) }
    }
    mutating func or() { operation { $0 | $1 } }
    mutating func and() { operation { $0 & $1 } }

    mutating func mul() { operation { $0.multipliedFullWidth(by: $1).low } }
    mutating func mulh() {
        operation {
            let high = Int32(bitPattern: $0).multipliedFullWidth(by: Int32(bitPattern: $1)).high
            return UInt32(bitPattern: high)
        }
    }
    mutating func mulhsu() {
        operation {
            let high = $0.multipliedFullWidth(by: $1).high
            return Int32(bitPattern: $0) < 0 ? high &- $1 : high
        }
    }
    mutating func mulhu() { operation { $0.multipliedFullWidth(by: $1).high } }

    mutating func div() { division(keepsQuotient: .yes) { Self.signedDivision($0, $1) } }
    mutating func divu() { division(keepsQuotient: .yes) { Self.unsignedDivision($0, $1) } }
    mutating func rem() { division(keepsQuotient: .no) { Self.signedDivision($0, $1) } }
    mutating func remu() { division(keepsQuotient: .no) { Self.unsignedDivision($0, $1) } }

    mutating func fence() { goOn() }
    mutating func ebreak() { goOn() }

    mutating func ecall() {
        guard registers[17] == 93 else { return goOn() }
        _ = readFirst(17)
        write(10, readSecond(10))
        ending = .halt(returnValue: registers[10], step: step)
    }

    enum Quotient {
        case yes, no
    }

    private mutating func upper(_ value: UInt32) {
        if rd != 0 { write(rd, value) }
        goOn()
    }

    private mutating func branch(_ isTaken: (UInt32, UInt32) -> Bool) {
        let distance = immediateB
        if isTaken(readFirst(rs1), readSecond(rs2)) { pc &+= distance } else { goOn() }
    }

    private mutating func immediate(_ compute: (UInt32, UInt32) -> UInt32) {
        if rd != 0 { write(rd, compute(readFirst(rs1), immediateI)) }
        goOn()
    }

    private mutating func operation(_ compute: (UInt32, UInt32) -> UInt32) {
        if rd != 0 { write(rd, compute(readFirst(rs1), readSecond(rs2))) }
        goOn()
    }

    private mutating func division(
        keepsQuotient: Quotient, _ divide: (UInt32, UInt32) -> (UInt32, UInt32)
    ) {
        if rd != 0 {
            let (quotient, remainder) = divide(readFirst(rs1), readSecond(rs2))
            write(rd, keepsQuotient == .yes ? quotient : remainder)
            row.witness = keepsQuotient == .yes ? remainder : quotient
        }
        goOn()
    }

    private static func unsignedDivision(_ left: UInt32, _ right: UInt32) -> (UInt32, UInt32) {
        right == 0 ? (0xFFFF_FFFF, left) : (left / right, left % right)
    }

    private static func signedDivision(_ left: UInt32, _ right: UInt32) -> (UInt32, UInt32) {
        if right == 0 { return (0xFFFF_FFFF, left) }
        // In 64 bits the only overflow of the manual's table 11 does not exist.
        let (dividend, divisor) = (Int64(Int32(bitPattern: left)), Int64(Int32(bitPattern: right)))
        return (
            UInt32(truncatingIfNeeded: dividend / divisor),
            UInt32(truncatingIfNeeded: dividend % divisor)
        )
    }
}
