import Primitives
import TestSupport
import Testing

struct BoxVector: Decodable, Sendable {
    let id: Int
    let key, nonce, associatedData, plaintext, box: String
    let genuine: Bool
}

@Suite("ChaCha20-Poly1305")
struct ChaCha20Poly1305Tests {
    @Test(
        "RFC 8439 and Wycheproof",
        arguments: try Vectors.load(BoxVector.self, "rfc-8439/wycheproof"))
    func vector(_ vector: BoxVector) throws {
        let key = try Hex.decode(vector.key)
        let nonce = try Hex.decode(vector.nonce)
        let associatedData = try Hex.decode(vector.associatedData)
        let plaintext = try Hex.decode(vector.plaintext)
        let box = try Hex.decode(vector.box)
        if vector.genuine {
            let sealed = ChaCha20Poly1305.seal(
                plaintext.span, key: key.span, nonce: nonce.span,
                associatedData: associatedData.span)
            #expect(sealed == box)
        }
        var opened = [UInt8](repeating: 0xEE, count: box.count - 16)
        var span = opened.mutableSpan
        do {
            try ChaCha20Poly1305.open(
                box.span, key: key.span, nonce: nonce.span,
                associatedData: associatedData.span, into: &span)
            #expect(vector.genuine)
            #expect(opened == plaintext)
        } catch {
            #expect(error == .authenticationFailed)
            #expect(!vector.genuine)
            #expect(opened.allSatisfy { $0 == 0 }, "nothing unauthenticated is left behind")
        }
    }

    @Test("a box with any one byte changed does not open")
    func everyByteFlip() throws {
        var random = SplitMix64(seed: 8)
        let key = random.bytes(count: 32)
        let nonce = random.bytes(count: 12)
        let secret = random.bytes(count: 48)
        let box = ChaCha20Poly1305.seal(
            secret.span, key: key.span, nonce: nonce.span, associatedData: Span())
        for index in box.indices {
            var changed = box
            changed[index] ^= 1 << UInt8(random.next() % 8)
            #expect(!opens(changed, key: key, nonce: nonce, associatedData: []))
        }
        #expect(opens(box, key: key, nonce: nonce, associatedData: []))
        #expect(!opens(box, key: key, nonce: nonce, associatedData: [0]))
        #expect(!opens(Array(box.dropLast()), key: key, nonce: nonce, associatedData: []))
        #expect(!opens(box, key: nonce + key.prefix(20), nonce: nonce, associatedData: []))
    }

    @Test("a secret goes from page to box to page")
    func pages() throws {
        var key = try SecretPage(byteCount: 32)
        var secret = try SecretPage(byteCount: 5_000)
        var opened = try SecretPage(byteCount: 5_000)
        key.withMutableBytes { $0[0] = 9 }
        secret.withMutableBytes { bytes in
            for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index) }
        }
        let nonce = [UInt8](repeating: 1, count: 12)
        let box = key.withBytes { key in
            secret.withBytes { secret in
                ChaCha20Poly1305.seal(
                    secret, key: key, nonce: nonce.span, associatedData: [1, 2].span)
            }
        }
        try key.withBytes { key throws(ChaCha20Poly1305Error) in
            try opened.withMutableBytes { plaintext throws(ChaCha20Poly1305Error) in
                try ChaCha20Poly1305.open(
                    box.span, key: key, nonce: nonce.span, associatedData: [1, 2].span,
                    into: &plaintext)
            }
        }
        let same = secret.withBytes { first in
            opened.withBytes { second in ConstantTime.equal(first, second) }
        }
        #expect(same)
    }

    @Test("a box shorter than a tag is refused", arguments: 0..<16)
    func tooShort(byteCount: Int) {
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(throws: ChaCha20Poly1305Error.tooShort(byteCount: byteCount)) {
            var nothing = MutableSpan<UInt8>()
            try ChaCha20Poly1305.open(
                zeros.span.extracting(first: byteCount), key: zeros.span,
                nonce: zeros.span.extracting(first: 12), associatedData: Span(), into: &nothing)
        }
    }

    private func opens(
        _ box: [UInt8], key: [UInt8], nonce: [UInt8], associatedData: [UInt8]
    ) -> Bool {
        var opened = [UInt8](repeating: 0, count: box.count - 16)
        var span = opened.mutableSpan
        do {
            try ChaCha20Poly1305.open(
                box.span, key: key.span, nonce: nonce.span, associatedData: associatedData.span,
                into: &span)
            return true
        } catch {
            return false
        }
    }
}
