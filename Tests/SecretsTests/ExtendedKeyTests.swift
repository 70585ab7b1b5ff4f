import Curve
import Primitives
import Secrets
import TestSupport
import Testing

struct ExtendedKeyVectors: Decodable {
    struct Case: Decodable {
        struct Chain: Decodable {
            let path: String
            let xpub: String
            let xprv: String
        }

        let seed: String
        let chains: [Chain]
    }

    struct Invalid: Decodable {
        let text: String
        let reason: String
    }

    let cases: [Case]
    let invalid: [Invalid]

    static func load() throws -> ExtendedKeyVectors {
        try Vectors.document(ExtendedKeyVectors.self, "bip-0032/derivation")
    }
}

@Suite("ExtendedKey")
struct ExtendedKeyTests {
    private func derive(
        _ seed: String, _ path: DerivationPath
    ) throws -> (ExtendedPublicKey, secret: [UInt8]) {
        let bytes = try Hex.decode(seed)
        let key = try ExtendedKey(masterOf: bytes.span).derived(path)
        return (key.publicPart, key.key.copy)
    }

    @Test("BIP-32 vectors 1 to 4: private derivation, public text")
    func derivation() throws {
        for vector in try ExtendedKeyVectors.load().cases {
            for chain in vector.chains {
                let path = try #require(DerivationPath(chain.path))
                let (publicPart, secret) = try derive(vector.seed, path)
                #expect(publicPart.text(.mainnet) == chain.xpub)
                // The published private text, taken apart here: the program has no such form.
                let payload = try base58Payload(chain.xprv)
                #expect(secret == Array(payload[46..<78]))
                #expect(publicPart.chainCode.bytes == Array(payload[13..<45]))
            }
        }
    }

    @Test("BIP-32 vectors: a public step gives the key of the private step")
    func publicDerivation() throws {
        for vector in try ExtendedKeyVectors.load().cases {
            for (parent, child) in zip(vector.chains, vector.chains.dropFirst()) {
                guard case .normal(let index) = try #require(DerivationPath(child.path)).steps.last
                else { continue }
                let key = try ExtendedPublicKey(text: parent.xpub).child(index)
                #expect(key.text(.mainnet) == child.xpub)
            }
        }
    }

    @Test("public texts are read back; test networks have their own version")
    func textRoundTrip() throws {
        for vector in try ExtendedKeyVectors.load().cases {
            for chain in vector.chains {
                let key = try ExtendedPublicKey(text: chain.xpub)
                #expect(key.text(.mainnet) == chain.xpub)
                for network in [KeyNetwork.testnet4, .signet, .regtest] {
                    let text = key.text(network)
                    #expect(text.hasPrefix("tpub"))
                    #expect(try ExtendedPublicKey(text: text) == key)
                }
            }
        }
    }

    @Test("BIP-32 vector 5: malformed extended keys, and private ones")
    func invalid() throws {
        let vectors = try ExtendedKeyVectors.load()
        #expect(vectors.invalid.count == 16)
        for vector in vectors.invalid {
            let refusal = #expect(throws: SecretsError.self) {
                _ = try ExtendedPublicKey(text: vector.text)
            }
            if vector.reason.contains("invalid pubkey") {
                #expect(refusal == .malformedExtendedKey(.publicKey))
            }
            if vector.reason.contains("zero depth"), vector.text.hasPrefix("xpub") {
                #expect(refusal == .malformedExtendedKey(.masterWithParent))
            }
            if vector.reason == "invalid checksum" {
                #expect(refusal == .malformedExtendedKey(.checksum))
            }
        }
        let privateText = vectors.cases[0].chains[0].xprv
        #expect(throws: SecretsError.malformedExtendedKey(.version(0x0488_ADE4))) {
            _ = try ExtendedPublicKey(text: privateText)
        }
        #expect(throws: SecretsError.malformedExtendedKey(.notBase58)) {
            _ = try ExtendedPublicKey(text: "xpub0")
        }
        #expect(throws: SecretsError.malformedExtendedKey(.byteCount(0))) {
            _ = try ExtendedPublicKey(text: "")
        }
    }

    @Test("seeds are 16 to 64 bytes")
    func seedLength() {
        for byteCount in [0, 15, 65] {
            #expect(throws: SecretsError.byteCount(byteCount, allowed: 16...64)) {
                let bytes = [UInt8](repeating: 1, count: byteCount)
                _ = try ExtendedKey(masterOf: bytes.span)
            }
        }
    }

    @Test("paths are read strictly")
    func paths() {
        #expect(DerivationPath("m")?.steps == [])
        #expect(DerivationPath("m/86h/1h/0h/0/7")?.description == "86h/1h/0h/0/7")
        let malformed = [
            "", "86h", "m/", "m//1", "m/h", "m/-1", "m/+1", "m/2147483648", "m/1'", "m/1 ",
        ]
        for text in malformed {
            #expect(DerivationPath(text) == nil, "\(text)")
        }
    }

    /// Base58 without checksum verification, for the vectors' private texts.
    private func base58Payload(_ text: String) throws -> [UInt8] {
        let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
        var bytes = [UInt8](repeating: 0, count: 82)
        for letter in text {
            var carry = try #require(alphabet.firstIndex(of: letter))
            for index in bytes.indices.reversed() {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
        }
        return bytes
    }
}
