import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// The steps of a load.
    mutating func writeLoad(_ step: InstructionStep) {
        verify(.opcode, 0, is: step.lowestDigit)
        switch step.micro {
        case 0: writeFirstWord(step)
        case 1: writeSecondWord(step)
        case 2:
            verifyMicros(2, 3)
            verifyLowBits(3, are: step.function)
            verifyLowBits(1, are: step.middleBits)
            // With register 0 the instruction ends here, as a step without effect.
            let destination = add(move(.opcode, 2), copy(.opcode, 1))
            assembler.verify(.move(destination))
            writeJoin()
        default:
            verifyMicros(3, 0)
            verifyLowBits(3, are: step.function)
            verifyKinds(.register, .unused, .register)
            verifyRegister(.firstAddress, is: Auxiliary.first)
            verifyDestination(step)
            verifyEqual(.firstValue, .writeValue)
            verifyFollowing()
        }
    }

    /// The join of the two auxiliary registers, of which no digit is set in both.
    mutating func writeJoin() {
        verifyKinds(.register, .register, .register)
        verifyRegister(.firstAddress, is: Auxiliary.first)
        verifyRegister(.secondAddress, is: Auxiliary.second)
        verifyRegister(.writeAddress, is: Auxiliary.first)
        for index in 0..<8 {
            let first = digit(.firstValue, index)
            let second = digit(.secondValue, index)
            assembler.move(Items([first, second]))
            let common = assembler.apply(.min, [.copy(first), .copy(second)])[0]
            assembler.verify(.move(not(common)))
            verifyEqual(.move(add(.move(first), .move(second))), move(.writeValue, index))
        }
        verifyStaying()
    }

    /// The first step: the only one unless the access crosses into a second word.
    private mutating func writeFirstWord(_ step: InstructionStep) {
        verify(.readMicro, 0, is: 0)
        let sign = highBit(.opcode, 7)
        verifyFirstSource(step)
        verifyAligned(.secondAddress)
        let word = digits(.secondAddress, 0..<8)
        let alignment = distance(to: word, .upper, sign: sign)
        assembler.rename(alignment, as: "alignment")
        verifyAlignment(alignment, from: 0)
        let largestFitting = Int64(4 - step.accessByteCount)
        var crosses: Item?
        if largestFitting < 3 && step.definition.microCount > 1 {
            let flag = isGreater(.copy(alignment), .number(largestFitting))
            assembler.rename(flag, as: "crosses")
            crosses = flag
        }
        let isDropped = verifyLoadTarget(step, crosses)
        verify(.memoryWitness, 1, is: 0)
        let kinds = add(.move(scale(assembler.copy(isDropped), 1)), 4)
        verifyEqual(.move(kinds), move(.memoryWitness, 0))
        // A value that goes nowhere is read from the zeros behind the word.
        assembler.move(isDropped)
        let words = add(.move(scale(isDropped, 2)), .move(alignment))
        let start = scale(words, 1)
        verifyLoadedValue(step, start)
        if let crosses {
            verifyEqual(.copy(crosses), move(.nextMicro, 0))
            verifyStaying(.move(crosses))
        } else {
            verify(.nextMicro, 0, is: 0)
            verifyFollowing()
        }
    }

    /// Fails unless an address less its word is at least `lowest` and below 4; it stays.
    mutating func verifyAlignment(_ alignment: Item, from lowest: Int64) {
        let isWithin = assembler.apply(.within, [.copy(alignment), .number(lowest), 4])[0]
        assembler.verify(.move(isWithin))
    }

    /// The write address: AUX1 for the first part of a value, else rd, else nothing.
    ///
    /// - Returns: Whether the value goes nowhere.
    private mutating func verifyLoadTarget(_ step: InstructionStep, _ crosses: Item?) -> Item {
        let isDropped: Item
        if let crosses {
            verifyLowBits(1, are: step.middleBits)
            let bit = digit(.opcode, 1)
            let isZero = not(add(copy(.opcode, 2), .copy(bit)))
            let fits = not(assembler.copy(crosses))
            isDropped = both(isZero, fits)
            assembler.rename(isDropped, as: "dropped")
            // Twice the low byte of the address.
            let auxiliary = assembler.number(Auxiliary.first * 8)
            assembler.move(digit(.opcode, 2))
            let register = add(.move(scale(digit(.opcode, 2), 4)), .move(bit))
            let expected = choose(auxiliary, register, .copy(crosses))
            let byte = number(of: digits(.writeAddress, [1, 0]))
            verifyEqual(.move(scale(byte, 1)), .move(expected))
        } else {
            isDropped = not(digitSum(.writeAddress, 0..<2))
            assembler.rename(isDropped, as: "dropped")
            verifyRegisterByte(.writeAddress, high: 2, fixedBits: step.middleBits)
        }
        let isWritten = subtract(1, .copy(isDropped))
        let sixteen = scale(assembler.copy(isWritten), 4)
        let top = subtract(.move(sixteen), .move(isWritten))
        verifyEqual(.move(top), move(.writeAddress, 7))
        expectZero(.writeAddress, 2..<7)
        return isDropped
    }

    /// Fails unless the bytes of the word from a place on are written.
    private mutating func verifyLoadedValue(_ step: InstructionStep, _ start: Item) {
        let value = digits(.secondValue, 0..<8)
        let padding = (0..<8).map { _ in assembler.number(0) }
        assembler.move(Items(value.reversed()))
        let window = Table(Items(value + padding.reversed()))
        let count = 2 * step.accessByteCount
        for index in 0..<count - 1 {
            let loaded = assembler.lookup(window, .copy(start), offset: index)
            verifyEqual(.move(loaded), move(.writeValue, index))
        }
        let top = assembler.lookup(window, .move(start), offset: count - 1)
        if step.isOf(.lb0, .lh0) {
            let sign = isGreater(.copy(top), 7)
            verifyEqual(.move(top), move(.writeValue, count - 1))
            verifyExtension(from: count, sign)
        } else {
            verifyEqual(.move(top), move(.writeValue, count - 1))
            expectZero(.writeValue, count..<8)
        }
    }

    /// Fails unless the upper digits of the written value are all 15 for 1 and all 0 for 0.
    private mutating func verifyExtension(from lowest: Int, _ sign: Item) {
        assembler.move(digit(.writeValue, lowest))
        let sum = plus(
            digit(.writeValue, lowest),
            (lowest + 1..<8).map { .plus(move(.writeValue, $0)) })
        let expected = choose(Int64(15 * (8 - lowest)), orElse: 0, .move(sign))
        verifyEqual(.move(sum), .move(expected))
    }

    /// The step that reads the second word.
    private mutating func writeSecondWord(_ step: InstructionStep) {
        verifyMicros(1, 2)
        verifyKinds(.register, .memory, .register)
        let sign = highBit(.opcode, 7)
        verifyFirstSource(step)
        verifyLowBits(1, are: step.middleBits)
        verifyRegister(.writeAddress, is: Auxiliary.second)
        verifyAligned(.secondAddress)
        let word = digits(.secondAddress, 0..<8)
        let distance = distance(to: word, .upper, sign: sign)
        if step.isOf(.lw0) {
            let alignment = add(.move(distance), 4)
            verifyAlignment(alignment, from: 1)
            let start = scale(alignment, 1)
            let value = digits(.secondValue, 0..<8)
            assembler.move(Items(value.reversed()))
            let padding = (0..<6).map { _ in assembler.number(0) }
            let window = Table(Items(padding.reversed() + value))
            for index in 0..<8 {
                let moved = assembler.lookup(window, .copy(start), offset: index - 2)
                verifyEqual(.move(moved), move(.writeValue, index))
            }
        } else {
            // A half-word crosses at alignment 3 only.
            verifyEqual(.move(distance), -1)
            expectZero(.writeValue, 0..<2)
            if step.isOf(.lh0) {
                let isNegative = highBit(.secondValue, 1)
                verifyExtension(from: 4, isNegative)
            } else {
                expectZero(.writeValue, 4..<8)
            }
            verifyEqual(move(.secondValue, 0), move(.writeValue, 2))
            verifyEqual(move(.secondValue, 1), move(.writeValue, 3))
        }
        verifyStaying()
    }
}

/// Registers that only micro-steps use.
enum Auxiliary {
    static let first: Int64 = 32
    static let second: Int64 = 33
}
