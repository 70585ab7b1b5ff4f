import Bitcoin
import Curve
import Primitives
import Secrets
import TestSupport
import Testing

struct TaprootAccountVectors: Decodable {
    struct Case: Decodable {
        let path: String
        let xpub: String
        let internalKey: String
        let outputKey: String
        let scriptPubKey: String
        let address: String
    }

    let mnemonic: String
    let rootXpub: String
    let accountXpub: String
    let cases: [Case]

    static func load() throws -> TaprootAccountVectors {
        try Vectors.document(TaprootAccountVectors.self, "bip-0086/addresses")
    }
}

@Suite("TaprootAccount")
struct TaprootAccountTests {
    private func seed() throws -> Seed {
        try Mnemonic(typed: .typed(TaprootAccountVectors.load().mnemonic)).seed()
    }

    @Test("BIP-86 vectors: account key, internal and output keys, addresses")
    func vectors() throws {
        let vectors = try TaprootAccountVectors.load()
        let account = try TaprootAccount(seed: seed(), network: .mainnet)
        #expect(account.key.text(.mainnet) == vectors.accountXpub)
        let master = try ExtendedKey(masterOf: seed())
        let root = master.publicPart.text(.mainnet)
        #expect(root == vectors.rootXpub)
        for vector in vectors.cases {
            let path = try #require(DerivationPath(vector.path))
            let key = try master.derived(path).publicPart
            #expect(key.text(.mainnet) == vector.xpub)
            #expect(key.publicKey.xOnly.hex == vector.internalKey)
            guard case .normal(let index) = path.steps[4], path.steps[3] == .normal(0) else {
                // A change address: BIP-86 has it, the account's outputs are receiving ones.
                continue
            }
            let output = try account.output(at: index)
            #expect(output.index == index)
            #expect(output.internalKey.hex == vector.internalKey)
            #expect(output.outputKey.hex == vector.outputKey)
            #expect(Hex.encode(output.scriptPubKey) == vector.scriptPubKey)
            let address = try #require(
                Address(scriptPubKey: Script(output.scriptPubKey), network: .mainnet))
            #expect(address.description == vector.address)
        }
    }

    @Test("the descriptor names fingerprint, path and key, and ends in Bitcoin Core's checksum")
    func descriptor() throws {
        let vectors = try TaprootAccountVectors.load()
        let account = try TaprootAccount(seed: seed(), network: .mainnet)
        #expect(account.fingerprintText == "73c5da0a")
        #expect(
            account.descriptor
                == "tr([73c5da0a/86h/0h/0h]\(vectors.accountXpub)/0/*)#se42yddx")
        let test = try TaprootAccount(seed: seed(), network: .regtest)
        #expect(test.descriptor.hasPrefix("tr([73c5da0a/86h/1h/0h]tpub"))
    }

    @Test("descriptor checksum: BIP-380's vector, and letters that no descriptor has")
    func descriptorChecksum() {
        #expect(DescriptorChecksum.letters(for: "raw(deadbeef)") == "89f8spxm")
        #expect(DescriptorChecksum.letters(for: "raw(deadbeee)") != "89f8spxm")
        #expect(DescriptorChecksum.letters(for: "raw(Ü)") == nil)
    }

    @Test("network names are those of the Bitcoin module")
    func networks() {
        #expect(KeyNetwork.allCases.map(\.rawValue) == Network.allCases.map(\.rawValue))
        #expect(KeyNetwork.allCases.map(\.coinType) == Network.allCases.map(\.coinType))
    }
}
