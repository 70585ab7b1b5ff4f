import Bitcoin
import Testing
import Validation

@Suite("Signer policy")
struct SignerPolicyTests {
    @Test("where blocks cost work, a header needs a share of it", arguments: Network.allCases)
    func work(_ network: Network) throws {
        let policy = SignerPolicy.standard(for: network)
        guard network == .mainnet else {
            #expect(policy.easiestTarget == nil)
            #expect(policy.revealConfirmations == 1)
            return
        }
        let easiest = try #require(policy.easiestTarget)
        let limit = try #require(ProofOfWorkTarget(bits: network.proofOfWorkLimitBits))
        // The bits of block 840,000.
        let real = try #require(ProofOfWorkTarget(bits: 0x1703_4219))
        #expect(real < easiest && easiest < limit)
        #expect(policy.revealConfirmations == 6)
    }

    @Test("an operator's own cold trip replaces the product's")
    func coldTrip() {
        let own = SignerPolicy.standard(for: .mainnet, coldTripBlocks: BlockCount(1_000))
        #expect(own.coldTripBlocks == BlockCount(1_000))
        #expect(SignerPolicy.standard(for: .mainnet).coldTripBlocks == BlockCount(144))
    }
}
