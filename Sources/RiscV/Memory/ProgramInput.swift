/// What a program is given to read, and where.
package struct ProgramInput: Hashable, Sendable {
    /// In which order the bytes of a word stand in memory.
    package enum ByteOrder: Hashable, Sendable {
        /// As given: the machine reads them as a little-endian word.
        case asGiven
        /// Every four bytes turned round, so that the machine reads the number as it was written.
        case reversedWords
    }

    /// Empty means that memory stays as it is.
    package let bytes: [UInt8]
    /// Name of the section that receives it from its start.
    package let sectionName: String
    /// How it is stored.
    package let byteOrder: ByteOrder

    /// Input for the section that programs conventionally use.
    package init(
        _ bytes: [UInt8], sectionName: String = ".input", byteOrder: ByteOrder = .asGiven
    ) {
        self.bytes = bytes
        self.sectionName = sectionName
        self.byteOrder = byteOrder
    }

    /// The words in memory, the last one filled up with zero bytes.
    var words: [UInt32] {
        let words = Program.words(bytes, count: (bytes.count + 3) / 4)
        switch byteOrder {
        case .asGiven: return words
        case .reversedWords: return words.map(\.byteSwapped)
        }
    }
}
