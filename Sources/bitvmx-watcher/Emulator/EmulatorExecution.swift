import Foundation
import Glibc
import Model
import Primitives
import RiscV
import Terminal

/// One run of a program for a person or a script.
struct EmulatorExecution {
    /// Whether the chain is computed.
    enum Hashing {
        case done
        case left
    }

    let program: RiscV.Program
    let input: ProgramInput?
    let limit: UInt64
    /// Whose rows are printed.
    let rows: ClosedRange<UInt64>?

    /// Steps between two signs of life.
    private static let sliceCount: UInt64 = 1 << 25
    /// Rows between two looks whether anybody reads them.
    private static let printedSliceCount: UInt64 = 1 << 12

    /// Runs from the beginning.
    ///
    /// - Parameter output: Path of a new file for what the program writes out.
    func run(hashing: Hashing, output: String?) throws -> EmulatorOutcome {
        let tracking: Machine.Tracking =
            switch hashing {
            case .done: .writesAndHashes
            case .left: rows == nil ? .none : .writes
            }
        let machine: Machine
        do throws(ProgramFault) {
            machine = try Machine(program, input: input, tracking: tracking)
        } catch {
            throw ProgramFailure(error, file: nil)
        }
        let bytes = try output.map { try EmulatorOutput(newFile: $0) }
        if let bytes { machine.output = { bytes.append($0) } }
        let life = SignsOfLife()
        if let rows { print(rows, of: machine, hashing, life) }
        try Self.requireReader()
        advance(machine, to: limit, life)
        life.end()
        try bytes?.finish()
        return EmulatorOutcome(
            result: machine.run(limit: limit), lastStep: machine.stepNumber,
            lastHash: hashing == .done ? machine.hash : nil)
    }

    /// Goes on where the checkpoints of a folder end.
    func run(checkpoints folder: String) throws -> EmulatorOutcome {
        do throws(CheckpointFault) {
            let run = try CheckpointedRun(
                program, input: input, storage: CheckpointDirectory(path: folder))
            let life = SignsOfLife()
            try run.advance(to: limit) { life.show(step: $0) }
            life.end()
            let lastStep = min(limit, run.lastStep)
            if let rows, rows.lowerBound <= lastStep {
                try print(rows.clamped(to: 0...lastStep), of: run)
            }
            return EmulatorOutcome(
                result: run.result(limit: limit), lastStep: lastStep,
                lastHash: try run.hash(at: lastStep))
        } catch {
            throw ProgramFailure(error, folder: folder)
        }
    }

    /// A run whose rows nobody gets any more is not continued: it may never end.
    private static func requireReader() throws {
        guard !StandardOutput.isLost else {
            throw ReportedFailure(exit: StandardOutput.exitAfterSuccess)
        }
    }

    private func advance(_ machine: Machine, to step: UInt64, _ life: SignsOfLife) {
        while machine.ending == nil, machine.stepNumber < step {
            let slice = min(Self.sliceCount, step - machine.stepNumber)
            machine.advance(to: machine.stepNumber + slice)
            life.show(step: machine.stepNumber)
        }
    }

    private func print(
        _ rows: ClosedRange<UInt64>, of run: CheckpointedRun<CheckpointDirectory>
    ) throws(CheckpointFault) {
        let lines = LineBuffer()
        var first = rows.lowerBound
        while !StandardOutput.isLost {
            let last =
                rows.upperBound - first < Self.sliceCount
                ? rows.upperBound : first + Self.sliceCount - 1
            try run.rows(first...last) { row, hash in lines.append(row.csv(hash: hash)) }
            guard last < rows.upperBound else { break }
            first = last + 1
        }
        lines.flush()
    }

    private func print(
        _ rows: ClosedRange<UInt64>, of machine: Machine, _ hashing: Hashing, _ life: SignsOfLife
    ) {
        let lines = LineBuffer()
        func append(_ row: TraceRow, _ hash: Bytes20) {
            lines.append(hashing == .done ? row.csv(hash: hash) : row.csv)
        }
        if rows.lowerBound == 0 { append(TraceRow(stepNumber: 0), BLAKE3Chain.initialHash) }
        advance(machine, to: min(max(rows.lowerBound, 1) - 1, limit), life)
        life.end()
        let last = min(rows.upperBound, limit)
        while machine.ending == nil, machine.stepNumber < last, !StandardOutput.isLost {
            let count = min(last - machine.stepNumber, Self.printedSliceCount)
            machine.record(to: machine.stepNumber + count, append)
        }
        lines.flush()
    }
}

/// How a run ended.
struct EmulatorOutcome {
    let result: ExecutionResult
    let lastStep: UInt64
    /// nil without hashing.
    let lastHash: Bytes20?

    /// Prints the outcome, and throws unless the program ended with 0.
    func report(_ printer: Printer) throws {
        guard let failure else {
            printer.report(json, lines: lines)
            return
        }
        if printer.isMachineReadable {
            printer.report(failure, with: json)
            throw ReportedFailure(exit: failure.exit)
        }
        lines.forEach(printer.say)
        throw failure
    }

    private var failure: ProgramFailure? {
        switch result {
        case .halt(returnValue: 0, _): nil
        case .halt(let value, _):
            ProgramFailure(
                .haltedNonZero, "the program ended with \(value)",
                next: "look whether the input is what the program wants")
        case .trapped(let trap):
            ProgramFailure(
                .trapped, "step \(lastStep) failed: \(trap.text)",
                next: "'--steps' prints the rows before it")
        case .limitReached:
            ProgramFailure(
                .limitReached, "the program goes on after \(lastStep) steps",
                next: "allow more steps with '--limit'")
        }
    }

    private var lines: [String] {
        let words =
            switch result {
            case .halt(let value, _): "halt with \(value)"
            case .trapped(let trap): "error: \(trap.text)"
            case .limitReached: "limit reached"
            }
        return [
            "result: \(words)", "as BitVMX-CPU: \(result.json)", "last step: \(lastStep)",
            "last hash: \(lastHash?.hex ?? "not computed")",
        ]
    }

    private var json: JSONObject {
        var value = JSON.null
        var trapped = JSON.null
        let kind: String
        switch result {
        case .halt(let returnValue, _):
            kind = "halt"
            value = .number(UInt64(returnValue))
        case .trapped(let trap):
            kind = "trap"
            trapped = .text(trap.text)
        case .limitReached: kind = "limit"
        }
        return JSONObject([
            ("result", .text(kind)), ("returnValue", value), ("trap", trapped),
            ("lastStep", .number(lastStep)), ("lastHash", lastHash.map { .text($0.hex) } ?? .null),
            ("reference", .text(result.json)),
        ])
    }
}

extension Trap {
    /// What went wrong, in words.
    var text: String {
        switch self {
        case .sectionNotFound(let address):
            "address 0x\(Hexadecimal.word(address)) is in no section"
        case .registerSection: "the register section is closed to programs"
        case .unimplemented(let word):
            "0x\(Hexadecimal.word(word)) is no instruction of this machine"
        case .executeFromNonCode: "the program counter points at data"
        case .writeToReadOnly: "a store to memory that may not be written"
        case .unalignedJump(let address):
            "a jump to 0x\(Hexadecimal.word(address)), which is no multiple of 4"
        case .readFromExecuteOnly: "a load from code"
        }
    }
}
