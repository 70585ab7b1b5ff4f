internal import Bitcoin
internal import Tapscript

extension BLAKE3Writer {
    private static let wordCount = 5

    /// Compares the first words of the hash with the given one and removes everything.
    mutating func compare(_ demand: BLAKE3Fragment.Demand, tableCount: Int) {
        for word in 0..<Self.wordCount {
            for place in 0..<8 {
                writeHashDigit(word, place)
                switch demand {
                case .equal: emit(.equalVerify)
                case .different:
                    emit(.equal)
                    if word + place > 0 { emit(.fromAltStack, .boolAnd) }
                    emit(.toAltStack)
                }
            }
        }
        if demand == .different { emit(.fromAltStack, .not, .verify) }
        let count = state.count + tableCount
        for _ in 0..<count / 2 { emit(.twoDrop) }
        if !count.isMultiple(of: 2) { emit(.drop) }
    }

    /// From the state to a computed and a given digit, both changed by the other half of the hash.
    private mutating func writeHashDigit(_ word: Int, _ place: Int) {
        copy(Digit(word + 8, place), above: 0)
        copy(Digit(word, place), above: 1)
        copyFromTables(hashDepths[Self.messageDigit(word: word, place: place)], above: 2)
        emit(.add, .pick)
    }
}
