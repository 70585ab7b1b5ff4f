import Bitcoin
import Testing

struct SequenceTests {
    @Test("Relative locks have the numbers of BIP-68")
    func relativeLocks() {
        #expect(Sequence.blocks(BlockCount(144)).rawValue == 144)
        #expect(Sequence.blocks(BlockCount(144)).relativeLock == .blocks(BlockCount(144)))
        #expect(Sequence.intervals(10).rawValue == 0x40_000A)
        #expect(Sequence.intervals(10).relativeLock == .intervals(10))
        #expect(Sequence(0x0001_0005).relativeLock == .blocks(BlockCount(5)))
        for sequence in [Sequence.final, .lockTimeEnabled, .replaceable] {
            #expect(sequence.relativeLock == nil)
        }
    }

    @Test("A lock in a script is met by a wait of the same kind and at least its length (BIP-112)")
    func satisfies() {
        let day = Sequence.blocks(BlockCount(144))
        #expect(day.satisfies(day))
        #expect(Sequence.blocks(BlockCount(145)).satisfies(day))
        #expect(!Sequence.blocks(BlockCount(143)).satisfies(day))
        #expect(!Sequence.intervals(200).satisfies(day))
        #expect(!Sequence.final.satisfies(day))
        #expect(!Sequence.replaceable.satisfies(day))
        #expect(Sequence.intervals(5).satisfies(.intervals(5)))
        #expect(!day.satisfies(.intervals(1)))
        #expect(day.satisfies(.final))
    }

    @Test("Replaceability is signalled below 0xfffffffe (BIP-125)")
    func replaceability() {
        #expect(Sequence.replaceable.signalsReplaceability)
        #expect(!Sequence.lockTimeEnabled.signalsReplaceability)
        #expect(!Sequence.final.signalsReplaceability)
        #expect(Sequence.replaceable.description == "0xfffffffd")
        #expect(Sequence(1).description == "0x00000001")
    }

    @Test("A lock time below 500 million is a height")
    func lockTime() {
        #expect(LockTime(499_999_999).meaning == .height(BlockHeight(499_999_999)))
        #expect(LockTime(500_000_000).meaning == .time(500_000_000))
        #expect(LockTime(BlockHeight(800_000))?.rawValue == 800_000)
        #expect(LockTime(BlockHeight(500_000_000)) == nil)
    }

    @Test("Heights count confirmations and waits without wrapping")
    func heights() {
        let height = BlockHeight(100)
        #expect(height.adding(BlockCount(6)) == BlockHeight(106))
        #expect(BlockHeight(.max).adding(BlockCount(1)) == nil)
        #expect(height.confirmationCount(tip: BlockHeight(99)) == 0)
        #expect(height.confirmationCount(tip: height) == 1)
        #expect(height.confirmationCount(tip: BlockHeight(105)) == 6)
        #expect(BlockCount(exactly: 65_536) == nil)
        #expect(BlockCount(exactly: 65_535) == .maximum)
        #expect(BlockCount(1).description == "1 block")
        #expect(BlockCount(2).description == "2 blocks")
    }
}
