import ArgumentParser
import RiscV
import Terminal

/// `emulator disassemble`.
struct EmulatorDisassembleCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "disassemble",
        abstract: "Prints the code of a program as assembly text.",
        discussion: """
            Words that the machine does not execute are printed as .word.

            EXAMPLES
              bitvmx-watcher emulator disassemble --elf hello.elf
            """)

    @OptionGroup var options: WatcherOptions

    @Option(help: ArgumentHelp("The program, a 32-bit RISC-V ELF file.", valueName: "file"))
    var elf: String

    func perform(_ printer: Printer) throws {
        let program = try EmulatedProgramOptions.load(
            PlainFile.read(elf, limit: EmulatedProgramOptions.byteLimit), from: elf)
        let output = LineBuffer()
        var sections: [JSON] = []
        for section in program.sections where section.kind == .code {
            let words = section.initialWords ?? []
            let name = SafeText.printable(section.name)
            if options.json {
                let instructions = words.enumerated().map { index, word in
                    JSON.text(Disassembler.text(of: word, at: section.start + 4 * UInt32(index)))
                }
                sections.append(
                    .object(
                        JSONObject([
                            ("name", .text(section.name)),
                            ("start", .number(UInt64(section.start))),
                            ("instructions", .array(instructions)),
                        ])))
                continue
            }
            output.append("section \(name), \(section.range)")
            for (index, word) in words.enumerated() {
                let address = section.start + 4 * UInt32(index)
                let text = Disassembler.text(of: word, at: address)
                output.append("\(Hexadecimal.word(address))  \(Hexadecimal.word(word))  \(text)")
            }
        }
        output.flush()
        if options.json {
            printer.report(
                JSONObject([
                    ("entry", .number(UInt64(program.entryPoint))), ("sections", .array(sections)),
                ]), lines: [])
        }
    }
}
