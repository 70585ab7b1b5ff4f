internal import Dispute
internal import MachineSupport
internal import Primitives
internal import RiscV

extension Scenarios {
    /// A false read of a register in the middle of a run.
    private static func falseRead(
        _ name: String, _ expected: Scenario.Expectation,
        lastStep: (TraceRow) -> UInt64 = { $0.firstRead.lastStep },
        change: (inout FaultyProver, RecordedRun) -> Void = { _, _ in }
    ) throws -> Scenario {
        try Scenario(
            name, try greeting(), expected,
            { truth in
                let row = try computation(in: truth)
                return [
                    .read(row.firstRead.falsified(lastStep: lastStep(row)), at: row.stepNumber)
                ]
            }, change: change)
    }

    /// The liar's hashes of the second search: the truth, but for some steps.
    private static func lie(
        in steps: Range<UInt64>, _ prover: inout FaultyProver, _ truth: RecordedRun
    ) {
        var run = truth
        for step in steps {
            run.chain[Int(step)] = run.chain[Int(step)].falsified
        }
        prover.readRun = run
    }

    private static func falsify(
        _ prover: inout FaultyProver, _ change: @escaping (inout DisputeMove) -> Void
    ) {
        prover.change = { move, _ in change(&move) }
    }

    package static func searches() throws -> [Scenario] {
        let row = try computation(in: try greeting().truth())
        let later = row.firstRead.lastStep + 1
        return [
            try falseRead(
                "future read of the step after", .proof("futureRead"),
                lastStep: { $0.stepNumber + 1 }),
            try falseRead(
                "future read of the step itself", .proof("futureRead"), lastStep: { $0.stepNumber }),
            try falseRead("another value", .proof("readValue")),
            try falseRead(
                "another value, hashes true after all", .proof("readValue"),
                change: { $0.readRun = $1 }),
            try falseRead(
                "another address, later", .proof("readValue"), lastStep: { _ in later }),
            try falseRead(
                "another address, earlier", .proof("readValue"),
                lastStep: { $0.firstRead.lastStep - 1 }),
            try falseRead(
                "a write that was never made", .proof("readValue"), lastStep: { _ in .max }),
            try falseRead(
                "correct hash", .proof("correctHash"), lastStep: { _ in later },
                change: { lie(in: later..<later + 2, &$0, $1) }),
            try falseRead(
                "correct hash, before the write", .proof("correctHash"), lastStep: { _ in later },
                change: { lie(in: later - 1..<later, &$0, $1) }),
            try falseRead(
                "equivocation between the searches", .proof("searchEquivocation"),
                lastStep: { _ in later },
                change: { lie(in: later..<row.stepNumber + 40, &$0, $1) }),
            try falseRead(
                "equivocation, step hash", .proof("equivocation stepHash"),
                change: { prover, _ in falsify(&prover, Self.falsifyStepHash) }),
            try falseRead(
                "equivocation, next hash", .proof("equivocation nextHash"),
                change: { prover, _ in falsify(&prover, Self.falsifyNextHash) }),
            try falseRead(
                "read equivocation, step hash", .proof("read equivocation stepHash"),
                change: { prover, _ in falsify(&prover, Self.falsifyReadStepHash) }),
            try falseRead(
                "read equivocation, next hash", .proof("read equivocation nextHash"),
                change: { prover, _ in falsify(&prover, Self.falsifyReadNextHash) }),
            try falseRead(
                "refusal without reason", .noReason,
                change: { prover, _ in falsify(&prover) { if case .open = $0 { $0 = .refuse } } }),
            try falseRead(
                "refusal of the second search without reason", .noReason,
                change: { prover, _ in
                    falsify(&prover) { if case .openRead = $0 { $0 = .refuseRead } }
                }),
        ]
    }

    private static func falsifyStepHash(_ move: inout DisputeMove) {
        guard case .open(var opening) = move else { return }
        opening.stepHash = opening.stepHash.falsified
        move = .open(opening)
    }

    private static func falsifyNextHash(_ move: inout DisputeMove) {
        guard case .open(var opening) = move else { return }
        opening.nextHash = opening.nextHash.falsified
        move = .open(opening)
    }

    private static func falsifyReadStepHash(_ move: inout DisputeMove) {
        guard case .openRead(var opening) = move else { return }
        opening.stepHash = opening.stepHash.falsified
        move = .openRead(opening)
    }

    private static func falsifyReadNextHash(_ move: inout DisputeMove) {
        guard case .openRead(var opening) = move else { return }
        opening.nextHash = opening.nextHash.falsified
        move = .openRead(opening)
    }
}
