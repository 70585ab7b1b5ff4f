import ArgumentParser
import Foundation
import Model
import Primitives
import RiscV
import Terminal

/// `emulator definition`.
struct EmulatorDefinitionCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "definition",
        abstract: "Checks a program's definition and prints its digest.",
        discussion: """
            The file has BitVMX-CPU's keys: elf (a path from the file's own folder),
            nary_search (a power of two from 2 to 256), max_steps, input_section_name, and
            inputs, each with size in bytes and owner: prover, verifier, prover_prev or
            const. The digest binds every byte of the ELF file and every value but its
            path; both parties compare its words.

            EXAMPLES
              bitvmx-watcher emulator definition hello.yaml
              bitvmx-watcher emulator definition hello.yaml --json
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The definition.")
    var file: String

    func perform(_ printer: Printer) throws {
        let (elf, definition) = try Self.load(file)
        printer.report(Self.json(definition, elf: elf), lines: Self.lines(definition, elf: elf))
    }

    /// Reads a definition and the program that it names.
    ///
    /// - Returns: The program's path as the definition has it, and both together.
    static func load(_ file: String) throws -> (elf: String, definition: ProgramDefinition) {
        do {
            let text = try MachineDefinitionFile(
                PlainFile.read(file, limit: MachineDefinitionFile.byteLimit))
            let folder = URL(filePath: file).deletingLastPathComponent()
            let path = folder.appending(path: text.elf).path(percentEncoded: false)
            let bytes = try PlainFile.read(path, limit: EmulatedProgramOptions.byteLimit)
            return (text.elf, try text.definition(elf: bytes))
        } catch let error as DefinitionFileError {
            throw ProgramFailure(
                .malformed, error.description,
                next: "'bitvmx-watcher emulator definition --help' tells what every key is")
        }
    }

    private static func json(_ definition: ProgramDefinition, elf: String) -> JSONObject {
        let parameters = definition.parameters
        return JSONObject([
            ("elf", .text(elf)), ("elfDigest", .text(definition.fileDigest.hex)),
            ("narySearch", .number(UInt64(parameters.arity))),
            ("maxSteps", .number(parameters.stepLimit)),
            ("inputSection", .text(parameters.inputSectionName)),
            (
                "inputs",
                .array(
                    parameters.inputs.indices.map { index in
                        let input = parameters.inputs[index]
                        return .object(
                            JSONObject([
                                ("size", .number(input.byteCount)),
                                ("owner", .text(input.owner.rawValue)),
                                ("range", .text(definition.range(ofInput: index).description)),
                            ]))
                    })
            ),
            ("commitment", .text(definition.commitment.digest.hex)),
            ("digest", .text(definition.digest.hex)),
            ("words", .text(words(definition).joined(separator: " "))),
        ])
    }

    private static func lines(_ definition: ProgramDefinition, elf: String) -> [String] {
        let parameters = definition.parameters
        let inputs = parameters.inputs.indices.map { index in
            let input = parameters.inputs[index]
            return "input: \(definition.range(ofInput: index)), \(input.byteCount) bytes of "
                + input.owner.rawValue
        }
        return [
            "elf: \(SafeText.printable(elf)), SHA-256 \(definition.fileDigest.hex)",
            "search: \(parameters.arity) parts a round, at most \(parameters.stepLimit) steps",
            "input section: \(SafeText.printable(parameters.inputSectionName))",
        ] + inputs + [
            "commitment: \(definition.commitment.digest.hex)",
            "digest: \(definition.digest.hex)",
            "words: \(words(definition).joined(separator: " "))",
        ]
    }

    private static func words(_ definition: ProgramDefinition) -> [String] {
        Bytewords.words(for: definition.digest)
    }
}
