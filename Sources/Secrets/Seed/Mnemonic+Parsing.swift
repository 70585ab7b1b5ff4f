package import Primitives

extension Mnemonic {
    /// Reads typed words.
    ///
    /// Blanks, tabs and line ends separate words; upper case is taken as lower case.
    ///
    /// - Parameter typed: ASCII; ends at the first zero byte.
    /// - Throws: `wordCount`, else `unknownWords` with all of them, else `mnemonicChecksum`.
    package init(typed: borrowing SecretPage) throws(SecretsError) {
        self = try Self.read(typed)
    }

    private static func read(_ typed: borrowing SecretPage) throws(SecretsError) -> Mnemonic {
        var reader = try WordReader()
        typed.withTypedBytes { bytes in
            for index in bytes.indices {
                reader.read(bytes[index])
            }
        }
        let bits = try reader.finish()
        let entropyByteCount = bits.byteCount - 1
        let entropy = try bits.withBytes { bytes throws(SecretsError) in
            try SecretPage.make(copying: bytes.extracting(first: entropyByteCount))
        }
        let mnemonic = try Mnemonic(entropy: entropy)
        // The checksum has one bit for each 32 bits of entropy.
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (entropyByteCount / 4))
        let given = bits.withBytes { $0[entropyByteCount] }
        guard (mnemonic.firstHashByte ^ given) & mask == 0 else { throw .mnemonicChecksum }
        return mnemonic
    }
}

/// Takes typed letters one by one and keeps what they say on a secret page.
private struct WordReader: ~Copyable {
    private static let letterLimit = EnglishWords.entryByteCount - 1
    private static let wordLimit = 24

    /// The letters of the word being read.
    private var letters: SecretPage
    private var letterCount = 0
    /// Eleven bits for each word.
    private var bits: SecretPage
    private var wordCount = 0
    private var unknown: [Int] = []

    init() throws(SecretsError) {
        // All or nothing: what cannot be copied must not be half initialised on a throw.
        let letters = try SecretPage.make(byteCount: EnglishWords.entryByteCount)
        let bits = try SecretPage.make(byteCount: Self.wordLimit * Mnemonic.bitsPerWord / 8)
        self.letters = letters
        self.bits = bits
    }

    mutating func read(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            endWord()
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            append(byte | 0x20)
        default:
            append(byte)
        }
    }

    private mutating func append(_ letter: UInt8) {
        let index = letterCount
        if index < Self.letterLimit {
            letters.withMutableBytes { $0[index] = letter }
        }
        letterCount += 1
    }

    private mutating func endWord() {
        guard letterCount > 0 else { return }
        let count = letterCount
        if wordCount < Self.wordLimit {
            let entry =
                count <= Self.letterLimit
                ? letters.withBytes { EnglishWords.entry(of: $0.extracting(first: count)) } : nil
            if let entry {
                store(entry)
            } else {
                unknown.append(wordCount)
            }
        }
        letters.wipe()
        letterCount = 0
        wordCount += 1
    }

    private mutating func store(_ entry: Int) {
        let start = wordCount * Mnemonic.bitsPerWord
        bits.withMutableBytes { bits in
            for offset in 0..<Mnemonic.bitsPerWord {
                let bit = UInt8(entry >> (Mnemonic.bitsPerWord - 1 - offset) & 1)
                bits[(start + offset) / 8] |= bit << UInt8(7 - (start + offset) % 8)
            }
        }
    }

    /// The entropy, and one more byte that starts with the checksum.
    mutating func finish() throws(SecretsError) -> SecretPage {
        endWord()
        guard Mnemonic.wordCounts.contains(wordCount) else { throw .wordCount(wordCount) }
        guard unknown.isEmpty else { throw .unknownWords(at: unknown) }
        let byteCount = wordCount * 4 / 3 + 1
        return try bits.withBytes { bits throws(SecretsError) in
            try SecretPage.make(copying: bits.extracting(first: byteCount))
        }
    }
}

extension EnglishWords {
    /// The index of a word, or nil where the list has no such word.
    ///
    /// Looks at every entry whichever is found.
    fileprivate static func entry(of word: Span<UInt8>) -> Int? {
        let wanted = packed(word)
        var found: Int?
        for entry in 0..<count {
            withWord(at: entry) { letters in
                if packed(letters) == wanted { found = entry }
            }
        }
        return found
    }

    /// Up to eight letters as one number.
    private static func packed(_ word: Span<UInt8>) -> UInt64 {
        var number: UInt64 = 0
        for index in word.indices {
            number = number << 8 | UInt64(word[index])
        }
        return number
    }
}
