internal import Dispute
internal import MachineSupport
internal import Primitives
internal import RiscV
package import TestSupport

/// Random lies, alone or together, in a run and at the table.
package struct RandomLiar {
    /// What a lie is about.
    package enum Kind: CaseIterable {
        case hash, write, counter, nextCounter, value, step, input, opcode, sections
        case lastStep, lastHash, stepHash, nextHash, row, refusal, nothing
    }

    package let world: World
    package let truth: RecordedRun
    private var random: RandomWorld
    private let focus: UInt64

    package init(_ world: World, _ truth: RecordedRun, _ random: SplitMix64) {
        self.world = world
        self.truth = truth
        var source = RandomWorld(random)
        // A program that does not end well must be led away from its last step.
        var mustLeave = true
        if case .halt(returnValue: 0, _) = truth.result { mustLeave = false }
        let last = UInt32(truth.lastStep)
        let places =
            [1, last, last, 1 + source.below(last)] + (0..<8).map { _ in source.below(last) + 1 }
        focus = mustLeave ? truth.lastStep : UInt64(places[Int(source.below(12))])
        self.random = source
    }

    /// Several lies about one step are harder to tell apart than lies here and there.
    private mutating func anyStep() -> UInt64 {
        switch random.below(24) {
        case 0..<3: 1
        case 3..<10: 1 + below(truth.lastStep)
        default: focus
        }
    }

    private mutating func below(_ limit: UInt64) -> UInt64 {
        UInt64(random.below(UInt32(limit)))
    }

    /// A prover with a lie of a kind.
    package mutating func prover(_ kinds: [Kind]) -> FaultyProver {
        var lies: [Lie] = []
        for kind in kinds { lies += runLies(kind) }
        let extra = kinds.contains(.sections) ? [liarsSection()] : []
        var prover = FaultyProver(world.lyingRun(lies, with: extra))
        var changes: [(inout DisputeMove) -> Void] = []
        for kind in kinds {
            if kind == .lastStep || kind == .lastHash { prover.claim = claim(kind, prover.run) }
            if let change = tableLie(kind) { changes.append(change) }
        }
        prover.readRun = readRun(prover.run)
        let made = changes
        prover.change = { move, _ in for change in made { change(&move) } }
        return prover
    }

    private mutating func liarsSection() -> Section {
        Section(
            name: "liar's", start: 0, byteCount: 64,
            kind: random.below(2) == 0 ? .readWrite : .code,
            content: .initialized((0..<16).map { _ in random.instruction() }))
    }

    private mutating func runLies(_ kind: Kind) -> [Lie] {
        let step = anyStep()
        switch kind {
        case .hash: return [.hash(at: step)]
        case .counter:
            let address = RandomWorld.codeStart + 4 * random.below(70)
            let micro = random.below(6) == 0 ? UInt8(random.below(8)) : nil
            return [
                Lie(
                    step: step,
                    before: {
                        $0.pc = address
                        $0.micro = micro ?? $0.micro
                        $0.ending = nil
                    })
            ]
        case .nextCounter:
            let address = RandomWorld.codeStart + 4 * random.below(70)
            return [
                Lie(
                    step: step,
                    after: { machine, row in
                        machine.pc = address
                        machine.ending = nil
                        row.nextCounter = ProgramCounter(address: address, micro: 0)
                    })
            ]
        case .write:
            let value = random.bits()
            return [
                Lie(
                    step: step,
                    after: { machine, row in
                        row.write.value = value
                        machine.falsify(
                            .init(address: row.write.address, value: value, lastStep: step))
                    })
            ]
        case .value, .step: return [readLie(at: step, kind)]
        case .input: return inputLie()
        case .sections: return [random.below(2) == 0 ? wildAccess() : wildCounter(at: step)]
        case .opcode:
            let word = random.below(3) == 0 ? 0x73 : random.instruction()
            return [.opcode(word, at: step)]
        default: return []
        }
    }

    /// A false word of the input, where one is read.
    private mutating func inputLie() -> [Lie] {
        let rows = truth.rows.filter {
            $0.memoryWitness.second == .memory && $0.secondRead.lastStep == MemoryMap.neverWritten
                && world.dispute.commitment.inputRange?.containsWord(at: $0.secondRead.address)
                    == true
        }
        guard !rows.isEmpty else { return [] }
        let row = rows[Int(random.below(UInt32(rows.count)))]
        var read = row.secondRead
        read.value ^= 1 << random.below(32)
        return [.read(read, at: row.stepNumber)]
    }

    /// An access to the liar's section.
    private mutating func wildAccess() -> Lie {
        let rows = truth.rows.filter {
            $0.memoryWitness.second == .memory || $0.memoryWitness.write == .memory
        }
        let row = rows.isEmpty ? truth.rows[0] : rows[Int(random.below(UInt32(rows.count)))]
        let base = Int(row.opcode >> 15 & 31)
        let address = random.below(64) &- Instruction(decoding: row.opcode).immediate
        return Lie(step: row.stepNumber, before: { $0.registers[base] = address })
    }

    /// A step in the liar's section.
    private mutating func wildCounter(at step: UInt64) -> Lie {
        let address = 4 * random.below(16)
        return Lie(
            step: step,
            before: {
                $0.pc = address
                $0.micro = 0
                $0.ending = nil
            })
    }

    /// A false read of the step, if it reads anything.
    private mutating func readLie(at step: UInt64, _ kind: Kind) -> Lie {
        let row = truth.rows[Int(step) - 1]
        var reads: [TraceRow.Read] = []
        if row.memoryWitness.first != .unused { reads.append(row.firstRead) }
        if row.memoryWitness.second != .unused { reads.append(row.secondRead) }
        if reads.isEmpty {
            // A call, a failure or no read at all: anything may have been there.
            let register = [17, 10, 0, 5, 2][Int(random.below(5))] as UInt32
            reads.append(truth.read(at: 0xF000_0000 + 4 * register, beforeStep: step))
        }
        var read = reads[Int(random.below(UInt32(reads.count)))]
        let values: [UInt32] = [
            random.bits(), read.value ^ 1, 0, 93, RandomWorld.dataStart + random.below(64),
        ]
        read.value = values[Int(random.below(5))]
        if kind == .step {
            let steps: [UInt64] = [
                0, .max, step, step + 1, step - 1, 1, read.lastStep &+ 1, read.lastStep &- 1,
                1 + below(step), truth.lastStep,
            ]
            read.lastStep = steps[Int(random.below(UInt32(steps.count)))]
        }
        let falsified = read
        return Lie(
            step: step,
            before: {
                $0.falsify(falsified)
                $0.ending = nil
            })
    }

    private mutating func claim(_ kind: Kind, _ run: RecordedRun) -> Claim {
        var claim = Claim(lastStep: run.lastStep, lastHash: run.chain[Int(run.lastStep)])
        guard kind == .lastStep else {
            claim.lastHash = claim.lastHash.falsified
            return claim
        }
        let limit = world.dispute.stepLimit
        claim.lastStep =
            [limit, 1, 1 + below(limit), min(limit, claim.lastStep + 1)][
                Int(random.below(4))]
        let step = min(Int(claim.lastStep), run.chain.count - 1)
        claim.lastHash = random.below(4) == 0 ? claim.lastHash : run.chain[step]
        return claim
    }

    private mutating func tableLie(_ kind: Kind) -> ((inout DisputeMove) -> Void)? {
        let isRead = random.below(2) == 0
        let choice = random.below(7)
        let word = random.instruction()
        switch kind {
        case .stepHash, .nextHash:
            return { move in
                switch move {
                case .open(var opening) where !isRead:
                    opening.falsify(kind)
                    move = .open(opening)
                case .openRead(var opening) where isRead:
                    opening.falsify(kind)
                    move = .openRead(opening)
                default: break
                }
            }
        case .row:
            return { move in
                guard case .open(var opening) = move else { return }
                opening.row.forge(choice, word)
                move = .open(opening)
            }
        case .refusal:
            return { move in
                if case .open = move, !isRead { move = .refuse }
                if case .openRead = move, isRead { move = .refuseRead }
            }
        default: return nil
        }
    }

    /// What is published in the second search: the truth, the lie, or a mixture.
    private mutating func readRun(_ lie: RecordedRun) -> RecordedRun {
        guard random.below(3) != 0 else { return lie }
        var run = truth
        let count = UInt64(run.chain.count)
        let first = 1 + below(count)
        let last = random.below(2) == 0 ? first + below(8) : first + below(count)
        for step in first...last where step < count && random.below(5) != 0 {
            run.chain[Int(step)] = run.chain[Int(step)].falsified
        }
        return run
    }
}

