import Dispute
import DisputeSupport
import Primitives
import RiscV
import Testing

/// Where a search may be refused, at the ends of what a search can be.
@Suite("Refusals")
struct RefusalTests {
    /// A program of one instruction; what it does plays no part here.
    private static func table(stepLimit: UInt64, arity: Int) throws -> DisputeTable {
        let program = try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: "code", start: 0x8000_0000, byteCount: 4, kind: .code,
                    content: .initialized([0x73])), .registers,
            ])
        let world = try World(program, inputWords: [], stepLimit: stepLimit, arity: arity)
        return world.table
    }

    /// The table of a search that has ended at a step, after a claim.
    private static func table(
        stepLimit: UInt64, arity: Int, claim lastStep: UInt64, conflict: UInt64
    ) throws -> DisputeTable {
        var table = try table(stepLimit: stepLimit, arity: arity)
        let shape = table.program.shape
        try table.append(.commit(Claim(lastStep: lastStep, lastHash: .zero)))
        try table.append(.doubt(lastStep: lastStep))
        for round in 0..<shape.roundCount {
            let hashes = Array(repeating: Bytes20.zero, count: shape.hashCount(ofRound: round))
            try table.append(.hashes(hashes))
            try table.append(.select(shape.digit(of: conflict, inRound: round)))
        }
        try #require(table.phase == .opening)
        #expect(table.conflictStep == conflict)
        return table
    }

    private static func check(_ table: DisputeTable, mayRefuse: Bool) {
        #expect(table.mayRefuse == mayRefuse)
        var copy = table
        if mayRefuse {
            #expect(throws: Never.self) { try copy.append(.refuse) }
            #expect(copy.phase == .over(winner: .prover))
        } else {
            #expect(throws: MoveFault.nothingToRefuse) { try copy.append(.refuse) }
        }
    }

    @Test("a search without rounds ends before the only step, and is not refused")
    func noRounds() throws {
        let table = try Self.table(stepLimit: 1, arity: 8, claim: 1, conflict: 0)
        #expect(table.program.shape.roundCount == 0)
        Self.check(table, mayRefuse: false)
    }

    @Test(
        "the largest limit: the last step of the search, and those around the claim",
        arguments: [2, 8, 256])
    func largestLimit(_ arity: Int) throws {
        let limit: UInt64 = 1 << 63
        for (claim, conflict, mayRefuse) in [
            (limit, limit - 1, false), (limit, 0, false), (limit - 1, limit - 1, true),
            (limit - 1, limit - 2, false), (1, limit - 1, true), (1, 0, false), (1, 1, true),
            (limit / 2, limit / 2, true), (limit / 2, limit / 2 - 1, false),
        ] {
            let table = try Self.table(
                stepLimit: limit, arity: arity, claim: claim, conflict: conflict)
            Self.check(table, mayRefuse: mayRefuse)
        }
    }

    @Test(
        "a claim of the limit itself is refused behind it and nowhere before",
        arguments: [(16, 2), (16, 16), (13, 8), (9, 256), (64, 8)] as [(UInt64, Int)])
    func lastStepAtLimit(_ example: (UInt64, Int)) throws {
        let (limit, arity) = example
        let capacity = try Self.table(stepLimit: limit, arity: arity).program.shape.stepCapacity
        for conflict in 0..<capacity {
            let table = try Self.table(
                stepLimit: limit, arity: arity, claim: limit, conflict: conflict)
            Self.check(table, mayRefuse: conflict >= limit)
        }
    }

    @Test("a second search is refused behind the first one, with the largest limit too")
    func readSearch() throws {
        let limit: UInt64 = 1 << 63
        for (conflict, write, mayRefuse) in [
            (limit - 2, limit - 1, true), (limit - 1, limit - 1, false), (limit - 1, 0, false),
            (1, limit - 1, true), (1, 2, true), (1, 1, false),
        ] {
            var table = try Self.table(
                stepLimit: limit, arity: 256, claim: limit, conflict: conflict)
            let shape = table.program.shape
            var row = TraceRow(stepNumber: conflict + 1)
            row.opcode = 0x13
            row.nextCounter.address = 4
            try table.append(
                .open(
                    RowOpening(
                        row: row, stepHash: .zero, nextHash: .zero, conflictStep: conflict)))
            try table.append(.searchRead(shape.digit(of: write, inRound: 0)))
            for round in 1..<shape.roundCount {
                let hashes = Array(repeating: Bytes20.zero, count: shape.hashCount(ofRound: round))
                try table.append(.readHashes(hashes))
                try table.append(.selectRead(shape.digit(of: write, inRound: round)))
            }
            #expect(table.mayRefuseRead == mayRefuse)
            if mayRefuse {
                try table.append(.refuseRead)
                #expect(table.phase == .over(winner: .prover))
            } else {
                #expect(throws: MoveFault.nothingToRefuse) { try table.append(.refuseRead) }
            }
        }
    }
}
