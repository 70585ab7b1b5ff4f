import Primitives
import TestSupport
import Testing
import Winternitz

/// A case of Tests/Vectors/winternitz/signatures.json.
struct SignatureVector: Decodable, Sendable, CustomTestStringConvertible {
    let label: Int
    let message: String
    let checksumDigits: String
    let signatureSHA256: String
    let publicChainsSHA256: String
    let publicKeyDigest: String
    let signature: String?
    let publicKey: String?

    var testDescription: String {
        "case \(label), \(message.utf8.count / 2) bytes"
    }

    func key(for message: [UInt8]) throws -> OneTimeKey {
        let parameters = try WinternitzParameters(messageByteCount: message.count)
        let secrets = (0..<parameters.chainCount).compactMap { index in
            let text = "bitvmx-airgap winternitz vector \(label) \(index)"
            return Bytes20(SHA256.hash(Array(text.utf8)).bytes.prefix(20))
        }
        return OneTimeKey(parameters: parameters, secrets: secrets)
    }
}

/// A chain of Tests/Vectors/winternitz/reference-chains.json.
struct ReferenceChain: Decodable, Sendable {
    let secret: String
    let publicValue: String
}

@Suite("Winternitz known answers")
struct WinternitzKnownAnswerTests {
    @Test(
        "Signatures and keys of an independent program",
        arguments: try Vectors.load(SignatureVector.self, "winternitz/signatures"))
    func signatures(_ vector: SignatureVector) throws {
        let message = try Hex.decode(vector.message)
        let key = try vector.key(for: message)
        let digits = key.parameters.digits(of: message)
        let checksum = digits[key.parameters.messageDigitCount...]
            .map { String($0, radix: 16) }.joined()
        #expect(checksum == vector.checksumDigits)

        var chains = key.secrets
        Hash160Lanes.iterate(&chains, steps: digits)
        let signature = try WinternitzSignature(chains: chains)
        #expect(SHA256.hash(signature.encoded()).hex == vector.signatureSHA256)

        var ends = key.secrets
        Hash160Lanes.iterate(&ends, steps: [UInt8](repeating: 15, count: ends.count))
        let publicKey = try WinternitzPublicKey(parameters: key.parameters, chains: ends)
        #expect(SHA256.hash(publicKey.encoded().dropFirst(3)).hex == vector.publicChainsSHA256)
        #expect(publicKey.digest.hex == vector.publicKeyDigest)
        #expect(signature.verify(message: message, publicKey: publicKey))

        if let whole = vector.signature {
            #expect(Hex.encode(signature.encoded()) == whole)
        }
        if let whole = vector.publicKey {
            #expect(Hex.encode(publicKey.encoded()) == whole)
        }
    }

    @Test("Chains of the reference implementation end where it says")
    func referenceChains() throws {
        let chains = try Vectors.load(ReferenceChain.self, "winternitz/reference-chains")
        var values = chains.compactMap { Bytes20(hex: $0.secret) }
        Hash160Lanes.iterate(&values, steps: [UInt8](repeating: 15, count: values.count))
        #expect(values.map(\.hex) == chains.map(\.publicValue))
        #expect(values.count == 5)
    }
}
