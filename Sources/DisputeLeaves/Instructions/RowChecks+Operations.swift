import Bitcoin
import RiscV
import Tapscript

/// How the twelve bits of an immediate lie in the opcode.
enum ImmediateDigits {
    /// In the upper three digits.
    case upper
    /// In digits 7, 6 and 2 and the top of 1, with a register's bit in digit 6.
    case split(registerBit: Item, lowestBit: Item)
}

/// How values are compared.
enum Signedness {
    case signed
    case unsigned
}

extension RowChecks {
    /// Writes the script of a code.
    mutating func write(_ code: StepCode) {
        guard code != .nop else {
            writeNop()
            return
        }
        let step = InstructionStep(code)
        switch step.definition.format {
        case .register, .immediate, .shift: writeOperation(step)
        case .upper: writeUpper(step)
        case .jump, .jumpRegister: writeJump(step)
        case .branch: writeBranch(step)
        case .load: writeLoad(step)
        case .store: writeStore(step)
        case .none: writeCall(step)
        }
        if !step.usesFirstRead {
            expectZero(.firstAddress, .firstValue, .firstLastStep)
        }
        if !step.usesSecondRead {
            expectZero(.secondAddress, .secondValue, .secondLastStep)
        }
        verifyZeros()
    }

    /// Instructions that write a register and do nothing else.
    private mutating func writeOperation(_ step: InstructionStep) {
        let isBetweenRegisters = step.definition.format == .register
        verifyMicros(0, 0)
        verifyKinds(.register, isBetweenRegisters ? .register : .unused, .register)
        verify(.opcode, 0, is: step.lowestDigit)
        verifyDestination(step)
        verifyFirstSource(step)
        if step.definition.format != .immediate {
            verify(.opcode, 7, is: step.highestDigit)
        }
        if isBetweenRegisters {
            verifySecondSource(highBit: verifiedBit(6, above: step.sixthDigit))
        }
        verifyResult(step)
        verifyFollowing()
    }

    private mutating func verifyResult(_ step: InstructionStep) {
        switch step.code {
        case .add: verifySum(.firstValue, .secondValue, is: .writeValue)
        case .sub: verifySum(.writeValue, .secondValue, is: .firstValue)
        case .addi:
            let sign = highBit(.opcode, 7)
            let target = digits(.writeValue, 0..<8)
            assembler.verify(.move(not(distance(to: target, .upper, sign: sign))))
        case .slt: verifyFlag(isFirstLess(.signed))
        case .sltu: verifyFlag(isFirstLess(.unsigned))
        case .slti: verifyFlag(isFirstLessThanImmediate(.signed))
        case .sltiu: verifyFlag(isFirstLessThanImmediate(.unsigned))
        case .and, .or, .xor, .andi, .ori, .xori: verifyLogic(step)
        case .sll, .srl, .sra, .slli, .srli, .srai: verifyShift(step)
        case .mul: verifyLowProduct()
        case .mulh: verifyHighProduct(.signed, .signed)
        case .mulhsu: verifyHighProduct(.signed, .unsigned)
        case .mulhu: verifyHighProduct(.unsigned, .unsigned)
        case .div: verifyQuotient(.writeValue, remainder: .witness, .signed)
        case .divu: verifyQuotient(.writeValue, remainder: .witness, .unsigned)
        case .rem: verifyQuotient(.witness, remainder: .writeValue, .signed)
        case .remu: verifyQuotient(.witness, remainder: .writeValue, .unsigned)
        default: preconditionFailure("an operation has a result")
        }
    }

    /// Fails unless two fields add up to a third, modulo 2^32.
    private mutating func verifySum(_ left: RowField, _ right: RowField, is result: RowField) {
        var sum = add(move(left, 7), move(right, 7))
        sum = wrapped(subtract(.move(sum), move(result, 7)), .above)
        for index in (0..<7).reversed() {
            sum = place(
                sum,
                [
                    .plus(move(left, index)), .plus(move(right, index)),
                    .minus(move(result, index)),
                ])
        }
        assembler.verify(.move(not(sum)))
    }

