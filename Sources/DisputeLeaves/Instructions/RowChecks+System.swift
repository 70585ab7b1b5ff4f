import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// ECALL: its read of a7 tells whether it ends the program, with the value 0 in a0.
    mutating func writeCall(_ step: InstructionStep) {
        let callNumber: Int64 = 93
        verifyMicros(0, 0)
        for index in 0..<8 {
            verify(.opcode, index, is: Int64(step.definition.match >> (4 * UInt32(index)) & 15))
        }
        verifyRegister(.firstAddress, is: 17)
        expectZero(.secondValue, .writeValue)
        verify(.memoryWitness, 1, is: 0)
        var sum = absolute(subtract(move(.firstValue, 0), .number(callNumber & 15)))
        let high = absolute(subtract(move(.firstValue, 1), .number(callNumber >> 4)))
        sum = plus(
            add(.move(sum), .move(high)), (2..<8).map { .plus(move(.firstValue, $0)) })
        let halts = not(sum)
        assembler.rename(halts, as: "halts")
        let continues = subtract(1, .copy(halts))
        assembler.rename(continues, as: "continues")
        let five = add(.move(scale(assembler.copy(continues), 2)), .copy(continues))
        verifyEqual(.move(scale(five, 1)), move(.memoryWitness, 0))
        for field in [RowField.secondAddress, .writeAddress] {
            verifyValueRegister(field, halts)
        }
        // The last step of a0's read is free; that of no read is 0.
        let noLastStep = not(digitSum(.secondLastStep, 0..<16))
        assembler.verify(.move(either(noLastStep, halts)))
        let distance = distanceForward()
        assembler.move(continues)
        verifyEqual(.move(distance), .move(scale(continues, 2)))
    }

    /// Fails unless an address is that of a0, F0000028, for 1, or 0 for 0.
    private mutating func verifyValueRegister(_ field: RowField, _ halts: Item) {
        let two = scale(assembler.copy(halts), 1)
        verifyEqual(.copy(two), move(field, 1))
        verifyEqual(.move(scale(two, 2)), move(field, 0))
        let sixteen = scale(assembler.copy(halts), 4)
        verifyEqual(.move(subtract(.move(sixteen), .copy(halts))), move(field, 7))
        expectZero(field, 2..<7)
    }

    /// Steps without effect: FENCE, EBREAK, register 0 as the only thing that an operation would
    /// write, and the end of a load to register 0 that crosses words.
    mutating func writeNop() {
        verifyKinds(.unused, .unused, .unused)
        verify(.nextMicro, 0, is: 0)
        expectZero(.writeAddress, .writeValue)
        expectZero(.firstAddress, .firstValue, .firstLastStep)
        expectZero(.secondAddress, .secondValue, .secondLastStep)
        verifyFollowing()
        // Bits 11 to 8: of rd, or zero.
        verify(.opcode, 2, is: 0)
        let eight = scale(highBit(.opcode, 3), 3)
        let function = subtract(copy(.opcode, 3), .move(eight))
        assembler.rename(function, as: "funct3")
        let highByte = assembler.copy(digit(.opcode, 1))
        let kind = add(.move(scale(highByte, 4)), copy(.opcode, 0))
        assembler.rename(kind, as: "kind")
        var isNop = isShiftOrImmediate(function, kind)
        for upper: Int64 in [0x37, 0x17] {
            isNop = either(isNop, isEqual(.copy(kind), .number(upper)))
        }
        isNop = either(isNop, isOperation(function, kind))
        isNop = either(isNop, isFence(kind))
        isNop = either(isNop, isBreakpoint(kind))
        isNop = both(isNop, not(assembler.copy(digit(.readMicro, 0))))
        assembler.verify(.move(either(isNop, isEndOfLoad(function, kind))))
        verifyZeros()
    }

    /// Opcode 13: funct3 1 and 5 are shifts, with bits 31 to 25 fixed.
    private mutating func isShiftOrImmediate(_ function: Item, _ kind: Item) -> Item {
        // 1 and 5 are as far from 3.
        let distance = absolute(subtract(.copy(function), 3))
        let isOther = assembler.isNumNotEqual(.move(distance), 2)
        let isLogical = not(assembler.copy(digit(.opcode, 7)))
        let isToTheRight = isEqual(.copy(function), 5)
        let isArithmetic = both(isEqual(copy(.opcode, 7), 4), isToTheRight)
        let isShift = both(either(isLogical, isArithmetic), isLess(copy(.opcode, 6), 2))
        return both(either(isOther, isShift), isEqual(.copy(kind), 0x13))
    }

    /// Opcode 33: funct7 0 and 1 with any funct3, 20 with 0 and 5.
    private mutating func isOperation(_ function: Item, _ kind: Item) -> Item {
        let hasSmall = both(
            not(assembler.copy(digit(.opcode, 7))), isLess(copy(.opcode, 6), 4))
        let hasLarge = both(isEqual(copy(.opcode, 7), 4), isLess(copy(.opcode, 6), 2))
        let isSubOrSra = either(not(assembler.copy(function)), isEqual(.copy(function), 5))
        return both(
            either(hasSmall, both(hasLarge, isSubOrSra)), isEqual(.copy(kind), 0x33))
    }

    /// Opcode F with nothing but the sets of accesses in bits 27 to 20.
    private mutating func isFence(_ kind: Item) -> Item {
        var sum = add(copy(.opcode, 7), copy(.opcode, 4))
        sum = add(.move(sum), copy(.opcode, 3))
        return both(not(sum), isEqual(.copy(kind), 0xF))
    }

    /// The word 00100073.
    private mutating func isBreakpoint(_ kind: Item) -> Item {
        var sum = add(copy(.opcode, 7), copy(.opcode, 6))
        for index in [4, 3] {
            sum = add(.move(sum), copy(.opcode, index))
        }
        let hasZeros = both(not(sum), isEqual(copy(.opcode, 5), 1))
        return both(hasZeros, isEqual(.copy(kind), 0x73))
    }

    /// LH, LHU or LW at micro-step 2.
    private mutating func isEndOfLoad(_ function: Item, _ kind: Item) -> Item {
        let isThird = both(isEqual(copy(.readMicro, 0), 2), isEqual(.move(kind), 3))
        var isCrossing = isEqual(.copy(function), 1)
        for other: Int64 in [2, 5] {
            isCrossing = either(isCrossing, isEqual(.copy(function), .number(other)))
        }
        return both(isThird, isCrossing)
    }
}
