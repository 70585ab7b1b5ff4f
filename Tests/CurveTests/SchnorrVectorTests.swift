import Curve
import Foundation
import Primitives
import TestSupport
import Testing

/// A line of BIP-340's test-vectors.csv.
struct SchnorrVector: Sendable, CustomTestStringConvertible {
    let index: String
    let secretKey: [UInt8]?
    let publicKey: [UInt8]
    let auxiliary: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]
    let isValid: Bool
    let comment: String

    var testDescription: String { "\(index) \(comment)" }

    static func all() throws -> [SchnorrVector] {
        let text = String(decoding: try Vectors.data("bip-0340/test-vectors.csv"), as: UTF8.self)
        return try text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
            try #require(fields.count == 8)
            return SchnorrVector(
                index: fields[0], secretKey: fields[1].isEmpty ? nil : try Hex.decode(fields[1]),
                publicKey: try Hex.decode(fields[2]), auxiliary: try Hex.decode(fields[3]),
                message: try Hex.decode(fields[4]), signature: try Hex.decode(fields[5]),
                isValid: fields[6] == "TRUE", comment: fields[7])
        }
    }
}

@Suite("BIP-340 vectors")
struct SchnorrVectorTests {
    @Test("There are 19 of them")
    func count() throws {
        #expect(try SchnorrVector.all().count == 19)
    }

    @Test("A signature is judged as published", arguments: try SchnorrVector.all())
    func verification(_ vector: SchnorrVector) throws {
        let signature = try SchnorrSignature(decoding: vector.signature)
        let verdict = XOnlyPublicKey(vector.publicKey)?.verify(signature, message: vector.message)
        #expect((verdict ?? false) == vector.isValid)
    }

    @Test("A signature is made as published", arguments: try SchnorrVector.all())
    func signing(_ vector: SchnorrVector) throws {
        guard let secret = vector.secretKey else { return }
        let key = try secretKey(secret)
        let publicKey = key.publicKey.xOnly.bytes
        #expect(publicKey == vector.publicKey)
        let auxiliary = try #require(Bytes32(vector.auxiliary))
        let signature = key.schnorrSign(message: vector.message, auxiliary: auxiliary)
        #expect(signature.bytes == vector.signature)
    }

    @Test("A signature with any bit of its first byte, last byte or message changed is invalid")
    func changes() throws {
        let key = try secretKey([UInt8](repeating: 7, count: 32))
        let message = Array("message".utf8)
        let signature = key.schnorrSign(message: message, auxiliary: .zero)
        let publicKey = key.publicKey.xOnly
        #expect(publicKey.verify(signature, message: message))
        for bit in 0..<8 {
            for index in [0, 63] {
                var changed = signature.bytes
                changed[index] ^= 1 << UInt8(bit)
                let other = try SchnorrSignature(decoding: changed)
                #expect(!publicKey.verify(other, message: message))
            }
            var changed = message
            changed[0] ^= 1 << UInt8(bit)
            #expect(!publicKey.verify(signature, message: changed))
        }
    }

    @Test("Only 64 bytes are a signature", arguments: [0, 63, 65])
    func byteCount(_ count: Int) {
        #expect(throws: CurveError.malformedSchnorrSignature(byteCount: count)) {
            try SchnorrSignature(decoding: [UInt8](repeating: 1, count: count))
        }
    }
}
