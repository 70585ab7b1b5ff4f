import Primitives
import TestSupport
import Testing

struct CBORVector: Decodable, Sendable {
    let encoding: String
    let diagnostic: String?
}

extension CBORValue {
    /// Diagnostic notation of RFC 8949, section 8.
    var diagnostic: String {
        switch self {
        case .unsigned(let value): "\(value)"
        case .negative(.max): "-18446744073709551616"
        case .negative(let value): "-\(value + 1)"
        case .bytes(let bytes): "h'\(Hex.encode(bytes))'"
        case .text(let text):
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        case .array(let items): "[" + items.map(\.diagnostic).joined(separator: ", ") + "]"
        case .map(let entries):
            "{"
                + entries.map { "\($0.key.diagnostic): \($0.value.diagnostic)" }
                .joined(separator: ", ") + "}"
        case .bool(let value): "\(value)"
        case .null: "null"
        }
    }

    /// A random value of our subset.
    static func random(_ random: inout SplitMix64, depth: Int = 0) -> CBORValue {
        let wide = random.next() >> (random.next() % 64)
        switch random.next() % (depth < 4 ? 8 : 6) {
        case 0: return .unsigned(wide)
        case 1: return .negative(wide)
        case 2: return .bytes(random.bytes(count: Int(random.next() % 40)))
        case 3:
            return .text(
                String(
                    (0..<random.next() % 30).map { _ in
                        "aé水𐅑\"".randomElement(using: &random) ?? "z"
                    }))
        case 4: return .bool(random.next() % 2 == 0)
        case 5: return .null
        case 6:
            return .array((0..<random.next() % 6).map { _ in .random(&random, depth: depth + 1) })
        default:
            var keys: Set<CBORValue> = []
            for _ in 0..<random.next() % 6 {
                keys.insert(.random(&random, depth: depth + 2))
            }
            return .map(keys.map { .init(key: $0, value: .random(&random, depth: depth + 1)) })
        }
    }
}

@Suite("CBOR")
struct CBORValueTests {
    @Test(
        "RFC 8949, appendix A", arguments: try Vectors.load(CBORVector.self, "rfc-8949/appendix_a"))
    func appendixA(_ vector: CBORVector) throws {
        let bytes = try Hex.decode(vector.encoding)
        guard let diagnostic = vector.diagnostic else {
            #expect(throws: CBORError.self) { try CBORValue.decode(bytes) }
            return
        }
        let value = try CBORValue.decode(bytes)
        #expect(value.diagnostic == diagnostic)
        #expect(value.encode() == bytes)
    }

    @Test("random values come back; the encoding has one reading")
    func roundTrip() throws {
        var random = SplitMix64.announced("CBOR round trip")
        for run in 0..<1_000 {
            let value = CBORValue.random(&random)
            let bytes = value.encode()
            let decoded = try CBORValue.decode(bytes)
            #expect(decoded == value, "run \(run)")
            #expect(decoded.encode() == bytes, "run \(run)")
        }
    }

    @Test(
        "a changed byte gives an error or the canonical encoding of something else, never a crash")
    func everyByteFlip() throws {
        var random = SplitMix64.announced("CBOR byte flips")
        for _ in 0..<60 {
            let bytes = CBORValue.random(&random).encode()
            for index in bytes.indices.prefix(300) {
                for mask in [0x01, 0x20, 0x80, 0xFF, UInt8(random.next() % 255) + 1] {
                    var changed = bytes
                    changed[index] ^= mask
                    if let value = try? CBORValue.decode(changed) {
                        #expect(value.encode() == changed)
                    }
                }
            }
            for count in bytes.indices.prefix(300) {
                #expect(throws: CBORError.self) {
                    try CBORValue.decode(Array(bytes.prefix(count)))
                }
            }
        }
    }

    @Test("random bytes never crash the decoder, and decode only when canonical")
    func noise() {
        var random = SplitMix64(seed: 9)
        for _ in 0..<20_000 {
            let bytes = random.bytes(count: Int(random.next() % 24))
            if let value = try? CBORValue.decode(bytes) {
                #expect(value.encode() == bytes)
            }
        }
    }

    @Test("the order in which a map lists its entries does not matter")
    func permutations() throws {
        var random = SplitMix64(seed: 10)
        for _ in 0..<200 {
            var entries = (0..<8).map { index in
                CBORMapEntry(
                    key: index % 2 == 0 ? .unsigned(random.next()) : .text("\(random.next())"),
                    value: .unsigned(UInt64(index)))
            }
            let first = CBORValue.map(entries)
            entries.shuffle(using: &random)
            let second = CBORValue.map(entries)
            #expect(first.encode() == second.encode())
            #expect(first == second)
            #expect(first.hashValue == second.hashValue)
        }
    }

    @Test("keys are ordered by their encodings, shorter first")
    func keyOrder() {
        // The order of RFC 8949, section 4.2.1.
        let keys: [CBORValue] = [
            .unsigned(10), .unsigned(100), .negative(0), .text("z"), .text("aa"),
            .array([.unsigned(100)]), .array([.negative(0)]), .bool(false),
        ]
        let shuffled = [3, 7, 0, 5, 2, 6, 1, 4].map { CBORMapEntry(key: keys[$0], value: .null) }
        #expect(
            Hex.encode(CBORValue.map(shuffled).encode())
                == "a80af61864f620f6617af6626161f6811864f68120f6f4f6")
    }

    @Test("texts are equal by their bytes, not by what they look like")
    func textBytes() {
        let composed = CBORValue.text("\u{E9}")
        let decomposed = CBORValue.text("e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test(
        "integers of both signs",
        arguments: zip(
            [0, -1, 500, -500, .max, .min] as [Int64],
            [
                "00", "20", "1901f4", "3901f3", "1b7fffffffffffffff", "3b7fffffffffffffff",
            ]))
    func integers(value: Int64, encoding: String) {
        #expect(Hex.encode(CBORValue.integer(value).encode()) == encoding)
    }
}
