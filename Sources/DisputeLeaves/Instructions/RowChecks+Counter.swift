import Bitcoin
import RiscV
import Tapscript

/// Where the program goes on.
extension RowChecks {
    /// Fails unless the program goes on with the following instruction.
    mutating func verifyFollowing() {
        let distance = distanceForward()
        verifyEqual(.move(distance), 4)
    }

    /// Fails unless the program stays at its instruction.
    mutating func verifyStaying() {
        verifyAligned(.nextAddress)
        verifyEqual(.nextAddress, .readAddress)
    }

    /// Fails unless the program stays for 1, or goes on with the following instruction for 0.
    mutating func verifyStaying(_ flag: Operand) {
        let distance = distanceForward()
        let fours = scale(flagOnTop(flag), 2)
        verifyEqual(.move(subtract(4, .move(fours))), .move(distance))
    }

    private mutating func flagOnTop(_ flag: Operand) -> Item {
        switch flag {
        case .copy(let item): return assembler.copy(item)
        case .move(let item):
            assembler.move(item)
            return item
        default: preconditionFailure("a flag is an item")
        }
    }

    /// The next address, which is aligned, less the present one, of a few bytes.
    mutating func distanceForward() -> Item {
        verifyAligned(.nextAddress)
        return difference(.nextAddress, .readAddress, .below)
    }

    /// JAL and JALR.
    mutating func writeJump(_ step: InstructionStep) {
        let isRelative = step.code == .jal
        verifyMicros(0, 0)
        verify(.opcode, 0, is: step.lowestDigit)
        let links = assembler.isNonZero(.move(digitSum(.writeAddress, 0..<2)), as: "links")
        verifyRegisterByte(.writeAddress, high: 2, fixedBits: step.middleBits)
        expectZero(.writeAddress, 2..<7)
        let mask = subtract(.move(scale(assembler.copy(links), 4)), .copy(links))
        assembler.rename(mask, as: "15 if it links")
        verifyEqual(.copy(mask), move(.writeAddress, 7))
        verify(.memoryWitness, 1, is: isRelative ? 2 : 0)
        let kinds = subtract(.move(subtract(10, .copy(links))), .copy(links))
        verifyEqual(.move(kinds), move(.memoryWitness, 0))
        verifyAligned(.nextAddress)
        verifyLink(links, mask, keepsAddress: isRelative ? .copy : .move)
        if isRelative {
            let distance = jumpDistance()
            let made = difference(.nextAddress, .readAddress, .either)
            verifyEqual(.move(made), .move(distance))
        } else {
            let sign = highBit(.opcode, 7)
            verifyFirstSource(step)
            let target = digits(.nextAddress, 0..<8)
            // The lowest bit of the sum is lost.
            let lost = distance(to: target, .upper, sign: sign)
            let copy = assembler.copy(lost)
            let isOne = assembler.isNonZero(.copy(copy))
            verifyEqual(.move(copy), .move(isOne))
            assembler.drop(lost)
        }
    }

    /// Fails unless the address of the following instruction is written, or 0 without a link.
    private mutating func verifyLink(_ links: Item, _ mask: Item, keepsAddress: Access) {
        var sum: Item?
        for index in (0..<8).reversed() {
            let written: Item
            if let last = sum {
                written = place(last, [.plus(move(.writeValue, index))])
            } else {
                written = digit(.writeValue, index)
                assembler.move(written)
            }
            let address = Operand(digit(.readAddress, index), keepsAddress)
            let masked = assembler.apply(.min, [address, .copy(mask)])[0]
            let rest = subtract(.move(written), .move(masked))
            sum = index == 7 ? wrapped(rest, .below) : rest
        }
        guard let sum else { preconditionFailure("an address has digits") }
        assembler.move(links)
        verifyEqual(.move(sum), .move(scale(links, 2)))
    }

    /// The distance of a JAL.
    private mutating func jumpDistance() -> Item {
        // Digits 7 to 2 of the opcode hold bits 20 10-8, 7-4, 3-1 11, 19-16, 15-12.
        let low = digit(.opcode, 5)
        let bit11 = lowestBit(assembler.copy(low))
        let sign = highBit(.opcode, 7)
        assembler.move(digit(.opcode, 4))
        var sum = digit(.opcode, 4)
        sum = subtract(.move(sum), .move(scale(assembler.copy(sign), 4)))
        sum = place(sum, [.plus(move(.opcode, 3))])
        sum = plus(scale(sum, 1), [.plus(.copy(bit11)), .minus(.move(sign))])
        sum = plus(scale(sum, 3), [.plus(move(.opcode, 7))])
        sum = place(sum, [.plus(move(.opcode, 6))])
        return place(sum, [.plus(.move(low)), .minus(.move(bit11))])
    }

    /// BEQ to BGEU.
    mutating func writeBranch(_ step: InstructionStep) {
        verifyMicros(0, 0)
        verify(.opcode, 0, is: step.lowestDigit)
        verifyKinds(.register, .register, .unused)
        let bit = lowestBit(assembler.copy(digit(.opcode, 6)))
        verifyFirstSource(step)
        verifySecondSource(highBit: assembler.copy(bit))
        expectZero(.writeAddress, .writeValue)
        let isTaken: Item
        switch step.code {
        case .beq: isTaken = not(sumOfDistances())
        case .bne: isTaken = assembler.isNonZero(.move(sumOfDistances()))
        case .blt, .bltu: isTaken = isFirstLess(step.code == .blt ? .signed : .unsigned)
        default: isTaken = not(isFirstLess(step.code == .bge ? .signed : .unsigned))
        }
        let distance = branchDistance(step, registerBit: bit)
        let four = assembler.number(4)
        let chosen = choose(distance, four, .move(isTaken))
        verifyAligned(.nextAddress)
        let made = difference(.nextAddress, .readAddress, .either)
        verifyEqual(.move(made), .move(chosen))
    }

    /// 0 only if the two values that are read are the same.
    private mutating func sumOfDistances() -> Item {
        var sum: Item?
        for index in 0..<8 {
            let distance = absolute(
                subtract(move(.firstValue, index), move(.secondValue, index)))
            sum = sum.map { add(.move($0), .move(distance)) } ?? distance
        }
        guard let sum else { preconditionFailure("a value has digits") }
        return sum
    }

    private mutating func branchDistance(_ step: InstructionStep, registerBit: Item) -> Item {
        // Digits 7, 6 hold bits 12 10-8 and 7-5 with one of rs2; digits 2, 1 bits 4-1 and 11.
        verifyLowBits(1, are: step.middleBits)
        var sum = subtract(move(.opcode, 1), .number(step.middleBits))
        sum = add(.move(sum), copy(.opcode, 7))
        let sign = scale(isGreater(move(.opcode, 7), 7), 3)
        // Bit 12 counts -4096, and not 2048 as a part of its digit.
        let signs = add(.move(scale(assembler.copy(sign), 1)), .move(sign))
        sum = subtract(.move(sum), .move(signs))
        sum = place(sum, [.plus(move(.opcode, 6)), .minus(.move(registerBit))])
        return scale(plus(scale(sum, 3), [.plus(move(.opcode, 2))]), 1)
    }
}
