package import Dispute
package import MachineSupport
package import Primitives
package import RiscV

/// A whole run in memory, true or not.
package struct RecordedRun: ExecutionSource {
    package typealias Failure = Never

    package var result: ExecutionResult
    /// The row of step k has index k - 1.
    package var rows: [TraceRow]
    /// The chain after step k has index k.
    package var chain: [Bytes20]
    /// What a7 held before every step, where that does not follow from the rows.
    package var a7Reads: [TraceRow.Read] = []
    private let world: World
    private let writes: [UInt32: [TraceRow]]

    package init(
        _ world: World, result: ExecutionResult, rows: [TraceRow], chain: [Bytes20]
    ) {
        self.world = world
        self.result = result
        self.rows = rows
        self.chain = chain
        writes = Dictionary(
            grouping: rows.filter { $0.memoryWitness.write != .unused }, by: \.write.address)
    }

    package var lastStep: UInt64 { UInt64(rows.count) }

    /// Where a lie claims more steps than there are, the last hash is repeated.
    package func hashes(after steps: [UInt64]) -> [Bytes20] {
        steps.map { chain[min(Int($0), chain.count - 1)] }
    }

    package func row(ofStep step: UInt64) -> TraceRow {
        step <= lastStep ? rows[Int(step) - 1] : TraceRow(stepNumber: step)
    }

    package func read(at address: UInt32, beforeStep step: UInt64) -> TraceRow.Read {
        if address == StepOpening.a7Address, Int(step) <= a7Reads.count {
            return a7Reads[Int(step) - 1]
        }
        let last = writes[address]?.last { $0.stepNumber < step }
        return TraceRow.Read(
            address: address, value: last?.write.value ?? initialValue(at: address),
            lastStep: last?.stepNumber ?? MemoryMap.neverWritten)
    }

    private func initialValue(at address: UInt32) -> UInt32 {
        switch world.dispute.commitment.initialWord(at: address) {
        case .input(let index): world.inputWords[index]
        case .initialized(_, let word): word
        case .uninitialized, nil: 0
        }
    }
}

/// A program with an input, and what both parties agree on.
package struct World {
    package let program: RiscV.Program
    package let dispute: DisputeProgram
    package let inputWords: [UInt32]

    /// What the machine makes of it: the truth.
    package func truth() throws -> RecordedRun {
        let machine = try machine(.writesAndHashes)
        var rows: [TraceRow] = []
        var chain = [BLAKE3Chain.initialHash]
        machine.record(to: dispute.stepLimit) { row, hash in
            rows.append(row)
            chain.append(hash)
        }
        return RecordedRun(
            self, result: machine.run(limit: dispute.stepLimit), rows: rows, chain: chain)
    }

    /// The product's machine with the input.
    package func machine(_ tracking: Machine.Tracking) throws -> Machine {
        let bytes = inputWords.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
        }
        return try Machine(program, input: ProgramInput(bytes), tracking: tracking)
    }

    /// An empty table.
    package var table: DisputeTable { DisputeTable(dispute, inputWords: inputWords) }
}

/// One way to interfere with a run at one step.
package struct Lie {
    /// The step that it concerns.
    package let step: UInt64
    /// What happens to the machine before the step.
    package var before: (inout SlowMachine) -> Void = { _ in }
    /// What happens to machine and row after the step, before the row is hashed.
    package var after: (inout SlowMachine, inout TraceRow) -> Void = { _, _ in }
    /// What happens to the hash.
    package var hash: (Bytes20) -> Bytes20 = { $0 }
}

extension World {
    /// A run with lies, made by the slow machine, that pretends to have ended well.
    ///
    /// - Parameter extra: Sections that only the liar has; they go before the true ones.
    package func lyingRun(_ lies: [Lie], with extra: [Section] = []) -> RecordedRun {
        var machine = SlowMachine(
            entryPoint: program.entryPoint, sections: extra + program.sections)
        if let input = dispute.commitment.inputRange {
            for (index, word) in inputWords.enumerated() {
                machine.words[input.start + 4 * UInt32(index)] = word
            }
        }
        var rows: [TraceRow] = []
        var chain = [BLAKE3Chain.initialHash]
        var a7Reads: [TraceRow.Read] = []
        while machine.ending == nil, machine.step < dispute.stepLimit {
            let step = machine.step + 1
            let current = lies.filter { $0.step == step }
            for lie in current { lie.before(&machine) }
            a7Reads.append(
                TraceRow.Read(
                    address: StepOpening.a7Address, value: machine.registers[17],
                    lastStep: machine.registerStamps[17]))
            var row = machine.advance()
            for lie in current { lie.after(&machine, &row) }
            rows.append(row)
            let hash = chain[chain.count - 1].extended(by: row.chainStep)
            chain.append(current.reduce(hash) { $1.hash($0) })
        }
        var run = RecordedRun(
            self, result: .halt(returnValue: 0, step: machine.step), rows: rows, chain: chain)
        run.a7Reads = a7Reads
        return run
    }
}

extension Bytes20 {
    /// Another hash.
    package var falsified: Bytes20 {
        var bytes = bytes
        bytes[7] ^= 0x40
        return Bytes20(bytes) ?? .zero
    }
}
