import Dispute
import DisputeSupport
import RiscV
import Testing

/// Disputes about a program whose input section touches another section that begins as zero.
@Suite("Games about input in several sections")
struct InputSectionGameTests {
    private static let inputWords: [UInt32] = [0x1111_1111, 0x2222_2222]

    @Test("an honest run is not doubted, and is defended")
    func honest() throws {
        let world = try World(elf: "sections", inputWords: Self.inputWords)
        let truth = try world.truth()
        let outcome = Referee.play(
            world, prover: HonestProver(truth), verifier: HonestVerifier(truth))
        #expect(outcome.winner == .prover)
        #expect(outcome.ending == .silence)
    }

    @Test(
        "a false word loses by the challenge of the section that it is in",
        arguments: [
            (0xAA00_0000, "uninitializedData"), (0xAA00_001C, "uninitializedData"),
            (0xAA00_0020, "inputData"), (0xAA00_0024, "inputData"),
            (0xAA00_0028, "uninitializedData"), (0xAA00_003C, "uninitializedData"),
        ] as [(UInt32, String)])
    func falseWord(_ example: (UInt32, String)) throws {
        let (address, proof) = example
        let world = try World(elf: "sections", inputWords: Self.inputWords)
        let truth = try world.truth()
        let row = try #require(
            truth.rows.first {
                $0.memoryWitness.second == .memory && $0.secondRead.address == address
            })
        let lie = Lie.read(row.secondRead.falsified(), at: row.stepNumber)
        let outcome = Referee.play(
            world, prover: FaultyProver(world.lyingRun([lie])), verifier: HonestVerifier(truth))
        #expect(outcome.winner == .verifier)
        #expect(outcome.proof == proof)
    }
}
