import Primitives
import Secrets
import TestSupport
import Testing

@Suite("EntropyMixer")
struct EntropyMixerTests {
    private static let kernel = [UInt8](0..<64)

    private func mixed(_ inputs: [(EntropySource, String)], kernel: [UInt8] = kernel) throws
        -> [UInt8]
    {
        var mixer = try EntropyMixer(kernel: .holding(kernel))
        for (source, text) in inputs {
            _ = try mixer.add(source, typed: .typed(text))
        }
        return try mixer.finish(byteCount: 32).copy
    }

    @Test("rolls and tosses are counted in symbols and whole bits")
    func counting() throws {
        var mixer = try EntropyMixer()
        let fifty = try mixer.add(
            .dice, typed: .typed(String(repeating: "12345 ", count: 10)))
        #expect(fifty == EntropyContribution(symbolCount: 50, bitCount: 129))
        let ninetyNine = try mixer.add(
            .dice, typed: .typed(String(repeating: "6", count: 99)))
        #expect(ninetyNine.bitCount == 255)
        let tosses = try mixer.add(.coin, typed: .typed("hhTt-10,H\n"))
        #expect(tosses == EntropyContribution(symbolCount: 7, bitCount: 7))
    }

    @Test("anything else is refused with its place, and adds nothing")
    func refusal() throws {
        for (source, text, place) in [
            (EntropySource.dice, "123 7", 4), (.dice, "0", 0), (.dice, "1h", 1), (.coin, "ht2", 2),
            (.coin, "heads", 1),
        ] {
            var mixer = try EntropyMixer(kernel: .holding(Self.kernel))
            var refusal: SecretsError?
            do throws(SecretsError) {
                _ = try mixer.add(source, typed: try Self.page(text))
            } catch {
                refusal = error
            }
            #expect(refusal == .unexpectedSymbol(at: place))
            let untouched = try mixer.finish(byteCount: 32).copy
            #expect(try untouched == mixed([]))
        }
    }

    private static func page(_ text: String) throws(SecretsError) -> SecretPage {
        do {
            return try SecretPage.typed(text)
        } catch {
            throw .noRandomness(errorNumber: 0)
        }
    }

    @Test("the result depends on kernel, kind, symbols and their order, not on separators")
    func dependence() throws {
        let reference = try mixed([(.dice, "1122")])
        #expect(try mixed([(.dice, "11 2,2")]) == reference)
        var results = [
            reference, try mixed([]), try mixed([(.dice, "1212")]), try mixed([(.dice, "11")]),
            try mixed([(.dice, "11"), (.dice, "22")]), try mixed([(.dice, "1112")]),
            try mixed([(.dice, "1122")], kernel: Array(Self.kernel.reversed())),
            try mixed([(.coin, "1100")]), try mixed([(.dice, "11"), (.coin, "11")]),
        ]
        results.sort { $0.lexicographicallyPrecedes($1) }
        #expect(Set(results).count == results.count)
        #expect(try mixed([(.coin, "hhtt")]) == mixed([(.coin, "1100")]))
    }

    @Test("a second implementation of the mixing gives the same bytes")
    func knownAnswer() throws {
        #expect(
            try Hex.encode(mixed([(.dice, "1122")]))
                == "b5074b25c8d9fb0c740dbdbe2bcb24ac3dd7ad6d6ef1116721d645febffa2d33")
    }

    @Test("the kernel's part is fresh every time")
    func freshness() throws {
        let first = try EntropyMixer().finish(byteCount: 32).copy
        let second = try EntropyMixer().finish(byteCount: 32).copy
        #expect(first != second)
        #expect(try KernelRandom.publicBytes(count: 16) != KernelRandom.publicBytes(count: 16))
    }
}
