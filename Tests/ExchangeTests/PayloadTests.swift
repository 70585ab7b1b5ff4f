import Exchange
import Primitives
import TestSupport
import Testing

@Suite("Payloads")
struct PayloadTests {
    /// Fields that a payload may leave out.
    static let optionalFields: [String: Set<UInt64>] = [
        "partial signatures request": [4], "partial signatures": [3],
    ]

    @Test("what is encoded decodes to the same", arguments: try PayloadSample.all())
    func roundTrip(_ sample: PayloadSample) throws {
        #expect(try sample.isSame(sample.bytes))
        #expect(try sample.recode(sample.bytes) == sample.bytes)
    }

    @Test("a payload cut off anywhere is refused", arguments: try PayloadSample.all())
    func truncation(_ sample: PayloadSample) {
        for count in sample.bytes.indices {
            #expect(throws: ExchangeError.self, "\(count) bytes") {
                try sample.recode(Array(sample.bytes.prefix(count)))
            }
        }
    }

    @Test("left-over bytes are refused", arguments: try PayloadSample.all())
    func trailing(_ sample: PayloadSample) {
        #expect(throws: ExchangeError.self) { try sample.recode(sample.bytes + [0]) }
        #expect(throws: ExchangeError.self) { try sample.recode(sample.bytes + sample.bytes) }
    }

    @Test("other encodings of the same record are refused", arguments: try PayloadSample.all())
    func nonCanonical(_ sample: PayloadSample) throws {
        let record = try CBORValue.decode(sample.bytes)
        guard record.field(2) != nil else { return }
        for fault in NonCanonicalCBOR.allCases {
            #expect(throws: ExchangeError.self, "\(fault)") {
                try sample.recode(fault.encode(record))
            }
        }
    }

    @Test("a field that nobody knows is refused", arguments: try PayloadSample.all())
    func unknownField(_ sample: PayloadSample) throws {
        let record = try CBORValue.decode(sample.bytes)
        for key in [0, 23, 127, 128, .max] as [UInt64] {
            #expect(throws: ExchangeError.self, "field \(key)") {
                try sample.recode(record.setting(key, to: .unsigned(0)).encode())
            }
        }
    }

    @Test(
        "a field that is missing or of another kind is refused",
        arguments: try PayloadSample.all())
    func missingField(_ sample: PayloadSample) throws {
        let record = try CBORValue.decode(sample.bytes)
        let optional = Self.optionalFields[
            sample.name.replacing(" of the last signer", with: ""), default: []]
        for key in 1...12 as ClosedRange<UInt64> where record.field(key) != nil {
            for wrong in [nil, .null, .bool(false), .negative(0)] as [CBORValue?] {
                if wrong == nil, optional.contains(key) { continue }
                #expect(throws: ExchangeError.self, "field \(key)") {
                    try sample.recode(record.setting(key, to: wrong).encode())
                }
            }
        }
    }

    @Test("1,000 random faults: refused, or the encoding of something else")
    func mutations() throws {
        var random = SplitMix64.announced("PayloadTests.mutations")
        let samples = try PayloadSample.all()
        for round in 0..<1_000 {
            let sample = samples[round % samples.count]
            let bytes = sample.bytes.mutated(using: &random)
            guard let again = try? sample.recode(bytes) else { continue }
            #expect(again == bytes, "\(sample.name)")
        }
    }

    @Test("random bytes are no payload")
    func noise() throws {
        var random = SplitMix64.announced("PayloadTests.noise")
        let samples = try PayloadSample.all()
        for round in 0..<1_000 {
            let bytes = random.bytes(count: round % 64)
            for sample in samples {
                guard let again = try? sample.recode(bytes) else { continue }
                #expect(again == bytes)
            }
        }
    }
}
