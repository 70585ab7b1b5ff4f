internal import Dispute
internal import MachineSupport
internal import Primitives
internal import RiscV

extension Scenarios {
    package static func claims() throws -> [Scenario] {
        let world = try greeting()
        func claim(
            _ name: String, _ proof: String, _ make: (UInt64, RecordedRun) -> Claim
        ) throws -> Scenario {
            try Scenario(
                name, world, .proof(proof),
                change: { prover, truth in
                    prover.claim = make(truth.lastStep, truth)
                })
        }
        return [
            try claim("a last step too early", "halt") { last, truth in
                Claim(lastStep: last - 2, lastHash: truth.chain[Int(last) - 2])
            },
            try claim("a last step too late", "earlyHalt") { last, truth in
                Claim(lastStep: last + 2, lastHash: truth.chain[Int(last)])
            },
            try claim("the very last step", "earlyHalt") { last, truth in
                Claim(lastStep: world.dispute.stepLimit, lastHash: truth.chain[Int(last)])
            },
            try claim("another last hash", "halt") { last, truth in
                Claim(lastStep: last, lastHash: truth.chain[Int(last)].falsified)
            },
            try Scenario(
                "another first hash", world, .proof("firstTraceHash"), { _ in [.hash(at: 1)] },
                change: { prover, _ in
                    prover.change = { move, _ in
                        guard case .open(var opening) = move else { return }
                        opening.stepHash = opening.stepHash.falsified
                        move = .open(opening)
                    }
                }),
            try Scenario(
                "a wrong input", try wrongInput(), .noLeaf, unclaimed: .endsWithError),
            try Scenario(
                "a wrong input, and the result denied", wrongInput(), .proof("readValue"),
                unclaimed: .endsWithError
            ) { truth in
                let row = truth.rows[truth.rows.count - 1]
                var read = row.secondRead
                read.value = 0
                return [.read(read, at: row.stepNumber)]
            },
            try Scenario("the end denied", world, .proof("readValue")) { truth in
                [.read(truth.rows[truth.rows.count - 1].firstRead.falsified(), at: truth.lastStep)]
            },
            try Scenario("no end at all", try endless(), .proof("opcode"), unclaimed: .goesOn) {
                _ in
                [.opcode(0x0010_0073, at: 2)]
            },
        ]
    }

    private static func wrongInput() throws -> World {
        try World(elf: "greeting", inputWords: [0x2222_2222])
    }

    /// Two instructions that jump to each other, and an end that is never reached.
    private static func endless() throws -> World {
        let code: [UInt32] = [0x13, 0xFFDF_F06F, 0x05D0_0893, 0x0000_0513, 0x73]
        let program = try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: "code", start: 0x8000_0000, byteCount: 20, kind: .code,
                    content: .initialized(code)), .registers,
            ])
        return try World(program, inputWords: [], stepLimit: 50, arity: 8)
    }

    package static func rows() throws -> [Scenario] {
        let world = try greeting()
        let divisions = try World(elf: "instructions", stepLimit: 1 << 16, arity: 16)
        func row(
            _ name: String, _ world: World, at isWanted: @escaping (TraceRow) -> Bool,
            _ change: @escaping (inout TraceRow) -> Void
        ) throws -> Scenario {
            try Scenario(name, world, .noLeaf) { truth in
                [Lie(step: try truth.step(isWanted), after: { change(&$1) })]
            }
        }
        func isNoOperation(_ row: inout TraceRow) {
            var empty = TraceRow(stepNumber: row.stepNumber)
            empty.readCounter = row.readCounter
            empty.opcode = row.opcode
            empty.nextCounter.address = row.readCounter.address + 4
            row = empty
        }
        let isDivision: (TraceRow) -> Bool = { $0.witness != nil && $0.secondRead.value > 1 }
        return [
            try row("a wrong quotient", divisions, at: isDivision) { $0.write.value += 1 },
            try row("a wrong witness", divisions, at: isDivision) {
                $0.witness = ($0.witness ?? 0) &+ 1
                $0.write.value &+= 1
            },
            try row("a wrong write", world, at: { $0.stepNumber == 70 }) { $0.write.value ^= 1 },
            try row("a store left out", world, at: { $0.memoryWitness.write == .memory }) {
                isNoOperation(&$0)
            },
            try row("a computation left out", world, at: { $0.memoryWitness.byte == 8 }) {
                isNoOperation(&$0)
            },
            try row("register 0 written", world, at: { $0.memoryWitness.byte == 8 }) {
                $0.opcode &= ~0xF80
                $0.write.address = 0xF000_0000
            },
            try Scenario(
                "an unused read, used", world, .noLeaf,
                { truth in
                    let row = try computation(in: truth)
                    return [.read(row.firstRead.falsified(), at: row.stepNumber)]
                },
                change: { prover, _ in
                    prover.change = { move, _ in
                        guard case .open(var opening) = move else { return }
                        opening.row.secondRead.value = 7
                        move = .open(opening)
                    }
                }),
        ]
    }
}
