import ArgumentParser
import Foundation
import Model
import Primitives
import RiscV
import Terminal

/// `emulator execute`.
struct EmulatorExecuteCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "execute",
        abstract: "Runs a program and prints result, last step and last hash.",
        discussion: """
            Rows are printed as BitVMX-CPU prints them: sixteen fields in hex digits with
            semicolons, then the hash after the step. Row 0 is the state before the first
            step. A run with --checkpoints can be killed at any time; the same command
            goes on where it was, and answers about any step without running it again.

            EXAMPLES
              bitvmx-watcher emulator execute --elf hello.elf --input 11111111
              bitvmx-watcher emulator execute --elf hello.elf --steps 1100..1110
              bitvmx-watcher emulator execute --elf long.elf --checkpoints long.run
              bitvmx-watcher emulator execute --elf hello.elf --no-hash --output hello.out

            EXIT CODES
              0 halted with 0, 16 halted with another value, 17 a step failed,
              18 the limit was reached, 9 not a program, or checkpoints of another run
            """)

    @OptionGroup var options: WatcherOptions

    @OptionGroup var program: EmulatedProgramOptions

    @Option(
        help: ArgumentHelp(
            "Input in hex digits; stored in the order given.", valueName: "hex"))
    var input: String?

    @Flag(help: "Turn every four bytes of the input round, so that words read as written.")
    var inputAsLittle = false

    @Option(help: ArgumentHelp("Stop after so many steps.", valueName: "steps"))
    var limit: UInt64?

    @Flag(help: "Print a row for every step.")
    var trace = false

    @Option(help: ArgumentHelp("Print the rows of these steps alone.", valueName: "first..last"))
    var steps: String?

    @Flag(help: "Leave the hash chain out: several times faster.")
    var noHash = false

    @Option(
        help: ArgumentHelp(
            "Folder for checkpoints: goes on where an earlier run stopped.", valueName: "dir"))
    var checkpoints: String?

    @Option(
        help: ArgumentHelp(
            "New file for the bytes that the program writes out (ECALL 116).", valueName: "file"))
    var output: String?

    func validate() throws {
        guard limit != 0 else { throw ValidationError("--limit is at least 1") }
        if let steps, StepRange(steps) == nil {
            throw ValidationError("--steps is two numbers, like 1100..1110, not '\(steps)'")
        }
        guard !trace || steps == nil else {
            throw ValidationError("either --trace or --steps, not both")
        }
        guard checkpoints == nil || !noHash else {
            throw ValidationError("--checkpoints keep the hashes: leave --no-hash out")
        }
        guard checkpoints == nil || output == nil else {
            throw ValidationError(
                "--output needs a run from its beginning: leave --checkpoints out")
        }
        guard !options.json || !(trace || steps != nil) else {
            throw ValidationError("--json is one object: leave --trace and --steps out")
        }
    }

    func perform(_ printer: Printer) throws {
        let loaded = try program.load()
        let execution = EmulatorExecution(
            program: loaded, input: try programInput(), limit: limit ?? .max,
            rows: steps.flatMap(StepRange.init)?.range ?? (trace ? 0...UInt64.max : nil))
        let outcome: EmulatorOutcome
        if let checkpoints {
            outcome = try execution.run(checkpoints: checkpoints)
        } else {
            outcome = try execution.run(hashing: noHash ? .left : .done, output: output)
        }
        if let first = execution.rows?.lowerBound, first > outcome.lastStep {
            printer.note("no rows: the run has \(outcome.lastStep) steps")
        }
        try outcome.report(printer)
    }

    private func programInput() throws -> ProgramInput? {
        guard let input else { return nil }
        do throws(HexError) {
            return ProgramInput(
                try Hex.decode(input), sectionName: program.inputSection,
                byteOrder: inputAsLittle ? .reversedWords : .asGiven)
        } catch {
            let reason =
                switch error {
                case .oddLength(let count): "\(count) hex digits are no whole number of bytes"
                case .notADigit(let offset): "character \(offset + 1) is no hex digit"
                }
            throw ProgramFailure(
                .usage, "--input: \(reason)", next: "write two hex digits for every byte")
        }
    }
}

/// Which program is meant.
struct EmulatedProgramOptions: ParsableArguments {
    /// Longer files are not read.
    static let byteLimit = 256 << 20

    @Option(help: ArgumentHelp("The program, a 32-bit RISC-V ELF file.", valueName: "file"))
    var elf: String

    @Option(help: ArgumentHelp("Section that receives the input.", valueName: "name"))
    var inputSection = ".input"

    func load() throws -> RiscV.Program {
        try Self.load(PlainFile.read(elf, limit: Self.byteLimit), from: elf)
    }

    static func load(_ bytes: [UInt8], from path: String) throws -> RiscV.Program {
        do throws(ProgramFault) {
            return try Program(elf: bytes)
        } catch {
            throw ProgramFailure(error, file: path)
        }
    }
}

/// Steps from one number to another, as `1100..1110`.
struct StepRange {
    let range: ClosedRange<UInt64>

    init?(_ text: String) {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = UInt64(parts[0]), let last = UInt64(parts[1]),
            first <= last
        else { return nil }
        range = first...last
    }
}
