import Bitcoin
import Primitives
import Testing

struct NetworkTests {
    static let firstTransactionHash =
        "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    static let testnet4TransactionHash =
        "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e"

    @Test(
        "The first block of each network has the network's hash and meets its own target",
        arguments: [
            (.mainnet, firstTransactionHash, 1_231_006_505, 0x1D00_FFFF, 2_083_236_893),
            (.testnet4, testnet4TransactionHash, 1_714_777_860, 0x1D00_FFFF, 393_743_547),
            (.signet, firstTransactionHash, 1_598_918_400, 0x1E03_77AE, 52_613_770),
            (.regtest, firstTransactionHash, 1_296_688_602, 0x207F_FFFF, 2),
        ] as [(Network, String, UInt32, UInt32, UInt32)])
    func genesis(
        _ network: Network, _ txid: String, _ time: UInt32, _ bits: UInt32, _ nonce: UInt32
    ) throws {
        let header = BlockHeader(
            version: 1, previousBlockHash: .zero,
            merkleRoot: try #require(Txid(hex: txid)).bytes, time: time, bits: bits,
            nonce: nonce)
        #expect(header.hash.hex == network.genesisHashText)
        #expect(header.bits == network.proofOfWorkLimitBits)
        #expect(header.meetsProofOfWork(on: network))
        #expect(try BlockHeader(decoding: header.encoded()) == header)
    }

    @Test("A network is found by its name and by no other")
    func names() {
        for network in Network.allCases {
            #expect(Network(name: network.name) == network)
        }
        #expect(Network(name: "Mainnet") == nil)
        #expect(Network(name: "testnet3") == nil)
        #expect(Network.mainnet.chainName == "main")
        #expect(Network.testnet4.chainName == "testnet4")
        #expect(Network.mainnet.coinType == 0)
        #expect(Network.regtest.coinType == 1)
        #expect(Set(Network.allCases.map(\.magic)).count == 4)
    }
}
