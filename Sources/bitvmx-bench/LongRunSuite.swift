import Foundation
import RiscV

/// A run as long as a dispute allows: time and memory with hashes, then checkpoints, and the rounds
/// of searches that are answered from them.
enum LongRunSuite {
    private struct Subject {
        let name: String
        let program: RiscV.Program
        let input: ProgramInput?
    }

    /// The slowest answers so far.
    private struct Slowest {
        var round: Measurement?
        var row: Measurement?

        private static func slower(_ first: Measurement?, _ second: Measurement) -> Measurement {
            guard let first, first.cpuNanoseconds > second.cpuNanoseconds else { return second }
            return first
        }

        mutating func add(round measurement: Measurement) {
            round = Self.slower(round, measurement)
        }

        mutating func add(row measurement: Measurement) {
            row = Self.slower(row, measurement)
        }
    }

    /// - Parameter stepCount: At least 1; 500 million is what the product is held to.
    static func run(stepCount: UInt64) throws -> SuiteReport {
        var report = SuiteReport("machine, \(stepCount) steps")
        let file = URL(filePath: MachineSuite.folder + "/mulmod.elf")
        let subjects = [
            Subject(
                name: "mulmod", program: try Program(elf: [UInt8](Data(contentsOf: file))),
                input: ProgramInput([0xFF, 0xFF, 0xFF, 0x7F])),
            Subject(
                name: "scattered stores", program: try ScatteredStores.program(), input: nil),
        ]
        for subject in subjects { try measure(subject, stepCount, &report) }
        return report
    }

    private static func measure(
        _ subject: Subject, _ stepCount: UInt64, _ report: inout SuiteReport
    ) throws {
        let name = subject.name
        let machine = try Machine(
            subject.program, input: subject.input, tracking: .writesAndHashes)
        let hashed = Measurement.once("\(name), hashed", count: Int(stepCount)) {
            _ = machine.run(limit: stepCount)
        }
        // From here on its memory is not needed, and is not counted with that of the other run.
        let expected = machine.hash
        report.measurements.append(hashed)
        report.figures.append(
            ("\(name), hashed", Int(hashed.wallNanoseconds / 1_000_000), "ms"))
        report.peakMemory(name)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bitvmx-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try CheckpointedRun(
            subject.program, input: subject.input,
            storage: CheckpointDirectory(path: folder.path))
        let kept = try Measurement.once("\(name), with checkpoints", count: Int(stepCount)) {
            try run.advance(to: stepCount)
        }
        let hash = try run.hash(at: stepCount)
        precondition(hash == expected, "checkpoints do not change the chain")
        report.measurements.append(kept)
        report.figures.append(
            ("\(name), with checkpoints", Int(kept.wallNanoseconds / 1_000_000), "ms"))
        report.peakMemory("\(name), with checkpoints")
        report.figures.append(
            ("\(name), checkpoints", run.byteCount / 1_000_000, "MB  (aim 300)"))
        report.figures.append(
            ("\(name), steps between checkpoints", Int(run.currentSpacing), "steps"))
        try answer(run, hashed, name, &report)
    }

    private static func answer<Storage: CheckpointStorage>(
        _ run: CheckpointedRun<Storage>, _ hashed: Measurement, _ name: String,
        _ report: inout SuiteReport
    ) throws {
        var all = Slowest()
        for arity in [2, 8, 64, 128, 256] as [UInt64] {
            var slowest = Slowest()
            for eighth in [3, 5, 7] as [UInt64] {
                // Shortly before a checkpoint: the way from the one before it is longest there.
                let target = run.lastStep / 8 * eighth - 12_345
                try search(run, arity, target, &slowest)
            }
            report.slowest(slowest.round, "\(name), slowest round in \(arity) parts")
            if let round = slowest.round { all.add(round: round) }
            if let row = slowest.row { all.add(row: row) }
        }
        report.slowest(all.row, "\(name), slowest row")
        let whole = Measurement(
            name: name, count: 1, cpuNanoseconds: hashed.cpuNanoseconds,
            wallNanoseconds: hashed.wallNanoseconds)
        if let round = all.round {
            report.ratio("\(name), hashed run to slowest round", of: whole, to: round)
        }
        if let row = all.row {
            report.ratio("\(name), hashed run to slowest row", of: whole, to: row)
        }
    }

    /// Answers every round of a search that ends at a step, and opens its row.
    private static func search<Storage: CheckpointStorage>(
        _ run: CheckpointedRun<Storage>, _ arity: UInt64, _ target: UInt64,
        _ slowest: inout Slowest
    ) throws {
        var bits = UInt64(64 - (run.lastStep - 1).leadingZeroBitCount)
        let each = UInt64(arity.trailingZeroBitCount)
        var base: UInt64 = 0
        while bits > 0 {
            let parts = min(each, bits)
            bits -= parts
            let interval = UInt64(1) << bits
            let steps = (1..<UInt64(1) << parts).map { base + $0 * interval }
                .filter { $0 <= run.lastStep }
            slowest.add(
                round: try Measurement.once("round", count: 1) {
                    _ = try run.hashes(at: steps)
                })
            base = (target >> bits) << bits
        }
        slowest.add(
            row: try Measurement.once("row", count: 1) { _ = try run.row(at: target + 1) })
    }
}

extension SuiteReport {
    fileprivate mutating func peakMemory(_ name: String) {
        figures.append(
            (
                "\(name), peak memory so far", Measurement.peakMemoryByteCount / 1_000_000,
                "MB  (aim 100)"
            ))
    }

    fileprivate mutating func slowest(_ answer: Measurement?, _ name: String) {
        guard let answer else { return }
        figures.append((name, Int(answer.cpuNanoseconds / 1_000_000), "ms CPU  (aim 300)"))
    }
}

/// A program without end that stores into 8 MB of memory here and there: hard on checkpoints.
enum ScatteredStores {
    static func program() throws -> RiscV.Program {
        let words: [UInt32] = [
            0x9000_02B7,  // lui x5, 0x90000
            0x0019_63B7,  // lui x7, 0x196
            0x60D3_8393,  // addi x7, x7, 1549: a multiplier that visits every word
            0x0080_0437,  // lui x8, 0x800
            0xFFC4_0413,  // addi x8, x8, -4
            0x0273_0333,  // mul x6, x6, x7
            0x00B3_0313,  // addi x6, x6, 11
            0x0083_54B3,  // srl x9, x6, x8
            0x0083_74B3,  // and x9, x6, x8
            0x0054_84B3,  // add x9, x9, x5
            0x0064_A023,  // sw x6, 0(x9)
            0xFE9F_F06F,  // jal x0, -24
        ]
        return try RiscV.Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: ".text", start: 0x8000_0000, byteCount: UInt32(4 * words.count),
                    kind: .code, content: .initialized(words)),
                Section(
                    name: ".bss", start: 0x9000_0000, byteCount: 0x80_0000, kind: .readWrite,
                    content: .uninitialized), .registers,
            ])
    }
}
