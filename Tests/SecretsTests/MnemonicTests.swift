import Primitives
import Secrets
import TestSupport
import Testing

struct MnemonicVectors: Decodable {
    struct Case: Decodable, Sendable {
        let entropy: String
        let mnemonic: String
        let seed: String
    }

    let passphrase: String
    let cases: [Case]

    static func load() throws -> MnemonicVectors {
        try Vectors.document(MnemonicVectors.self, "bip-0039/english")
    }
}

@Suite("Mnemonic")
struct MnemonicTests {
    @Test("BIP-39 English vectors: words from entropy, entropy from words, seed")
    func vectors() throws {
        let vectors = try MnemonicVectors.load()
        #expect(vectors.cases.count == 24)
        for vector in vectors.cases {
            let fromEntropy = try Mnemonic(entropy: .holding(Hex.decode(vector.entropy)))
            #expect(fromEntropy.text == vector.mnemonic)
            let fromWords = try Mnemonic(typed: .typed(vector.mnemonic))
            let entropy = fromWords.withEntropy { bytes in bytes.indices.map { bytes[$0] } }
            #expect(Hex.encode(entropy) == vector.entropy)
            let seed = try fromWords.seed(passphrase: .typed(vectors.passphrase)).copy
            #expect(Hex.encode(seed) == vector.seed)
        }
    }

    @Test("the seed without a passphrase is that of the empty one")
    func emptyPassphrase() throws {
        let mnemonic = try Mnemonic(entropy: .holding([UInt8](repeating: 7, count: 20)))
        let withNone = try mnemonic.seed().copy
        let withEmpty = try mnemonic.seed(passphrase: .typed("")).copy
        let withBlank = try mnemonic.seed(passphrase: .typed(" ")).copy
        #expect(withNone == withEmpty)
        #expect(withNone != withBlank)
    }

    @Test("blanks, line ends and capitals of a typist do not matter")
    func lenientReading() throws {
        let text =
            "  Legal winner\tTHANK year\r\nwave  sausage worth useful"
            + " legal winner thank yellow\n"
        let mnemonic = try Mnemonic(typed: .typed(text))
        #expect(
            mnemonic.text
                == "legal winner thank year wave sausage worth useful legal winner thank yellow")
    }

    @Test("every word of the list is found at its place")
    func wholeList() throws {
        var seen: Set<String> = []
        for start in stride(from: 0, to: 2_048, by: 23) {
            let text = try Mnemonic(entropy: .holding(Self.entropy(wordsFrom: start))).text
            let again = try Mnemonic(typed: .typed(text)).text
            #expect(again == text)
            seen.formUnion(text.split(separator: " ").dropLast().map(String.init))
        }
        #expect(seen.count == 2_048)
    }

    /// The 253 bits of 23 consecutive places of the list, and three more.
    private static func entropy(wordsFrom start: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        for bitIndex in 0..<253 {
            let entry = (start + bitIndex / 11) % 2_048
            let bit = UInt8(entry >> (10 - bitIndex % 11) & 1)
            bytes[bitIndex / 8] |= bit << UInt8(7 - bitIndex % 8)
        }
        return bytes
    }

    @Test("a refusal says which words are wrong, how many there are, or that they do not fit")
    func refusals() {
        let good = "legal winner thank year wave sausage worth useful legal winner thank yellow"
        func refusal(_ text: String) -> SecretsError? {
            #expect(throws: SecretsError.self) { _ = try Mnemonic(typed: .typed(text)) }
        }
        #expect(refusal("") == .wordCount(0))
        #expect(refusal("legal winner") == .wordCount(2))
        #expect(refusal(good + " legal") == .wordCount(13))
        #expect(refusal(String(repeating: good + " ", count: 3)) == .wordCount(36))
        let misspelt = good.replacing("thank", with: "thnk")
        #expect(refusal(misspelt) == .unknownWords(at: [2, 10]))
        #expect(refusal(good.replacing("year", with: "yéar")) == .unknownWords(at: [3]))
        #expect(refusal(good.replacing("year", with: "yearyearyear")) == .unknownWords(at: [3]))
        #expect(refusal(good.replacing("year", with: "abandona")) == .unknownWords(at: [3]))
        #expect(refusal(good.replacing("year", with: "wave")) == .mnemonicChecksum)
    }

    @Test("a single changed word is nearly always noticed")
    func checksum() throws {
        var random = SplitMix64(seed: 24)
        var noticed = 0
        for _ in 0..<300 {
            let words = try Mnemonic(entropy: .holding(random.bytes(count: 32))).text
                .split(separator: " ").map(String.init)
            let other = try Mnemonic(entropy: .holding(random.bytes(count: 16))).text
                .split(separator: " ").map(String.init)
            var changed = words
            changed[Int(random.next() % 24)] = other[0]
            if changed == words { continue }
            let text = changed.joined(separator: " ")
            if (try? Mnemonic(typed: .typed(text)).wordCount) == nil { noticed += 1 }
        }
        #expect(noticed > 285)
    }

    @Test("a passphrase that Unicode could write in two ways is refused")
    func passphrase() throws {
        let mnemonic = try Mnemonic(entropy: .holding([UInt8](repeating: 1, count: 16)))
        #expect(throws: SecretsError.passphraseNotASCII(at: 3)) {
            _ = try mnemonic.seed(passphrase: .typed("cafétéria"))
        }
        #expect(throws: SecretsError.passphraseNotASCII(at: 0)) {
            _ = try mnemonic.seed(passphrase: .typed("\n"))
        }
    }

    @Test("entropy of another length is refused", arguments: [1, 12, 15, 17, 33, 36])
    func entropyLength(byteCount: Int) {
        #expect(throws: SecretsError.byteCount(byteCount, allowed: 16...32)) {
            _ = try Mnemonic(entropy: SecretPage(byteCount: byteCount))
        }
    }

    @Test("new mnemonics have the length asked for and differ", arguments: Mnemonic.wordCounts)
    func generation(wordCount: Int) throws {
        let first = try Mnemonic.generate(wordCount: wordCount, from: EntropyMixer()).text
        let second = try Mnemonic.generate(wordCount: wordCount, from: EntropyMixer()).text
        #expect(first.split(separator: " ").count == wordCount)
        #expect(first != second)
        #expect(throws: SecretsError.wordCount(wordCount + 1)) {
            _ = try Mnemonic.generate(wordCount: wordCount + 1, from: EntropyMixer())
        }
    }
}
