import Dispute
import DisputeSupport
import MachineSupport
import RiscV
import TestSupport
import Testing

/// What a store of checkpoints answers when a read is disputed.
@Suite("Reads before a step")
struct MachineReadTests {
    @Test("the machine, the rows of a run and the slow machine agree on every place")
    func agreement() throws {
        var random = SplitMix64.announced("reads before a step")
        for end in RandomWorld.End.allCases {
            var generator = RandomWorld(random)
            let world = try generator.world(end)
            random = generator.rest
            let truth = try world.truth()
            let machine = try world.machine(.writes)
            for step in 1...truth.lastStep {
                for address in Self.addresses {
                    let read = machine.read(at: address)
                    #expect(read == truth.read(at: address, beforeStep: step))
                }
                machine.advance(to: step)
            }
            #expect(machine.ending != nil || end == .loop)
        }
    }

    private static let addresses: [UInt32] =
        (0..<34).map { 0xF000_0000 + 4 * $0 } + (0..<32).map { RandomWorld.dataStart + 4 * $0 }
        + (0..<8).map { 0xAA00_0000 + 4 * $0 } + (0..<250).map { 0xB000_0000 + 4 * $0 }

    @Test("the reads of a row are what was there before it")
    func rows() throws {
        var generator = RandomWorld(SplitMix64.announced("reads of rows"))
        let world = try generator.world(.halt)
        let truth = try world.truth()
        for row in truth.rows {
            for (kind, read) in [
                (row.memoryWitness.first, row.firstRead),
                (row.memoryWitness.second, row.secondRead),
            ] where kind != .unused {
                #expect(truth.read(at: read.address, beforeStep: row.stepNumber) == read)
            }
        }
    }

    @Test("code and emptiness cannot be read")
    func nothing() throws {
        let machine = try Scenarios.greeting().machine(.writes)
        for address in [0, 0x8000_0000, 0xF000_0088, 0xFFFF_FFFC] as [UInt32] {
            #expect(machine.read(at: address) == nil)
        }
    }
}
