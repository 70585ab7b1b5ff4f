import Bitcoin
import TestSupport
import Testing

struct Bech32Tests {
    struct Document: Decodable, Sendable {
        struct ValidAddress: Decodable, Sendable {
            let address: String
            let scriptPubKey: String
        }
        let valid: [String]
        let invalid: [String]
        let validAddresses: [ValidAddress]
        let invalidAddresses: [String]
    }

    static func document(_ variant: Bech32.Variant) throws -> Document {
        let name = variant == .bech32 ? "bip-0173/bech32" : "bip-0350/bech32m"
        return try Vectors.document(Document.self, name)
    }

    @Test("Valid strings of BIP-173 and BIP-350", arguments: [Bech32.Variant.bech32, .bech32m])
    func valid(_ variant: Bech32.Variant) throws {
        for text in try Self.document(variant).valid {
            let decoded = try Bech32.decode(text)
            #expect(decoded.variant == variant, "\(text)")
            #expect(
                Bech32.encode(
                    decoded.groups, humanReadablePart: decoded.humanReadablePart,
                    variant: variant) == text.lowercased())
        }
    }

    @Test("Invalid strings of BIP-173 and BIP-350", arguments: [Bech32.Variant.bech32, .bech32m])
    func invalid(_ variant: Bech32.Variant) throws {
        for text in try Self.document(variant).invalid {
            #expect(throws: Bech32Error.self, "\(text)") { try Bech32.decode(text) }
        }
    }

    @Test("Valid addresses of BIP-350, read and written")
    func validAddresses() throws {
        for vector in try Self.document(.bech32m).validAddresses {
            let network: Network =
                vector.address.lowercased().hasPrefix("bc1") ? .mainnet : .signet
            let address = try Address(vector.address, network: network)
            #expect(address.scriptPubKey.hex == vector.scriptPubKey)
            #expect(address.description == vector.address.lowercased())
            #expect(Address(scriptPubKey: address.scriptPubKey, network: network) == address)
        }
    }

    @Test("Valid addresses of BIP-173: those above version 0 are refused since BIP-350")
    func formerAddresses() throws {
        for vector in try Self.document(.bech32).validAddresses {
            let network: Network =
                vector.address.lowercased().hasPrefix("bc1") ? .mainnet : .testnet4
            if vector.scriptPubKey.hasPrefix("00") {
                let address = try Address(vector.address, network: network)
                #expect(address.scriptPubKey.hex == vector.scriptPubKey)
            } else {
                #expect(throws: AddressError.wrongVariant) {
                    try Address(vector.address, network: network)
                }
            }
        }
    }

    @Test(
        "Invalid addresses of BIP-173 and BIP-350 belong to no network",
        arguments: [Bech32.Variant.bech32, .bech32m])
    func invalidAddresses(_ variant: Bech32.Variant) throws {
        for text in try Self.document(variant).invalidAddresses {
            for network in Network.allCases {
                #expect(throws: AddressError.self, "\(text)") {
                    try Address(text, network: network)
                }
            }
        }
    }

    @Test("Up to four changed characters are always noticed")
    func errorDetection() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        let text = "bcrt1p39a4s4vdcw9kqa8w2t0rp7aj8kfxyw7mce5sk5d70x6wnnmpvt7skf2kxy"
        let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
        for _ in 0..<500 {
            var characters = Array(text)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 5..<characters.count, using: &random)
                characters[index] = alphabet[Int.random(in: 0..<32, using: &random)]
            }
            guard String(characters) != text else { continue }
            #expect(throws: Bech32Error.wrongChecksum, "seed \(seed)") {
                try Bech32.decode(String(characters))
            }
        }
    }
}
