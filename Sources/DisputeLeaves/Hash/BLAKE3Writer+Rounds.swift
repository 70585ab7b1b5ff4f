internal import Bitcoin
internal import Tapscript

extension BLAKE3Writer {
    /// Sources: the BLAKE3 paper, 2.2, table 1 and figure 1.
    private static let initial: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
        0x5BE0_CD19,
    ]
    private static let permutation = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]
    /// Counter, length and flags of a single block of 33 bytes: start, end and root.
    private static let last: [UInt32] = [0, 0, 33, 0b1011]
    private static let roundCount = 7

    /// Writes the check that `BLAKE3Fragment` describes.
    mutating func write(_ demand: BLAKE3Fragment.Demand) {
        let tableCount = writeTables()
        var words = Array(0..<16)
        for column in 0..<4 { writeFirst(column, message: words[2 * column]) }
        for round in 0..<Self.roundCount {
            // The column that was written last lies uppermost.
            for column in round == 0 ? [3, 2, 1, 0] : [0, 1, 2, 3] {
                let lines = [column, 4 + column, 8 + column, 12 + column]
                if round > 0 { writeFirstHalf(lines, words[2 * column]) }
                writeSecondHalf(lines, words[2 * column + 1])
            }
            for line in 0..<4 {
                let lines = [
                    line, 4 + (line + 1) % 4, 8 + (line + 2) % 4, 12 + (line + 3) % 4,
                ]
                writeFirstHalf(lines, words[8 + 2 * line])
                // Of the second words only the fifth is in the first 20 bytes.
                let isNeeded = round < Self.roundCount - 1 || lines[1] == 4
                writeSecondHalf(lines, words[9 + 2 * line], isNeeded ? .all : .sumsOnly)
            }
            words = Self.permutation.map { words[$0] }
        }
        compare(demand, tableCount: tableCount)
    }

    private enum Outcome {
        case all
        case sumsOnly
    }

    private func message(_ word: Int) -> Int? {
        Self.digitCount(ofMessageWord: word) > 0 ? word : nil
    }

    private mutating func writeFirstHalf(_ lines: [Int], _ word: Int) {
        write(
            Half(
                sum: lines[0], addend: lines[1], mixed: lines[3], rotation: .sixteen,
                message: message(word)))
        write(Half(sum: lines[2], addend: lines[3], mixed: lines[1], rotation: .twelve))
    }

    private mutating func writeSecondHalf(
        _ lines: [Int], _ word: Int, _ outcome: Outcome = .all
    ) {
        write(
            Half(
                sum: lines[0], addend: lines[1], mixed: lines[3], rotation: .eight,
                message: message(word)))
        let last = Half(sum: lines[2], addend: lines[3], mixed: lines[1], rotation: .seven)
        switch outcome {
        case .all: write(last)
        case .sumsOnly: writeSumOnly(last)
        }
    }

    // MARK: Beginning of the first round

    /// Writes the first half of G on a column that still consists of constants.
    ///
    /// The state is not complete yet: constants make up for the missing items.
    private mutating func writeFirst(_ column: Int, message word: Int) {
        func nibble(_ word: UInt32, _ place: Int) -> Int { Int(word >> (4 * UInt32(place)) & 15) }
        let (a, b, c, d) = (
            Self.initial[column], Self.initial[4 + column], Self.initial[column],
            Self.last[column]
        )
        let sum = a &+ b
        push(0)
        for place in 0..<8 {
            let missing = Self.stateCount - state.count
            copyFromTables(
                messageDepths[Self.messageDigit(word: word, place: place)], above: 1)
            add(Self.plainBase + 2 * nibble(sum, place) + 1 - missing)
            emit(.twoDup, .add, .pick, .dup)
            if nibble(d, place) != 0 {
                add(Self.digit(nibble(d, place)) + 2 - missing)
                emit(.pick)
            }
            closeFirst(isLast: place == 7 ? .last : .inner)
            keep(Digit(column, place), Digit(12 + column, place - 4))
        }
        push(Self.noCarry)
        for place in 0..<8 {
            let missing = Self.stateCount - state.count
            copy(Digit(12 + column, place), above: 1)
            add(Self.digit(nibble(c, place)) + 1 - missing)
            emit(.twoDup, .add, .pick, .dup)
            add(Self.digit(nibble(b, place)) + 2 - missing)
            emit(.pick)
            closeFirst(isLast: place == 7 ? .last : .inner)
            keep(Digit(8 + column, place), Digit(4 + column, place - 3))
        }
    }

    private enum Position {
        case inner
        case last
    }

    private mutating func closeFirst(isLast position: Position) {
        switch position {
        case .inner: emit(.twoSwap, .add, .oneAdd, .pick)
        case .last: emit(.twoSwap, .twoDrop)
        }
    }
}
