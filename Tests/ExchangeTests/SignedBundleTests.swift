import Curve
import Exchange
import Foundation
import Model
import Primitives
import TestSupport
import Testing

@Suite("Signed bundles")
struct SignedBundleTests {
    static func bundle() throws -> SignedBundle {
        try CeremonyFixture(operatorCount: 2).keysBundles[0]
    }

    @Test("a bundle of every kind reads back as it was signed", arguments: try PayloadSample.all())
    func roundTrip(_ sample: PayloadSample) throws {
        let key = try FixtureKey("sender")
        let bundle = try sample.bundle(signedWith: key)
        let again = try SignedBundle(decoding: bundle.bytes)
        #expect(again == bundle)
        #expect(again.envelope.payload == sample.bytes)
        #expect(again.digest == bundle.envelope.digest)
        #expect(again.envelope.sender == key.xOnly)
    }

    @Test("a bundle cut off anywhere is refused")
    func truncation() throws {
        let bytes = try Self.bundle().bytes
        for count in bytes.indices {
            #expect(throws: ExchangeError.self, "\(count) bytes") {
                try SignedBundle(decoding: Array(bytes.prefix(count)))
            }
        }
    }

    @Test("a bundle with any byte changed is refused")
    func flips() throws {
        let bytes = try Self.bundle().bytes
        for index in bytes.indices {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] ^= mask
                #expect(throws: ExchangeError.self, "byte \(index) ^ \(mask)") {
                    try SignedBundle(decoding: changed)
                }
            }
        }
    }

    @Test("1,000 random faults are refused")
    func mutations() throws {
        var random = SplitMix64.announced("SignedBundleTests.mutations")
        let key = try FixtureKey("sender")
        let bundles = try PayloadSample.all().map { try $0.bundle(signedWith: key).bytes }
        for round in 0..<1_000 {
            let bytes = bundles[round % bundles.count]
            let changed = bytes.mutated(using: &random)
            guard changed != bytes else { continue }
            #expect(throws: ExchangeError.self) { try SignedBundle(decoding: changed) }
        }
    }

    @Test("only the sender's signature counts")
    func signature() throws {
        let envelope = try Self.bundle().envelope
        let stranger = try FixtureKey("stranger")
        #expect(throws: ExchangeError.badSignature(sender: envelope.sender)) {
            try SignedBundle(envelope, signature: stranger.sign(envelope.digest))
        }
        let owner = try CeremonyFixture(operatorCount: 2).operators[0].identity
        #expect(throws: ExchangeError.badSignature(sender: envelope.sender)) {
            try SignedBundle(envelope, signature: owner.sign(.zero))
        }
        // The bare hash of the envelope is not what is signed: digests have a tag.
        #expect(throws: ExchangeError.badSignature(sender: envelope.sender)) {
            try SignedBundle(envelope, signature: owner.sign(SHA256.hash(envelope.encoded())))
        }
    }

    @Test("bytes that do not start with BVXB are no bundle")
    func magic() throws {
        let bytes = try Self.bundle().bytes
        for wrong in [[], [0x42], Array(bytes.dropFirst()), Array("BVXC".utf8) + bytes] {
            #expect(throws: ExchangeError.notABundle) { try SignedBundle(decoding: wrong) }
        }
    }

    @Test("the frame is an envelope and a signature of 64 bytes")
    func frame() throws {
        let bundle = try Self.bundle()
        let body = CBORValue.bytes(bundle.envelope.encoded())
        let signature = CBORValue.bytes(bundle.signature.bytes)
        let short = CBORValue.bytes(Array(bundle.signature.bytes.dropLast()))
        let frames: [CBORValue] = [
            .array([]), .array([body]), .array([signature, body]), .array([body, short]),
            .array([body, signature, .null]), .array([body, .text("signature")]), body, .null,
            .map([CBORMapEntry(key: body, value: signature)]),
        ]
        for frame in frames {
            #expect(throws: ExchangeError.self) {
                try SignedBundle(decoding: Array("BVXB".utf8) + frame.encode())
            }
        }
    }

    @Test("left-over bytes are refused")
    func trailing() throws {
        let bytes = try Self.bundle().bytes
        #expect(throws: ExchangeError.self) { try SignedBundle(decoding: bytes + [0]) }
        #expect(throws: ExchangeError.self) { try SignedBundle(decoding: bytes + bytes) }
    }

    @Test("a bundle above the limit is not looked at")
    func limit() throws {
        let bytes = try Self.bundle().bytes
        let limit = bytes.count - 1
        #expect(throws: ExchangeError.tooLarge(byteCount: bytes.count, limit: limit)) {
            try SignedBundle(decoding: bytes, limit: limit)
        }
        #expect(try SignedBundle(decoding: bytes, limit: bytes.count).bytes == bytes)
        #expect(SignedBundle.byteLimit == 64 << 20)
    }

    @Test("a length field of a gigabyte takes no memory")
    func hugeLengths() async {
        await #expect(processExitsWith: .success) {
            let before = try Self.peakKilobytes()
            let heads: [[UInt8]] = [
                [0x5A, 0x40, 0, 0, 0], [0x7A, 0x40, 0, 0, 0], [0x9A, 0x40, 0, 0, 0],
                [0xBA, 0x40, 0, 0, 0], [0x5B, 0xFF, 0, 0, 0, 0, 0, 0, 0],
                [0x9B, 0xFF, 0, 0, 0, 0, 0, 0, 0], [0x82, 0x5A, 0x40, 0, 0, 0],
                [0x9A, 0x00, 0x03, 0x0D, 0x3F], [0x99, 0xFF, 0xFF],
            ]
            for head in heads {
                #expect(throws: ExchangeError.self) {
                    try SignedBundle(decoding: Array("BVXB".utf8) + head)
                }
                #expect(throws: ExchangeError.self) { try StatusResponse.decoded(from: head) }
            }
            #expect(try Self.peakKilobytes() - before < 32 << 10)
        }
    }

    /// The most address space that this process has had.
    private static func peakKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmPeak:") })
        return try #require(Int(line.filter(\.isNumber)))
    }
}
