internal import Dispute
internal import Tapscript

extension ChallengeWriter {
    // MARK: Equivocation

    /// Demands that the hash of an opening is the one of a round and an index; consumes the step.
    ///
    /// The hash after step s is published in the round of the last digit of s that is not 0, so
    /// the bits of s from that digit down are known, and those above it are not looked at.
    mutating func verifyStep(
        _ value: ChallengeValue, _ kind: Equivocation.Kind, round: Int, index: Int
    ) {
        let shape = program.shape
        let shift = shape.shift(ofRound: round)
        let hashed = UInt64(index + 1) << UInt64(shift)
        let opened = kind == .stepHash ? hashed : hashed - 1
        let known = shift + shape.digitBitCount(ofRound: round)
        let step = digits(value)
        for (place, digit) in step.reversed().enumerated() {
            let low = 4 * place
            let allowed = (0..<UInt64(16)).filter { digit in
                (0..<4).allSatisfy { bit in
                    let isSet = digit >> UInt64(bit) & 1
                    let position = low + bit
                    if position < known { return isSet == opened >> UInt64(position) & 1 }
                    return position < shape.stepBitCount || isSet == 0
                }
            }
            verify(digit, isOneOf: allowed.map(Int64.init))
        }
    }

    /// - Parameter allowed: Sorted, not empty.
    private mutating func verify(_ digit: Item, isOneOf allowed: [Int64]) {
        guard let first = allowed.first, let last = allowed.last else {
            preconditionFailure("some digit is allowed")
        }
        if allowed.count == 16 {
            assembler.drop(digit)
        } else if allowed.count == 1 {
            assembler.verifyNumEqual(.move(digit), .number(first))
        } else if last - first == Int64(allowed.count - 1) {
            assembler.verify(
                .move(
                    assembler.isWithin(
                        .move(digit), from: .number(first), below: .number(last + 1))))
        } else {
            let flags = allowed.map { assembler.isNumEqual(.copy(digit), .number($0)) }
            assembler.verify(.move(assembler.anyOf(flags)))
            assembler.drop(digit)
        }
    }

    // MARK: Selections

    /// Demands that a digit is one of those that its round can choose from.
    mutating func writeSelection(_ round: Int) {
        let limit = program.shape.digitLimit(ofRound: round)
        let selection = assembler.joined(digits(.selections), .move)
        assembler.verify(.move(assembler.isLess(.move(selection), .number(Int64(limit)))))
    }

    /// Demands that the selected step is not before the claimed last one.
    mutating func writeRefusal() {
        let shape = program.shape
        let selections = digits(.selections)
        let claimed = claimedDigits(digits(.lastStep))
        var isSmaller: Item?
        for round in (0..<shape.roundCount).reversed() {
            let selected = assembler.joined(selections[2 * round..<2 * round + 2], .move)
            let limit = isSmaller.map { assembler.add(.move($0), .move(claimed[round])) }
            isSmaller = assembler.isLess(.move(selected), .move(limit ?? claimed[round]))
        }
        guard let isSmaller else { return }
        assembler.verify(.move(assembler.not(.move(isSmaller))))
    }

    /// A step as one number for each round of the search; fails if it is beyond the search.
    private mutating func claimedDigits(_ step: Items) -> [Item] {
        let shape = program.shape
        let used = (shape.stepBitCount + 3) / 4
        assembler.verifyConstant(
            step[0..<step.count - used], Array(repeating: 0, count: step.count - used))
        var nibbles = step[step.count - used..<step.count].makeIterator()
        var rest = nibbles.next()
        var width = shape.stepBitCount - 4 * (used - 1)
        if let rest, width < 4 {
            assembler.verify(.move(assembler.isLess(.copy(rest), .number(1 << Int64(width)))))
        }
        var digits: [Item] = []
        for round in 0..<shape.roundCount {
            var digit: Item?
            var missing = shape.digitBitCount(ofRound: round)
            while missing > 0, let nibble = rest {
                let count = min(missing, width)
                var part = nibble
                if count < width {
                    part = upperBits(of: nibble, lowerCount: width - count, upperCount: count)
                    let shifted = assembler.shiftLeft(.copy(part), by: width - count)
                    rest = assembler.subtract(.move(nibble), .move(shifted))
                    width -= count
                } else {
                    rest = nibbles.next()
                    width = 4
                }
                if let upper = digit {
                    let shifted = assembler.shiftLeft(.move(upper), by: count)
                    digit = assembler.add(.move(shifted), .move(part))
                } else {
                    digit = part
                }
                missing -= count
            }
            guard let digit else { preconditionFailure("a step has digits for all rounds") }
            digits.append(digit)
        }
        return digits
    }

    /// How often the value of the upper bits goes into a number, which stays.
    private mutating func upperBits(of number: Item, lowerCount: Int, upperCount: Int) -> Item {
        var sum: Item?
        for value in 1..<(1 << upperCount) {
            let flag = assembler.isGreaterOrEqual(
                .copy(number), .number(Int64(value << lowerCount)))
            sum = sum.map { assembler.add(.move($0), .move(flag)) } ?? flag
        }
        guard let sum else { preconditionFailure("a part has bits") }
        return sum
    }
}
