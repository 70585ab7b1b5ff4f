import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import TestSupport
import Testing

@Suite("Envelopes")
struct EnvelopeTests {
    static func envelope() throws -> Envelope {
        Envelope(
            kind: .nonces, direction: .request, network: .regtest,
            ceremony: CeremonyID(SHA256.hash([1])), sender: try FixtureKey("sender").xOnly,
            recipient: try FixtureKey("recipient").xOnly, sequence: 3,
            previous: SHA256.hash([2]), head: LogHead(index: 7, hash: SHA256.hash([3])),
            payload: [1, 2, 3])
    }

    /// Decodes a changed record of the envelope's under a valid signature.
    static func decode(_ body: [UInt8]) throws -> SignedBundle {
        try SignedBundle(
            decoding: FixtureBundle.frame(body, signedWith: FixtureKey("sender")))
    }

    static func record() throws -> CBORValue {
        try CBORValue.decode(envelope().encoded())
    }

    @Test("the record of an envelope reads back")
    func whole() throws {
        #expect(try Self.decode(Self.envelope().encoded()).envelope == Self.envelope())
    }

    @Test("every single field is part of the digest")
    func everyFieldCounts() throws {
        let base = try Self.envelope()
        let other = try FixtureKey("other").xOnly
        let changed = [
            base, base.changing(kind: .reveal), base.changing(direction: .response),
            base.changing(network: .signet), base.changing(ceremony: .some(nil)),
            base.changing(ceremony: CeremonyID(.zero)), base.changing(sender: other),
            base.changing(recipient: .some(nil)), base.changing(recipient: other),
            base.changing(sequence: 4), base.changing(previous: .zero),
            base.changing(head: LogHead(index: 8, hash: base.head.hash)),
            base.changing(head: LogHead(index: 7, hash: .zero)),
            base.changing(payload: [1, 2]), base.changing(payload: [1, 2, 3, 0]),
        ]
        #expect(Set(changed.map(\.digest)).count == changed.count)
        for envelope in changed where envelope.sender == base.sender {
            #expect(try Self.decode(envelope.encoded()).envelope == envelope)
        }
    }

    @Test("another version is named and refused", arguments: [0, 2, UInt64.max])
    func version(_ version: UInt64) throws {
        let body = try Self.record().setting(1, to: .unsigned(version)).encode()
        #expect(throws: ExchangeError.unsupportedVersion(version, supported: 1)) {
            try Self.decode(body)
        }
    }

    @Test("a kind that nobody knows is named and refused", arguments: [0, 8, UInt64.max])
    func kind(_ kind: UInt64) throws {
        let body = try Self.record().setting(2, to: .unsigned(kind)).encode()
        #expect(throws: ExchangeError.unknownKind(kind)) { try Self.decode(body) }
    }

    @Test("an unknown field below 128 is critical", arguments: [0, 13, 100, 127])
    func criticalField(_ key: UInt64) throws {
        let body = try Self.record().setting(key, to: .null).encode()
        #expect(throws: ExchangeError.self) { try Self.decode(body) }
    }

    @Test("a field from 128 on may be unknown, and is signed", arguments: [128, 1_000, .max])
    func optionalField(_ key: UInt64) throws {
        let body = try Self.record().setting(key, to: .text("later")).encode()
        let bundle = try Self.decode(body)
        #expect(bundle.envelope == (try Self.envelope()))
        #expect(bundle.digest != bundle.envelope.digest)
        let changed = try Self.record().setting(key, to: .text("Later")).encode()
        #expect(try Self.decode(changed).digest != bundle.digest)
    }

    @Test("no field may be missing or of another kind")
    func fields() throws {
        for key in 1...12 as ClosedRange<UInt64> {
            for wrong in [nil, .null, .bool(true), .negative(0), .array([])] as [CBORValue?] {
                if wrong == nil, key == 5 || key == 7 { continue }
                let body = try Self.record().setting(key, to: wrong).encode()
                #expect(throws: ExchangeError.self, "field \(key)") { try Self.decode(body) }
            }
        }
    }

    @Test("no field may have an impossible value")
    func values() throws {
        let noPoint = CBORValue.bytes([UInt8](repeating: 0xFF, count: 32))
        let wrong: [(key: UInt64, value: CBORValue)] = [
            (3, .unsigned(2)), (4, .text("testnet")), (4, .text("REGTEST")),
            (5, .bytes([UInt8](repeating: 0, count: 31))), (6, noPoint), (6, .bytes([])),
            (7, noPoint), (9, .bytes([UInt8](repeating: 0, count: 33))), (11, .bytes([])),
        ]
        for (key, value) in wrong {
            let body = try Self.record().setting(key, to: value).encode()
            #expect(throws: ExchangeError.self, "field \(key)") { try Self.decode(body) }
        }
    }

    @Test("other encodings of the same record are refused", arguments: NonCanonicalCBOR.allCases)
    func nonCanonical(_ fault: NonCanonicalCBOR) throws {
        let body = fault.encode(try Self.record())
        #expect(throws: ExchangeError.self) { try Self.decode(body) }
    }

    @Test("kinds have numbers and words of their own")
    func kinds() {
        #expect(BundleKind.allCases.map(\.rawValue) == Array(1...7))
        #expect(Set(BundleKind.allCases.map(\.word)).count == 7)
        #expect(BundleKind.registration.answer == .keys)
        for kind in BundleKind.allCases where kind != .registration {
            #expect(kind.answer == kind)
        }
    }

    @Test("file names sort by ceremony and number, and suit any medium")
    func names() throws {
        let name = try OperatorName(String(repeating: "z", count: 24))
        let envelope = try Self.envelope()
        let short = envelope.ceremony?.short ?? ""
        let text = BundleName(for: envelope, from: name).text
        #expect(text == "\(short)-0003-\(name)-nonces.req.bvx")
        let response = envelope.changing(
            kind: .partialSignatures, direction: .response, sequence: 12_345)
        #expect(
            BundleName(for: response, from: name).text
                == "\(short)-12345-\(name)-partials.res.bvx")
        let identity = envelope.changing(kind: .identity, ceremony: .some(nil), sequence: 0)
        #expect(
            BundleName(for: identity, from: name).text == "00000000-0000-\(name)-identity.req.bvx")
        for kind in BundleKind.allCases {
            let text = BundleName(
                for: envelope.changing(kind: kind, sequence: .max), from: name
            ).text
            let allowed = text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    || $0 == 0x2E
            }
            #expect(allowed && text.utf8.count < 100, "\(text)")
        }
    }
}
