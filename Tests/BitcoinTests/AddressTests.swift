import Bitcoin
import Primitives
import TestSupport
import Testing

struct AddressTests {
    struct Vector: Decodable, Sendable {
        let network: String
        let address: String
        let scriptPubKey: String
    }

    @Test(
        "Addresses of Bitcoin Core's key_io_valid are read and written",
        arguments: try Vectors.load(Vector.self, "addresses/valid"))
    func valid(_ vector: Vector) throws {
        let network = try #require(Network(name: vector.network))
        let address = try Address(vector.address, network: network)
        #expect(address.scriptPubKey.hex == vector.scriptPubKey)
        #expect(address.description == vector.address)
        #expect(Address(scriptPubKey: address.scriptPubKey, network: network) == address)
        let foreign: [Network] = network == .mainnet ? [.signet, .regtest] : [.mainnet]
        for other in foreign {
            #expect(throws: AddressError.self) { try Address(vector.address, network: other) }
        }
    }

    @Test(
        "Segwit addresses are read in capitals, base58 addresses in their own case only",
        arguments: try Vectors.load(Vector.self, "addresses/valid"))
    func capitals(_ vector: Vector) throws {
        let network = try #require(Network(name: vector.network))
        let capitals = vector.address.uppercased()
        let isSegwit = vector.address.hasPrefix(network.bech32HumanReadablePart + "1")
        if isSegwit {
            #expect(try Address(capitals, network: network).description == vector.address)
        } else {
            #expect(throws: AddressError.self) { try Address(capitals, network: network) }
        }
    }

    @Test("A changed character makes a base58 address unreadable")
    func damagedBase58() throws {
        let text = Array("1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo")
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == "2" ? "3" : "2"
            #expect(throws: AddressError.self) {
                try Address(String(changed), network: .mainnet)
            }
        }
    }

    @Test("An error tells a damaged address from one of another network")
    func errors() {
        #expect(throws: AddressError.damaged(.wrongChecksum)) {
            try Address("bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhw", network: .mainnet)
        }
        #expect(throws: AddressError.otherHumanReadablePart("tb")) {
            try Address("tb1qcrh3yqn4nlleplcez2yndq2ry8h9ncg3qh7n54", network: .mainnet)
        }
        #expect(throws: AddressError.otherVersion(111)) {
            try Address("mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ", network: .mainnet)
        }
        #expect(
            throws: AddressError.unreadable(
                bech32: .missingSeparator, base58: .invalidCharacter(offset: 0))
        ) { try Address("0", network: .mainnet) }
        #expect(throws: AddressError.self) { try Address("", network: .mainnet) }
    }

    @Test("Scripts without an address have none")
    func withoutAddress() {
        for script in [Script.empty, .opReturn([1]), Script([0x51]), Script([0, 2, 1, 1])] {
            #expect(Address(scriptPubKey: script, network: .mainnet) == nil)
        }
    }

    @Test("Pay to anchor has the address that Bitcoin Core shows")
    func anchor() {
        let address = Address(scriptPubKey: .payToAnchor, network: .mainnet)
        #expect(address?.description == "bc1pfeessrawgf")
    }

    @Test("Base58 reads what it writes, leading zeros included")
    func base58RoundTrip() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        for count in 0..<80 {
            let zeros = [UInt8](repeating: 0, count: Int.random(in: 0...3, using: &random))
            let payload = zeros + random.bytes(count: count)
            let text = Base58Check.encode(payload)
            #expect(try Base58Check.decode(text) == payload, "seed \(seed)")
        }
        #expect(throws: Base58Error.tooLong(characterCount: 129, limit: 128)) {
            try Base58Check.decode(String(repeating: "1", count: 129))
        }
        #expect(throws: Base58Error.tooShort) { try Base58Check.decode("111") }
    }
}