    /// The first value plus the immediate less a number near to their sum, modulo 2^32.
    ///
    /// - Parameters:
    ///   - target: Digits of the number, by place.
    ///   - sign: Whether the immediate is negative.
    mutating func distance(
        to target: [Item], _ immediate: ImmediateDigits, sign: Item
    ) -> Item {
        var sum = wrapped(subtract(move(.firstValue, 7), .move(target[7])), .either)
        for index in (3..<7).reversed() {
            sum = place(sum, [.plus(move(.firstValue, index)), .minus(.move(target[index]))])
        }
        sum = subtract(.move(sum), .move(sign))
        switch immediate {
        case .upper:
            for index in (0..<3).reversed() {
                sum = place(
                    sum,
                    [
                        .plus(move(.firstValue, index)), .plus(move(.opcode, index + 5)),
                        .minus(.move(target[index])),
                    ])
            }
            return sum
        case .split(let registerBit, let lowestBit):
            sum = place(
                sum,
                [
                    .plus(move(.firstValue, 2)), .plus(move(.opcode, 7)),
                    .minus(.move(target[2])),
                ])
            sum = place(
                sum,
                [
                    .plus(move(.firstValue, 1)), .plus(move(.opcode, 6)),
                    .minus(.move(registerBit)), .minus(.move(target[1])),
                ])
            sum = scale(plus(scale(sum, 3), [.plus(move(.opcode, 2))]), 1)
            return plus(
                sum,
                [
                    .plus(move(.firstValue, 0)), .plus(.move(lowestBit)),
                    .minus(.move(target[0])),
                ])
        }
    }

    /// A number cut to what the places behind it cannot turn to the other side of zero.
    private mutating func clamped(_ item: Item, _ bound: Int64) -> Item {
        let upper = assembler.apply(.min, [.move(item), .number(bound)])[0]
        return assembler.apply(.max, [.move(upper), .number(-bound)])[0]
    }

    /// Whether the first value is less than the second.
    mutating func isFirstLess(_ signedness: Signedness) -> Item {
        var signs: Item?
        if signedness == .signed {
            let second = highBit(.secondValue, 7)
            let first = highBit(.firstValue, 7)
            signs = scale(subtract(.move(second), .move(first)), 1)
        }
        var sum = clamped(subtract(move(.firstValue, 7), move(.secondValue, 7)), 1)
        if let signs {
            sum = add(.move(sum), .move(signs))
        }
        for index in (0..<7).reversed() {
            sum = place(
                sum, [.plus(move(.firstValue, index)), .minus(move(.secondValue, index))])
        }
        return isLess(.move(sum), 0)
    }

    private mutating func isFirstLessThanImmediate(_ signedness: Signedness) -> Item {
        let sign = highBit(.opcode, 7)
        let top: Item
        switch signedness {
        case .signed:
            signTop(.firstValue)
            top = digit(.firstValue, 7)
        case .unsigned:
            let excess = scale(assembler.copy(sign), 4)
            top = subtract(move(.firstValue, 7), .move(excess))
        }
        var sum = clamped(top, 2)
        for index in (3..<7).reversed() {
            sum = place(sum, [.plus(move(.firstValue, index))])
        }
        sum = add(.move(sum), .move(sign))
        for index in (0..<3).reversed() {
            sum = place(
                sum, [.plus(move(.firstValue, index)), .minus(move(.opcode, index + 5))])
        }
        return isLess(.move(sum), 0)
    }

    private mutating func verifyFlag(_ flag: Item) {
        verifyEqual(.move(flag), move(.writeValue, 0))
        expectZero(.writeValue, 1..<8)
    }

    /// LUI and AUIPC.
    private mutating func writeUpper(_ step: InstructionStep) {
        verifyMicros(0, 0)
        verifyKinds(.unused, .unused, .register)
        verify(.opcode, 0, is: step.lowestDigit)
        verifyDestination(step)
        if step.code == .lui {
            for index in 3..<8 {
                verifyEqual(move(.writeValue, index), move(.opcode, index))
            }
            expectZero(.writeValue, 0..<3)
        } else {
            var sum = add(copy(.readAddress, 7), move(.opcode, 7))
            sum = wrapped(subtract(.move(sum), move(.writeValue, 7)), .above)
            for index in (0..<7).reversed() {
                let immediate = index < 3 ? [] : [Term.plus(move(.opcode, index))]
                sum = place(
                    sum,
                    [.plus(copy(.readAddress, index))] + immediate
                        + [.minus(move(.writeValue, index))])
            }
            assembler.verify(.move(not(sum)))
        }
        verifyFollowing()
    }
}
