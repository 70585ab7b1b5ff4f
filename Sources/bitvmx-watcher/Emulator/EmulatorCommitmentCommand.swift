import ArgumentParser
import Model
import Primitives
import RiscV
import Terminal

/// `emulator commitment`.
struct EmulatorCommitmentCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "commitment",
        abstract: "Prints what both parties of a dispute must agree on about a program.",
        discussion: """
            Entry point, code and initialised data in chunks of at most 100 words, what
            begins as zero, what may be done where, and a digest of all of it. The stack
            pointer's register, f0000008, is a chunk of its own.

            EXAMPLES
              bitvmx-watcher emulator commitment --elf hello.elf
              bitvmx-watcher emulator commitment --elf hello.elf --input-size 4 --words
            """)

    @OptionGroup var options: WatcherOptions

    @OptionGroup var program: EmulatedProgramOptions

    @Option(
        help: ArgumentHelp(
            "Bytes of the input section that are input; a multiple of 4.", valueName: "bytes"))
    var inputSize: UInt64 = 0

    @Flag(help: "Print the words of every chunk.")
    var words = false

    func validate() throws {
        guard inputSize % 4 == 0 else {
            throw ValidationError("--input-size is a multiple of 4, not \(inputSize)")
        }
    }

    func perform(_ printer: Printer) throws {
        let loaded = try program.load()
        let commitment: ProgramCommitment
        do throws(DefinitionFault) {
            commitment = try ProgramCommitment(
                loaded, inputSectionName: program.inputSection, inputByteCount: inputSize)
        } catch {
            throw ProgramFailure(error, file: program.elf)
        }
        printer.report(Self.json(commitment), lines: lines(commitment))
    }

    private func lines(_ commitment: ProgramCommitment) -> [String] {
        let ranges = commitment.ranges
        return ["entry: \(Hexadecimal.word(commitment.entryPoint))"]
            + commitment.code.flatMap { lines("code", $0) }
            + commitment.initialized.flatMap { lines("initialised", $0) }
            + commitment.uninitialized.map { "zero: \($0)" }
            + (commitment.inputRange.map { ["input: \($0)"] } ?? [])
            + ranges.code.map { "executable: \($0)" }
            + ranges.readOnly.map { "readable: \($0)" }
            + ranges.readWrite.map { "writable: \($0)" }
            + ranges.registers.map { "registers: \($0)" }
            + ["digest: \(commitment.digest.hex)"]
    }

    private func lines(_ kind: String, _ chunk: MemoryChunk) -> [String] {
        let count = chunk.words.count
        let head = "\(kind): \(chunk.range), \(count) \(count == 1 ? "word" : "words")"
        guard words else { return [head] }
        return [head]
            + stride(from: 0, to: chunk.words.count, by: 8).map { first in
                "  "
                    + chunk.words[first..<min(first + 8, chunk.words.count)]
                    .map(Hexadecimal.word).joined(separator: " ")
            }
    }

    private static func json(_ commitment: ProgramCommitment) -> JSONObject {
        func chunks(_ chunks: [MemoryChunk]) -> JSON {
            .array(
                chunks.map { chunk in
                    .object(
                        JSONObject([
                            ("start", .text(Hexadecimal.word(chunk.start))),
                            ("words", .array(chunk.words.map { .text(Hexadecimal.word($0)) })),
                        ]))
                })
        }
        func texts(_ ranges: [AddressRange]) -> JSON {
            .array(ranges.map { .text($0.description) })
        }
        return JSONObject([
            ("entry", .text(Hexadecimal.word(commitment.entryPoint))),
            ("code", chunks(commitment.code)), ("initialised", chunks(commitment.initialized)),
            ("zero", texts(commitment.uninitialized)),
            ("input", commitment.inputRange.map { .text($0.description) } ?? .null),
            ("executable", texts(commitment.ranges.code)),
            ("readable", texts(commitment.ranges.readOnly)),
            ("writable", texts(commitment.ranges.readWrite)),
            ("registers", texts(commitment.ranges.registers)),
            ("digest", .text(commitment.digest.hex)),
        ])
    }
}
