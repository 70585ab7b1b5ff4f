import Primitives
import TestSupport
import Testing

struct HMACVector: Decodable, Sendable {
    let key, message, sha256, sha512: String
}

struct HKDFVector: Decodable, Sendable {
    let inputKey, salt, info, pseudorandomKey, output: String
}

struct PBKDF2Vector: Decodable, Sendable {
    let password, salt, output: String
    let iterationCount: Int
}

struct ScryptVector: Decodable, Sendable {
    let password, salt, output: String
    let log2N: UInt8
    let r, p: UInt32
}

/// Lets a derivation fill an array.
func filled(_ byteCount: Int, _ body: (inout MutableSpan<UInt8>) throws -> Void) rethrows -> String
{
    var bytes = [UInt8](repeating: 0xEE, count: byteCount)
    var span = bytes.mutableSpan
    try body(&span)
    return Hex.encode(bytes)
}

@Suite("HMAC and key derivation")
struct KeyDerivationTests {
    @Test("HMAC, RFC 4231", arguments: try Vectors.load(HMACVector.self, "key-derivation/hmac"))
    func hmac(_ vector: HMACVector) throws {
        let key = try Hex.decode(vector.key)
        let message = try Hex.decode(vector.message)
        let short = filled(32) { HMACSHA256.authenticate(message.span, key: key.span, into: &$0) }
        #expect(short == vector.sha256)
        let long = filled(64) { HMACSHA512.authenticate(message.span, key: key.span, into: &$0) }
        #expect(long == vector.sha512)
    }

    @Test("HMAC of nothing under no key, as Python's hmac gives it")
    func emptyHMAC() {
        // An empty key is not "no key given", and repeated calls do not remember an earlier key.
        for _ in 0..<2 {
            let code = filled(32) { HMACSHA256.authenticate(Span(), key: Span(), into: &$0) }
            #expect(code == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        }
    }

    @Test(
        "HKDF, RFC 5869 and Wycheproof",
        arguments: try Vectors.load(HKDFVector.self, "key-derivation/hkdf"))
    func hkdf(_ vector: HKDFVector) throws {
        let inputKey = try Hex.decode(vector.inputKey)
        let salt = try Hex.decode(vector.salt)
        let info = try Hex.decode(vector.info)
        let byteCount = vector.output.utf8.count / 2
        let output = filled(byteCount) {
            HKDF.derive(from: inputKey.span, salt: salt.span, info: info.span, into: &$0)
        }
        #expect(output == vector.output)
        let extracted = filled(32) {
            HKDF.extract(from: inputKey.span, salt: salt.span, into: &$0)
        }
        #expect(extracted == vector.pseudorandomKey)
        let pseudorandomKey = try Hex.decode(vector.pseudorandomKey)
        let expanded = filled(byteCount) {
            HKDF.expand(pseudorandomKey.span, info: info.span, into: &$0)
        }
        #expect(expanded == vector.output)
    }

    @Test(
        "PBKDF2-HMAC-SHA512, Wycheproof",
        arguments: try Vectors.load(PBKDF2Vector.self, "key-derivation/pbkdf2"))
    func pbkdf2(_ vector: PBKDF2Vector) throws {
        let password = try Hex.decode(vector.password)
        let salt = try Hex.decode(vector.salt)
        let output = filled(vector.output.utf8.count / 2) {
            PBKDF2.derive(
                from: password.span, salt: salt.span, iterationCount: vector.iterationCount,
                into: &$0)
        }
        #expect(output == vector.output)
    }

    @Test(
        "scrypt, RFC 7914", arguments: try Vectors.load(ScryptVector.self, "key-derivation/scrypt"))
    func scrypt(_ vector: ScryptVector) throws {
        let password = try Hex.decode(vector.password)
        let salt = try Hex.decode(vector.salt)
        let parameters = ScryptParameters(log2N: vector.log2N, r: vector.r, p: vector.p)
        let output = try filled(64) {
            try Scrypt.derive(
                from: password.span, salt: salt.span, parameters: parameters, into: &$0)
        }
        #expect(output == vector.output)
    }

    @Test(
        "scrypt refuses costs out of range before it takes memory",
        arguments: [
            ScryptParameters(log2N: 0, r: 8, p: 1), ScryptParameters(log2N: 25, r: 1, p: 1),
            ScryptParameters(log2N: 255, r: .max, p: .max), ScryptParameters(log2N: 14, r: 0, p: 1),
            ScryptParameters(log2N: 14, r: 8, p: 0), ScryptParameters(log2N: 14, r: 33, p: 1),
            ScryptParameters(log2N: 14, r: 8, p: 17), ScryptParameters(log2N: 21, r: 8, p: 1),
        ])
    func scryptLimits(parameters: ScryptParameters) {
        #expect(throws: ScryptError.parametersOutOfRange(parameters)) {
            try filled(32) {
                try Scrypt.derive(from: Span(), salt: Span(), parameters: parameters, into: &$0)
            }
        }
    }
}