extension RowOpening {
    fileprivate mutating func falsify(_ kind: RandomLiar.Kind) {
        if kind == .stepHash { stepHash = stepHash.falsified }
        if kind == .nextHash { nextHash = nextHash.falsified }
    }
}

extension ReadOpening {
    fileprivate mutating func falsify(_ kind: RandomLiar.Kind) {
        if kind == .stepHash { stepHash = stepHash.falsified }
        if kind == .nextHash { nextHash = nextHash.falsified }
    }
}

extension TraceRow {
    /// Another row for the same step.
    fileprivate mutating func forge(_ choice: UInt32, _ word: UInt32) {
        switch choice {
        case 0: opcode = word
        case 1: firstRead.lastStep = [0, .max, stepNumber, 1][Int(word % 4)]
        case 2: secondRead.lastStep = [0, .max, stepNumber, 1][Int(word % 4)]
        case 3: secondRead.value = word
        case 4: firstRead.address = 0xF000_0000 + 4 * (word % 40)
        case 5:
            // A computation that writes whatever is wanted, from register 0.
            opcode = 0x13 | word % 32 << 7 | word & 0xFFF0_0000
            firstRead.address = 0xF000_0000
            firstRead.lastStep = .max
            firstRead.value = write.value &- UInt32(bitPattern: Int32(bitPattern: word) >> 20)
            secondRead = Read()
            memoryWitness = MemoryWitness(.register, .unused, .register)
            write.address = 0xF000_0000 + 4 * (word % 32)
            nextCounter = ProgramCounter(address: readCounter.address &+ 4, micro: 0)
        default: readCounter.micro = UInt8(word % 8)
        }
    }
}
