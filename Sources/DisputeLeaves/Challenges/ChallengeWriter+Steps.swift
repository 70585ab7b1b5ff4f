internal import Dispute
internal import Tapscript

extension ChallengeWriter {
    // MARK: Equivocation

    /// Demands that the hash of an opening is the one of a round and an index; consumes the step.
    ///
    /// The hash after step s is published in the round of the last digit of s that is not 0, so
    /// the bits of s from that digit down are known, and those above it are not looked at.
    mutating func verifyStep(
        _ value: LeafValue, _ kind: Equivocation.Kind, round: Int, index: Int
    ) {
        let shape = context.shape
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
}
