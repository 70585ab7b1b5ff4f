internal import Dispute
internal import MachineSupport
internal import Primitives
package import RiscV

/// The faults of BitVMX's own tests, and those that its scripts do not catch.
package enum Scenarios {
    package static func all() throws -> [Scenario] {
        try chain() + sections() + reads() + searches() + claims() + rows()
    }

    package static func greeting() throws -> World {
        try World(elf: "greeting", inputWords: [0x1111_1111])
    }

    private static func chain() throws -> [Scenario] {
        let world = try greeting()
        return [
            try Scenario("trace hash", world, .proof("traceHash"), { _ in [.hash(at: 60)] }),
            try Scenario(
                "trace hash zero", world, .proof("firstTraceHash"), { _ in [.hash(at: 1)] }),
            try Scenario(
                "entry point", world, .proof("entryPoint"),
                { _ in [.counter(at: 1) { $0 += 4 }] }),
            try Scenario(
                "program counter", world, .proof("programCounter"),
                { _ in [.counter(at: 2) { $0 += 4 }] }),
            try Scenario(
                "micro counter", world, .proof("programCounter"),
                { truth in
                    let step = try truth.step { $0.readCounter.micro == 1 }
                    return [Lie(step: step, before: { $0.micro = 2 })]
                }),
            try Scenario(
                "opcode", world, .proof("opcode"), { _ in [.opcode(0x0010_0073, at: 2)] }),
            try Scenario(
                "opcode that is not executed", try World(elf: "unimplemented", stepLimit: 50),
                .proof("opcode"), unclaimed: .fails, { _ in [.opcode(0x13, at: 1)] }),
            try Scenario(
                "a step that fails", try World(elf: "unimplemented", stepLimit: 50), .noLeaf,
                unclaimed: .fails),
            try Scenario(
                "jump off the words", try World(elf: "jump-off-words", stepLimit: 50), .noLeaf,
                unclaimed: .fails,
                { _ in
                    [
                        Lie(
                            step: 2,
                            after: { machine, row in
                                machine.ending = nil
                                row.readCounter.address = 0x8000_0004
                                row.opcode = machine.opcode
                                row.nextCounter.address = 0x8000_0002
                                row.memoryWitness.first = .register
                            })
                    ]
                }),
        ]
    }

    private static func sections() throws -> [Scenario] {
        func area(
            _ start: UInt32, _ kind: Section.Kind, byteCount: UInt32 = 4
        ) -> Section {
            Section(
                name: "liar's", start: start, byteCount: byteCount, kind: kind,
                content: .initialized(Array(repeating: 0x13, count: Int(byteCount / 4))))
        }
        func scenario(
            _ name: String, _ extra: Section, from step: UInt64
        ) throws -> Scenario {
            try Scenario(
                name, try World(elf: name, stepLimit: 50), .proof("addressesSections"),
                unclaimed: .fails, { _ in [Lie(step: step, before: { $0.add(extra) })] })
        }
        let failing = [
            try scenario("load-nothing", area(0, .readWrite), from: 1),
            try scenario("load-registers", area(0xF000_0000, .readWrite), from: 2),
            try scenario("load-code", area(0x8000_0000, .readWrite), from: 2),
            try scenario("store-constant", area(0xB000_0000, .readWrite), from: 1),
            try scenario("run-nothing", area(0, .code), from: 1),
            try scenario("run-data", area(0x9000_0000, .code), from: 1),
        ]
        return try failing
            + sectionsOfGreeting(area(0, .readWrite, byteCount: 64), area(0, .code))
    }

    /// The same faults in a run that ends well, which a verifier can doubt.
    private static func sectionsOfGreeting(
        _ data: Section, _ code: Section
    ) throws -> [Scenario] {
        func scenario(
            _ name: String, at isWanted: @escaping (TraceRow) -> Bool,
            _ change: @escaping (inout SlowMachine, TraceRow) -> Void
        ) throws -> Scenario {
            try Scenario(name, try greeting(), .proof("addressesSections")) { truth in
                let step = try truth.step(isWanted)
                let row = truth.rows[Int(step) - 1]
                return [Lie(step: step, before: { change(&$0, row) })]
            }
        }
        /// Lets the base register point to address 16.
        func lead(_ machine: inout SlowMachine, _ row: TraceRow) {
            let immediate = Instruction(decoding: row.opcode).immediate
            machine.add(data)
            machine.registers[Int(row.firstRead.address - 0xF000_0000) / 4] = 16 &- immediate
        }
        return [
            try scenario(
                "a read in no section", at: { $0.memoryWitness.second == .memory }, lead),
            try scenario(
                "a write in no section", at: { $0.memoryWitness.write == .memory }, lead),
            try scenario("a counter in no section", at: { $0.stepNumber == 70 }) { machine, _ in
                machine.add(code)
                machine.pc = 0
                machine.micro = 0
            },
        ]
    }

    private static func reads() throws -> [Scenario] {
        let world = try greeting()
        func memory(
            _ name: String, _ area: UInt32, _ proof: String, lastStep: UInt64? = nil
        ) throws -> Scenario {
            try Scenario(name, world, .proof(proof)) { truth in
                let row = try truth.firstFreshRead(in: area)
                return [.read(row.secondRead.falsified(lastStep: lastStep), at: row.stepNumber)]
            }
        }
        func register(_ name: String, _ address: UInt32, _ proof: String) throws -> Scenario {
            try Scenario(name, world, .proof(proof)) { truth in
                let step = try truth.step {
                    $0.firstRead.address == address && $0.firstRead.lastStep == .max
                }
                return [.read(truth.rows[Int(step) - 1].firstRead.falsified(), at: step)]
            }
        }
        return [
            try memory("input", 0xAA, "inputData"),
            try memory("initialized", 0xB0, "initializedData"),
            try memory("uninitialized", 0xA0, "uninitializedData"),
            try memory("a read from step 0", 0xA0, "zeroStepRead", lastStep: 0),
            try memory("input that somebody wrote", 0xAA, "readValue", lastStep: 9),
            try register("initial stack pointer", 0xF000_0008, "initializedData"),
            try register("register 0", 0xF000_0000, "uninitializedData"),
        ]
    }
}

extension Scenarios {
    /// A computation in the middle of a run with a first read that somebody wrote long before.
    package static func computation(in truth: RecordedRun) throws -> TraceRow {
        let rows = truth.rows
        let found = rows.first {
            $0.stepNumber > 130 && $0.memoryWitness == MemoryWitness(.register, .unused, .register)
                && $0.firstRead.lastStep != .max && $0.firstRead.lastStep + 2 < $0.stepNumber
                && $0.write.address < 0xF000_0080 && $0.firstRead.address < 0xF000_0080
        }
        return try required(found, "a computation")
    }
}
