import Dispute
import DisputeSupport
import Primitives
import RiscV
import TestSupport
import Testing

/// Challenges stand for what is on the table and for nothing else.
@Suite("Challenges")
struct ChallengeTests {
    /// The finished games of all scenarios that a challenge ended, before that last move.
    private static func wonGames() throws -> [(
        name: String, table: DisputeTable, move: DisputeMove
    )] {
        try Scenarios.all().compactMap { scenario in
            let outcome = Referee.play(
                scenario.world, prover: scenario.prover, verifier: HonestVerifier(scenario.truth))
            guard case .move(let move) = outcome.ending else { return nil }
            let table = outcome.table.prefix(outcome.table.moves.count - 1)
            return (scenario.name, table, move)
        }
    }

    @Test("a proof with any value of the prover changed proves nothing")
    func changed() throws {
        var names: Set<String> = []
        for game in try Self.wonGames() {
            switch game.move {
            case .challenge(let challenge):
                #expect(challenge.isProven(on: game.table))
                let others = challenge.withOneValueChanged
                #expect(!others.isEmpty)
                for other in others {
                    #expect(!other.isProven(on: game.table), "\(game.name): \(other)")
                }
                names.insert(Outcome.name(challenge))
            case .readChallenge(let challenge):
                #expect(challenge.isProven(on: game.table))
                for other in challenge.withOneValueChanged {
                    #expect(!other.isProven(on: game.table), "\(game.name): \(other)")
                }
                names.insert(Outcome.name(challenge))
            default: break
            }
        }
        // All cases of both enums; equivocation is in both.
        #expect(names.count == 14 + 3)
    }

    @Test("no read and no write are not the same place")
    func emptyPlace() throws {
        // An honest row without a second read, and an honest step without a write before it: the
        // check of BitVMX-CPU 0.7 takes both for a write of the word that was read.
        let start = BLAKE3Chain.initialHash
        let write = ChainStep(
            writeAddress: 0, writeValue: 0, nextAddress: 0x8000_0004, nextMicro: 0)
        let proof = ReadValueProof(
            selector: .second, read: .init(), stepHash: start, write: write,
            nextHash: start.extended(by: write), writeStep: 3, conflictStep: 9)
        let program = try Scenarios.greeting().dispute
        #expect(!ReadChallenge.readValue(proof).holds(for: program))
    }

    @Test("a write at the last step before the conflict can be shown, and none after")
    func lastWrite() throws {
        let start = BLAKE3Chain.initialHash
        let write = ChainStep(
            writeAddress: 0xF000_0020, writeValue: 5, nextAddress: 0x8000_0004, nextMicro: 0)
        let program = try Scenarios.greeting().dispute
        for (step, holds) in [(8, true), (9, false), (10, false)] as [(UInt64, Bool)] {
            let proof = ReadValueProof(
                selector: .first, read: .init(address: 0xF000_0020, value: 4, lastStep: step + 1),
                stepHash: start, write: write, nextHash: start.extended(by: write),
                writeStep: step, conflictStep: 9)
            #expect(ReadChallenge.readValue(proof).holds(for: program) == holds)
        }
    }

    private static func places(
        _ first: UInt32 = 0xF000_0028, _ second: UInt32 = 0, _ write: UInt32 = 0xF000_0028,
        kinds: UInt8 = 0x08, counter: UInt32 = 0x8000_0000
    ) throws -> Challenge {
        .addressesSections(
            AddressesProof(
                firstAddress: first, secondAddress: second, writeAddress: write,
                memoryWitness: try #require(MemoryWitness(byte: kinds)), counterAddress: counter))
    }

    @Test("where a row may read, write and execute")
    func addresses() throws {
        let program = try Scenarios.greeting().dispute
        let allowed = try [
            Self.places(), Self.places(0xF000_0084), Self.places(7, kinds: 0x28),
            Self.places(0xF000_0000, 0xAA00_0000, kinds: 0x04),
            Self.places(0xF000_0000, 0xB000_0000, kinds: 0x04),
            Self.places(0xF000_0000, 0xF000_0004, 0xE07F_FFFC, kinds: 0x01),
            Self.places(0xF000_0000, 0xF000_0004, 3, kinds: 0x02),
        ]
        for challenge in allowed {
            #expect(!challenge.holds(for: program), "\(challenge)")
        }
        let forbidden = try [
            Self.places(0xF000_0026), Self.places(0xF000_0088), Self.places(0xAA00_0000),
            Self.places(0xF000_0000, 0xAA00_0002, kinds: 0x04),
            Self.places(0xF000_0000, 0x8000_0000, kinds: 0x04),
            Self.places(0xF000_0000, 0xF000_0000, kinds: 0x04),
            Self.places(0xF000_0000, 0, kinds: 0x04),
            Self.places(0xF000_0000, 0xAA00_0000, kinds: 0x00),
            Self.places(0xF000_0000, 0xF000_0004, 0xB000_0000, kinds: 0x01),
            Self.places(0xF000_0000, 0xF000_0004, 0xE080_0000, kinds: 0x01),
            Self.places(0xF000_0000, 0xF000_0004, 0xE07F_FFFD, kinds: 0x01),
            Self.places(counter: 0x8000_0002), Self.places(counter: 0xAA00_0000),
            Self.places(counter: 0), Self.places(counter: 0xF000_0000),
        ]
        for challenge in forbidden {
            #expect(challenge.holds(for: program), "\(challenge)")
        }
    }
}
