package import Primitives

/// The words of BIP-39: a person's backup of the seed.
///
/// The words exist as their entropy on a secret page; they are lent out one by one from the
/// constant word list and never put together as a `String`.
package struct Mnemonic: ~Copyable {
    /// How many words a mnemonic may have.
    package static let wordCounts = [12, 15, 18, 21, 24]

    static let bitsPerWord = 11

    /// The entropy and, in one more byte, the first bits of its hash.
    private let page: SecretPage

    /// How many words it has.
    package let wordCount: Int

    /// Takes over 16, 20, 24, 28 or 32 bytes of entropy.
    package init(entropy: consuming SecretPage) throws(SecretsError) {
        let byteCount = entropy.byteCount
        guard byteCount % 4 == 0, (16...32).contains(byteCount) else {
            throw .byteCount(byteCount, allowed: 16...32)
        }
        var page = try SecretPage.make(byteCount: byteCount + 1)
        var digest = try SecretPage.make(byteCount: 32)
        entropy.withBytes { entropy in
            digest.withMutableBytes { SHA256.hash(entropy, into: &$0) }
            page.withMutableBytes { bytes in
                for index in entropy.indices {
                    bytes[index] = entropy[index]
                }
                digest.withBytes { bytes[byteCount] = $0[0] }
            }
        }
        self.page = page
        wordCount = byteCount * 3 / 4
    }

    /// Ends a mixing of randomness with a new mnemonic.
    ///
    /// - Parameter wordCount: One of `wordCounts`.
    package static func generate(
        wordCount: Int, from mixer: consuming EntropyMixer
    ) throws(SecretsError) -> Mnemonic {
        guard wordCounts.contains(wordCount) else { throw .wordCount(wordCount) }
        return try Mnemonic(entropy: try mixer.finish(byteCount: wordCount * 4 / 3))
    }

    /// Lends the words in order, each as lower-case ASCII.
    ///
    /// - Parameter body: Gets the word's index from 0, and its letters in the constant word list.
    package borrowing func forEachWord<Failure: Error>(
        _ body: (Int, Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try page.withBytes { bytes throws(Failure) in
            for wordIndex in 0..<wordCount {
                var entry = 0
                for bitIndex in wordIndex * Self.bitsPerWord..<(wordIndex + 1) * Self.bitsPerWord {
                    entry = entry << 1 | Int(bytes[bitIndex / 8] >> UInt8(7 - bitIndex % 8) & 1)
                }
                try EnglishWords.withWord(at: entry) { word throws(Failure) in
                    try body(wordIndex, word)
                }
            }
        }
    }

    /// The first byte of the entropy's hash, whose first bits are the checksum.
    var firstHashByte: UInt8 {
        page.withBytes { $0[$0.count - 1] }
    }

    /// Lends the entropy, for tests and for a backup in another form.
    package borrowing func withEntropy<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try page.withBytes { bytes throws(Failure) in
            try body(bytes.extracting(first: bytes.count - 1))
        }
    }

    /// The seed without a passphrase.
    package borrowing func seed() throws(SecretsError) -> Seed {
        try seed(passphrase: try SecretPage.make(byteCount: 1))
    }

    /// The seed of BIP-39: PBKDF2-HMAC-SHA512, 2048 iterations, salt `mnemonic ‖ passphrase`.
    ///
    /// - Parameter passphrase: Printable ASCII, so that no Unicode normalisation can change it;
    ///   ends at the first zero byte.
    package borrowing func seed(
        passphrase: borrowing SecretPage
    ) throws(SecretsError) -> Seed {
        var sentence = try SecretBuffer(capacity: wordCount * EnglishWords.entryByteCount)
        forEachWord { wordIndex, word in
            if wordIndex > 0 { sentence.append(UInt8(ascii: " ")) }
            sentence.append(word)
        }
        let prefix = Array("mnemonic".utf8)
        var salt = try SecretBuffer(capacity: prefix.count + passphrase.byteCount)
        salt.append(prefix)
        try passphrase.withTypedBytes { bytes throws(SecretsError) in
            for index in bytes.indices where !(0x20...0x7E).contains(bytes[index]) {
                throw .passphraseNotASCII(at: index)
            }
            salt.append(bytes)
        }
        var seed = try SecretPage.make(byteCount: Seed.byteCount)
        sentence.withBytes { sentence in
            salt.withBytes { salt in
                seed.withMutableBytes { seed in
                    PBKDF2.derive(from: sentence, salt: salt, iterationCount: 2_048, into: &seed)
                }
            }
        }
        return try Seed(seed)
    }
}

extension EnglishWords {
    /// Lends the letters of a word.
    static func withWord<Failure: Error>(
        at entry: Int, _ body: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let letters = unsafe Span(
            _unsafeStart: table.utf8Start + entry * entryByteCount, count: entryByteCount)
        var count = 0
        while letters[count] != UInt8(ascii: " ") {
            count += 1
        }
        try body(letters.extracting(first: count))
    }
}
