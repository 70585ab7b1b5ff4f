import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// What the opcode of a store says, taken apart.
    private struct StoreOpcode {
        /// Whether the immediate is negative.
        let sign: Item
        /// Bit 4 of the index of rs2.
        let registerBit: Item
        /// Bit 0 of the immediate.
        let lowestBit: Item
    }

    /// The steps of a store.
    mutating func writeStore(_ step: InstructionStep) {
        verify(.opcode, 0, is: step.lowestDigit)
        switch step.micro {
        case 2, 6:
            verifyMicros(step.micro, step.micro + 1)
            verifyLowBits(3, are: step.function)
            verifyLowBits(1, are: step.middleBits)
            writeJoin()
        case 1, 5: writeStoredPart(step)
        case 3, 7: writeToMemory(step)
        default:
            if step.code == .sw0 {
                writeAlignedWord(step)
            } else {
                writeKeptPart(step)
            }
        }
    }

    private mutating func storeOpcode(_ step: InstructionStep) -> StoreOpcode {
        let sign = highBit(.opcode, 7)
        let registerBit = lowestBit(assembler.copy(digit(.opcode, 6)))
        verifyLowBits(1, are: step.middleBits)
        let lowestBit = highBit(.opcode, 1)
        verifyFirstSource(step)
        return StoreOpcode(sign: sign, registerBit: registerBit, lowestBit: lowestBit)
    }

    private mutating func distance(to target: [Item], _ opcode: StoreOpcode) -> Item {
        let bits = ImmediateDigits.split(
            registerBit: opcode.registerBit, lowestBit: opcode.lowestBit)
        return distance(to: target, bits, sign: opcode.sign)
    }

    // MARK: Micro-steps 0 and 4

    /// AUX1 takes the bytes of a word that stay.
    private mutating func writeKeptPart(_ step: InstructionStep) {
        verifyMicros(step.micro, step.micro + 1)
        verifyKinds(.register, .memory, .register)
        verifyRegister(.writeAddress, is: Auxiliary.first)
        let opcode = storeOpcode(step)
        verifyAligned(.secondAddress)
        let word = digits(.secondAddress, 0..<8)
        var alignment = distance(to: word, opcode)
        if step.code == .sh4 {
            verifyEqual(.move(alignment), -1)
            expectZero(.writeValue, 0..<2)
            for index in 2..<8 {
                verifyEqual(move(.secondValue, index), move(.writeValue, index))
            }
        } else {
            if step.micro == 4 {
                alignment = add(.move(alignment), 4)
            }
            verifyAlignment(alignment, from: step.micro == 4 ? 1 : 0)
            // Byte k stays if the entry at k + 3 - alignment says so.
            let count = step.accessByteCount
            let mask =
                step.micro == 4
                ? [0, 0, 0, 15, 15, 15]
                : [15, 15, 15] + [Int64](repeating: 0, count: count)
                    + [Int64](repeating: 15, count: 4 - count)
            verifyKept(mask, from: subtract(3, .move(alignment)))
        }
        verifyStaying()
    }

    /// Fails unless the written value is the second one with some bytes cleared.
    ///
    /// - Parameters:
    ///   - mask: 15 or 0 for bytes.
    ///   - start: Which entry belongs to the lowest byte.
    private mutating func verifyKept(_ mask: [Int64], from start: Item) {
        let table = assembler.table("mask", mask)
        for byte in 0..<4 {
            let entry = assembler.lookup(table, .copy(start), offset: byte)
            let low = assembler.apply(.min, [move(.secondValue, 2 * byte), .copy(entry)])[0]
            verifyEqual(.move(low), move(.writeValue, 2 * byte))
            let high = assembler.minimum(.move(entry), move(.secondValue, 2 * byte + 1))
            verifyEqual(.move(high), move(.writeValue, 2 * byte + 1))
        }
    }

    /// SW: an aligned word is stored at once, else AUX1 takes the bytes that stay.
    private mutating func writeAlignedWord(_ step: InstructionStep) {
        verify(.readMicro, 0, is: 0)
        // The kinds are 01 or 04, and tell which of two addresses is which.
        let kinds = subtract(move(.memoryWitness, 0), 1)
        let isInParts = assembler.isNonZero(.copy(kinds), as: "in parts")
        let three = subtract(.move(scale(assembler.copy(isInParts), 2)), .copy(isInParts))
        verifyEqual(.move(three), .move(kinds))
        verify(.memoryWitness, 1, is: 0)
        let opcode = storeOpcode(step)
        let (memory, register) = storeAddresses(isInParts)
        verifyAligned(memory[0])
        verifyRegisterOfWord(register, opcode, isInParts)
        let alignment = distance(to: memory, opcode)
        verifyAlignment(alignment, from: 0)
        let isUnaligned = assembler.isNonZero(.copy(alignment))
        verifyEqual(.move(isUnaligned), .copy(isInParts))
        verifyEqual(.copy(isInParts), move(.nextMicro, 0))
        verifyStaying(.copy(isInParts))
        // Byte k stays if it is below the alignment, where 0 counts as 4.
        assembler.move(isInParts)
        let start = subtract(.move(scale(isInParts, 2)), .move(alignment))
        verifyKept([15, 15, 15, 15, 0, 0, 0], from: start)
    }

    /// The second read's address and the write's: of memory and of a register, or the other way
    /// round.
    private mutating func storeAddresses(
        _ isInParts: Item
    ) -> (memory: [Item], register: [Item]) {
        var memory: [Item] = []
        var register: [Item] = []
        for index in 0..<8 {
            let second = digit(.secondAddress, index)
            let write = digit(.writeAddress, index)
            let copies = assembler.copy(Items([second, write]))
            let chosen = choose(copies[0], copies[1], .copy(isInParts))
            let sum = add(move(.secondAddress, index), .move(write))
            register.append(subtract(.move(sum), .copy(chosen)))
            memory.append(chosen)
        }
        return (memory, register)
    }

    /// Fails unless an address is that of rs2, or that of AUX1 for 1.
    private mutating func verifyRegisterOfWord(
        _ address: [Item], _ opcode: StoreOpcode, _ isInParts: Item
    ) {
        assembler.move(address[2])
        let zeros = plus(address[2], (3...6).map { .plus(.move(address[$0])) })
        verifyEqual(.move(subtract(.move(address[7]), .move(zeros))), 15)
        let auxiliary = assembler.number(Auxiliary.first * 4)
        let high = scale(assembler.copy(opcode.registerBit), 4)
        let index = add(.move(high), move(.opcode, 5))
        let byte = scale(index, 2)
        let expected = choose(auxiliary, byte, .copy(isInParts))
        verifyEqual(.move(number(of: [address[1], address[0]])), .move(expected))
    }

    // MARK: Micro-steps 1 and 5

    /// AUX2 takes the bytes that are stored, shifted into place.
    private mutating func writeStoredPart(_ step: InstructionStep) {
        verifyMicros(step.micro, step.micro + 1)
        verifyKinds(.register, .register, .register)
        verifyRegister(.writeAddress, is: Auxiliary.second)
        let opcode = storeOpcode(step)
        assembler.drop(opcode.sign)
        // Only the lowest two bits of the address are needed.
        assembler.move(digit(.opcode, 2))
        let low = scale(digit(.opcode, 2), 1)
        let sum = plus(low, [.plus(.move(opcode.lowestBit)), .plus(move(.firstValue, 0))])
        let alignment = reduced(sum, byPowers: [5, 4, 3, 2])
        assembler.move(opcode.registerBit)
        verifySecondSource(highBit: opcode.registerBit)
        if step.code == .sh5 {
            verifyEqual(.move(alignment), 3)
            verifyEqual(move(.secondValue, 2), move(.writeValue, 0))
            verifyEqual(move(.secondValue, 3), move(.writeValue, 1))
            expectZero(.writeValue, 2..<8)
        } else {
            if step.isOf(.sw0) {
                assembler.verify(.copy(alignment))
            }
            verifyShiftedPart(step, scale(alignment, 1))
        }
        verifyStaying()
    }

    /// Fails unless the written value is the second one, cut to its bytes and shifted.
    ///
    /// - Parameter digitCount: By how many digits micro-step 1 shifts up; 5 shifts down by the rest of 8.
    private mutating func verifyShiftedPart(_ step: InstructionStep, _ digitCount: Item) {
        let valueCount = 2 * step.accessByteCount
        let value = digits(.secondValue, 0..<valueCount)
        let isFirst = step.micro == 1
        let above = (0..<(isFirst ? 8 - valueCount : 6)).map { _ in assembler.number(0) }
        assembler.move(Items(value.reversed()))
        let below = (0..<(isFirst ? 6 : 0)).map { _ in assembler.number(0) }
        let window = Table(Items(below.reversed() + value + above.reversed()))
        let start = subtract(isFirst ? 6 : 8, .move(digitCount))
        for index in 0..<8 {
            let moved = assembler.lookup(window, .copy(start), offset: index)
            verifyEqual(.move(moved), move(.writeValue, index))
        }
    }

    // MARK: Micro-steps 3 and 7

    /// AUX1 is stored.
    private mutating func writeToMemory(_ step: InstructionStep) {
        verify(.readMicro, 0, is: Int64(step.micro))
        verifyKinds(.register, .register, .memory)
        verifyRegister(.secondAddress, is: Auxiliary.first)
        let opcode = storeOpcode(step)
        verifyAligned(.writeAddress)
        let word = digits(.writeAddress, 0..<8)
        let alignment = distance(to: word, opcode)
        verifyEqual(.secondValue, .writeValue)
        switch step.code {
        case .sh7:
            verifyEqual(.move(alignment), -1)
            verify(.nextMicro, 0, is: 0)
            verifyFollowing()
        case .sw7:
            verifyAlignment(add(.move(alignment), 4), from: 1)
            verify(.nextMicro, 0, is: 0)
            verifyFollowing()
        case .sb3:
            verifyAlignment(alignment, from: 0)
            verify(.nextMicro, 0, is: 0)
            verifyFollowing()
        case .sw3:
            verifyAlignment(alignment, from: 1)
            verify(.nextMicro, 0, is: 4)
            verifyStaying()
        default:
            verifyAlignment(alignment, from: 0)
            let crosses = isEqual(.move(alignment), 3)
            verifyEqual(.move(scale(assembler.copy(crosses), 2)), move(.nextMicro, 0))
            verifyStaying(.move(crosses))
        }
    }
}
