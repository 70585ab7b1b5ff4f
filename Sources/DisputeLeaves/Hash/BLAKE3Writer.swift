internal import Bitcoin
internal import Tapscript

/// Writes the compression of one block as instructions.
///
/// The stack above the tables always holds `stateCount` digits when a table is read, so that a
/// value that was read is already the distance to what it selects next: reading a table is one
/// PICK. Digits are coded by `NibbleSpread`, with a constant added of which two make the distance
/// to the tables.
struct BLAKE3Writer {
    /// Digits of the sixteen words, and one item that makes `base` even.
    static let stateCount = 129
    /// Tables that lie interleaved; position of each within a row.
    enum Column {
        /// Of an exclusive or, shifted left once.
        static let shifted = 0
        /// Its highest bit.
        static let highest = 1
        /// The exclusive or.
        static let exclusiveOr = 2
        /// The sum as a plain number.
        static let plain = 3
        /// The sum's low digit.
        static let low = 4
        /// The sum's carry.
        static let carry = 5
        static let count = 6
    }
    /// Where the table of sums of codes begins: `bias` twice.
    static let base = stateCount + 3
    /// Added to the code of every digit.
    static let bias = base / 2
    /// Carry of nothing, where sums of codes are looked up.
    static let noCarry = Column.low - Column.exclusiveOr
    /// Where the table of plain sums begins.
    static let plainBase = stateCount + 1 + Column.count * NibbleSpread.sumCount
    /// Plain sums are below this: three digits and a carry of at most 2.
    static let plainSumCount = 48

    /// A digit of the state: word 0 to 15, place 0 (lowest) to 7; the item that is none has word 16.
    struct Digit: Hashable {
        let word: Int
        let place: Int

        init(_ word: Int, _ place: Int) {
            self.word = word
            self.place = place & 7
        }
    }

    /// What was written so far.
    private(set) var instructions: [ScriptStep.Instruction] = []
    /// Digits above the tables, deepest first.
    private(set) var state: [Digit] = []
    /// How many items of the tables lie above a digit of the message.
    var messageDepths: [Int] = []
    /// The same for a digit of the given hash.
    var hashDepths: [Int] = []

    /// A digit as it lies on the stack.
    static func digit(_ nibble: Int) -> Int {
        Column.count * NibbleSpread.code(of: nibble) + bias
    }

    mutating func emit(_ opcodes: Opcode...) {
        for opcode in opcodes { instructions.append(.opcode(opcode)) }
    }

    mutating func push(_ number: Int) {
        instructions.append(.push(ScriptNumber.encode(Int64(number))))
    }

    mutating func add(_ constant: Int) {
        switch constant {
        case 0: return
        case 1: emit(.oneAdd)
        default:
            push(constant)
            emit(.add)
        }
    }

    /// Declares that items on top are these digits from now on.
    mutating func keep(_ digits: Digit...) {
        state += digits
    }

    /// Copies a digit to the top.
    ///
    /// - Parameter above: How many items lie above the state.
    mutating func copy(_ digit: Digit, above: Int) {
        let depth = depth(of: digit, above: above)
        switch depth {
        case 0: emit(.dup)
        case 1: emit(.over)
        default:
            push(depth)
            emit(.pick)
        }
    }

    /// Moves a digit to the top.
    mutating func move(_ digit: Digit, above: Int) {
        let depth = depth(of: digit, above: above)
        state.remove(at: state.count - 1 - (depth - above))
        switch depth {
        case 0: break
        case 1: emit(.swap)
        case 2: emit(.rot)
        default:
            push(depth)
            emit(.roll)
        }
    }

    /// An older digit of the same place lies deeper than a newer one, and is used first.
    private func depth(of digit: Digit, above: Int) -> Int {
        guard let position = state.firstIndex(of: digit) else {
            preconditionFailure("a digit is in the state")
        }
        return state.count - 1 - position + above
    }

    /// Copies an item of the tables to the top.
    mutating func copyFromTables(_ depth: Int, above: Int) {
        push(state.count + above + depth)
        emit(.pick)
    }
}
