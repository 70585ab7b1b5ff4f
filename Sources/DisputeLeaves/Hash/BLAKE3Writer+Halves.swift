internal import Bitcoin
internal import Tapscript

extension BLAKE3Writer {
    /// How far an exclusive or is rotated to the right.
    enum Rotation: Int {
        case sixteen = 16
        case twelve = 12
        case eight = 8
        case seven = 7
    }

    /// The words of a quarter of G: `sum += addend + message; mixed = (mixed ^ sum) >>> rotation`.
    struct Half {
        let sum: Int
        let addend: Int
        let mixed: Int
        let rotation: Rotation
        /// Index of a word of the message that is not zero.
        var message: Int?
    }

    /// Digits of a word of the message that can be other than zero.
    static func digitCount(ofMessageWord word: Int) -> Int {
        switch word {
        case ..<8: 8
        case 8: 2
        default: 0
        }
    }

    /// Which digit of the message, in the order of bytes, is at a place of a word.
    static func messageDigit(word: Int, place: Int) -> Int {
        8 * word + (place ^ 1)
    }

    /// Writes a quarter of G.
    mutating func write(_ half: Half) {
        push(half.message == nil ? Self.noCarry : 0)
        for place in 0..<8 {
            addDigits(half, place)
            // carry, sum
            emit(.twoDup, .add, .pick)
            // carry, sum, low digit
            move(Digit(half.mixed, place), above: 3)
            emit(.over, .add)
            let isLast = place == 7
            if half.rotation == .seven {
                shiftLeft(isFirst: place == 0 ? .first : .later)
            } else {
                emit(.pick)
            }
            emit(.twoSwap)
            if isLast { emit(.twoDrop) } else { emit(.add, .pick) }
            let lowered = half.rotation == .seven ? 2 : half.rotation.rawValue / 4
            keep(Digit(half.sum, place), Digit(half.mixed, place - lowered))
        }
        if half.rotation == .seven { closeShift(of: half.mixed) }
    }

    /// Writes the sum of a quarter of G whose exclusive or nobody needs.
    mutating func writeSumOnly(_ half: Half) {
        push(half.message == nil ? Self.noCarry : 0)
        for place in 0..<8 {
            addDigits(half, place)
            emit(.twoDup, .add, .pick)
            if place == 7 { emit(.nip, .nip) } else { emit(.rot, .rot, .add, .pick) }
            keep(Digit(half.sum, place))
        }
    }

    /// From a carry to the carry and the sum that goes with it.
    private mutating func addDigits(_ half: Half, _ place: Int) {
        move(Digit(half.sum, place), above: 1)
        copy(Digit(half.addend, place), above: 2)
        emit(.add)
        guard let word = half.message else { return }
        emit(.pick)
        if place < Self.digitCount(ofMessageWord: word) {
            let digit = Self.messageDigit(word: word, place: place)
            copyFromTables(messageDepths[digit], above: 2)
            emit(.add)
        }
    }

    private enum ShiftedDigit {
        case first
        case later
    }

    /// From the sum of two codes to their exclusive or, shifted left by the bit that the digit
    /// before has left on the altstack.
    private mutating func shiftLeft(isFirst digit: ShiftedDigit) {
        switch digit {
        case .first: push(0)
        case .later: emit(.fromAltStack)
        }
        emit(.over, .pick, .add, .swap, .pick, .toAltStack)
    }

    /// Gives the bit of the highest digit to the lowest, which went on as place 6.
    private mutating func closeShift(of word: Int) {
        let digit = Digit(word, 6)
        emit(.fromAltStack)
        move(digit, above: 1)
        emit(.add)
        keep(digit)
    }
}
