import Bitcoin
import RiscV
import Tapscript

/// Addresses by which rows name registers: F0000000 plus four times the index.
extension RowChecks {
    /// Fails unless the upper six digits of an address are those of registers.
    mutating func verifyRegisterPrefix(_ field: RowField) {
        // The top digit is at most 15, so the difference is 15 only if all others are 0.
        var sum = digit(field, 2)
        assembler.move(sum)
        for index in 3...6 {
            sum = add(.move(sum), move(field, index))
        }
        verifyEqual(.move(subtract(move(field, 7), .move(sum))), 15)
    }

    /// Fails unless an address is that of a given register.
    mutating func verifyRegister(_ field: RowField, is index: Int64) {
        verify(field, 0, is: (index * 4) & 15)
        verify(field, 1, is: (index * 4) >> 4)
        verifyRegisterPrefix(field)
    }

    /// Fails unless the low byte of an address belongs to a register of which the opcode has the
    /// upper four bits in one digit and the lowest bit in the next, above three fixed bits.
    ///
    /// - Parameters:
    ///   - high: Place of the first digit in the opcode.
    ///   - fixedBits: What the three lower bits of the second digit must be.
    mutating func verifyRegisterByte(_ field: RowField, high: Int, fixedBits: Int64) {
        // The byte is 8 * high + 4 * bit, the second digit 8 * bit + fixed.
        assembler.move(digit(field, 1))
        var sum = scale(digit(field, 1), 1)
        sum = scale(subtract(.move(sum), move(.opcode, high)), 3)
        sum = add(.move(sum), move(field, 0))
        let distance = absolute(subtract(.copy(sum), 2))
        verifyEqual(.move(distance), 2)
        sum = scale(sum, 1)
        if fixedBits != 0 {
            sum = add(.move(sum), .number(fixedBits))
        }
        verifyEqual(.move(sum), move(.opcode, high - 1))
    }

    /// Fails unless an address is that of register rs1.
    mutating func verifyFirstSource(_ step: InstructionStep) {
        verifyRegisterByte(.firstAddress, high: 4, fixedBits: step.function)
        verifyRegisterPrefix(.firstAddress)
    }

    /// Fails unless the write is to register rd and rd is not 0.
    mutating func verifyDestination(_ step: InstructionStep) {
        let sum = digitSum(.writeAddress, 0..<2)
        assembler.verify(.move(sum))
        verifyRegisterByte(.writeAddress, high: 2, fixedBits: step.middleBits)
        verifyRegisterPrefix(.writeAddress)
    }

    /// Fails unless the second read is of register rs2.
    ///
    /// - Parameter highBit: Bit 4 of the register's index, known to be 0 or 1, on top.
    mutating func verifySecondSource(highBit: Item) {
        var sum = subtract(.move(scale(highBit, 2)), move(.secondAddress, 1))
        sum = add(.move(scale(sum, 2)), move(.opcode, 5))
        verifyEqual(.move(scale(sum, 2)), move(.secondAddress, 0))
        verifyRegisterPrefix(.secondAddress)
    }

    /// Bit 0 of a digit of the opcode, which is taken; fails unless its other bits are fixed ones.
    mutating func verifiedBit(_ place: Int, above fixed: Int64) -> Item {
        var bit = digit(.opcode, place)
        assembler.move(bit)
        if fixed != 0 {
            bit = subtract(.move(bit), .number(fixed))
        }
        let copy = assembler.copy(bit)
        let isSet = assembler.isNonZero(.copy(copy))
        verifyEqual(.move(copy), .move(isSet))
        return bit
    }

    /// Fails unless the lower three bits of a digit are fixed ones; the digit stays.
    mutating func verifyLowBits(_ place: Int, are fixedBits: Int64) {
        let distance = absolute(subtract(copy(.opcode, place), .number(fixedBits + 4)))
        verifyEqual(.move(distance), 4)
    }

    /// Fails unless the kinds of the three accesses are these.
    mutating func verifyKinds(
        _ first: MemoryWitness.Kind, _ second: MemoryWitness.Kind, _ write: MemoryWitness.Kind
    ) {
        let byte = Int64(MemoryWitness(first, second, write).byte)
        verify(.memoryWitness, 0, is: byte & 15)
        verify(.memoryWitness, 1, is: byte >> 4)
    }

    /// Fails unless the micro counters are these.
    mutating func verifyMicros(_ before: Int, _ after: Int) {
        verify(.readMicro, 0, is: Int64(before))
        verify(.nextMicro, 0, is: Int64(after))
    }
}
