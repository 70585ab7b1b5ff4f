internal import Dispute
internal import Tapscript

/// The moves of a dispute that take more than a signature.
extension ChallengeWriter {
    /// Writes the check of a move.
    mutating func writeMove(_ kind: ChallengeKind) {
        switch kind {
        case .claim: writeClaim()
        case .doubt:
            assembler.verifyEqual(digits(.lastStep), .move, digits(.doubtedLastStep), .move)
        case .selection(let round): writeSelection(.selection(round: round), round)
        case .readSelection(let round): writeSelection(.readSelection(round: round), round)
        case .readOpening: verifyOpenedStep(.writeStep) { .readSelection(round: $0) }
        case .refuse: writeRefusal()
        case .refuseRead:
            let isSmaller = assembler.isSmaller(
                allDigits { .selection(round: $0) }, .move,
                allDigits { .readSelection(round: $0) }, .move)
            assembler.verify(.move(isSmaller))
        default: preconditionFailure("challenges are no moves")
        }
    }

    /// Demands that the step that the prover signs is the one that the verifier's digits say;
    /// consumes all of them.
    ///
    /// - Parameter selection: The digit of a round.
    mutating func verifyOpenedStep(
        _ step: LeafValue, _ selection: (_ round: Int) -> LeafValue
    ) {
        let claimed = claimedDigits(digits(step))
        for round in (0..<context.shape.roundCount).reversed() {
            let selected = assembler.joined(digits(selection(round)), .move)
            assembler.verifyNumEqual(.move(claimed[round]), .move(selected))
        }
    }

    private func allDigits(_ selection: (_ round: Int) -> LeafValue) -> Items {
        (0..<context.shape.roundCount).reduce(.none) { $0 + digits(selection($1)) }
    }

    /// Demands that the claimed last step is 1 to the limit.
    private mutating func writeClaim() {
        let step = digits(.lastStep)
        let limit = Digits.of(context.stepLimit)
        let first = limit.firstIndex { $0 != 0 } ?? 0
        assembler.verifyConstant(step[0..<first], Array(repeating: 0, count: first))
        var isInside: Item?
        for index in (first..<step.count).reversed() {
            // The lower digits may be as large as the limit's if this one is.
            let bound =
                isInside.map { assembler.add(.move($0), .number(limit[index])) }
                ?? assembler.number(limit[index] + 1)
            isInside = assembler.isLess(.copy(step[index]), .move(bound))
        }
        let isAny = assembler.isAnySet(step[first..<step.count])
        assembler.verify(.move(isAny))
        if let isInside { assembler.verify(.move(isInside)) }
    }

    /// Demands that a digit is one of those that its round can choose from.
    private mutating func writeSelection(_ value: LeafValue, _ round: Int) {
        let limit = context.shape.digitLimit(ofRound: round)
        let selection = assembler.joined(digits(value), .move)
        assembler.verify(.move(assembler.isLess(.move(selection), .number(Int64(limit)))))
    }

    /// Demands that the selected step is not before the claimed last one.
    private mutating func writeRefusal() {
        let claimed = claimedDigits(digits(.lastStep))
        var isSmaller: Item?
        for round in (0..<context.shape.roundCount).reversed() {
            let selected = assembler.joined(digits(.selection(round: round)), .move)
            let limit = isSmaller.map { assembler.add(.move($0), .move(claimed[round])) }
            isSmaller = assembler.isLess(.move(selected), .move(limit ?? claimed[round]))
        }
        guard let isSmaller else { return }
        assembler.verify(.move(assembler.not(.move(isSmaller))))
    }

    /// A step as one number for each round of the search; fails if it is beyond the search.
    private mutating func claimedDigits(_ step: Items) -> [Item] {
        let shape = context.shape
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
