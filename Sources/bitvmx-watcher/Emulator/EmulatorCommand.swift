import ArgumentParser
import Terminal

/// `emulator`: programs for the RISC-V machine, on their own.
struct EmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulator",
        abstract: "Runs programs on the RISC-V machine and shows what disputes are about.",
        discussion: """
            Needs no state and no node. Rows and hashes are those of BitVMX-CPU.

            EXAMPLES
              bitvmx-watcher emulator execute --elf hello.elf --input 11111111
              bitvmx-watcher emulator definition hello.yaml
              bitvmx-watcher emulator disassemble --elf hello.elf
              bitvmx-watcher emulator commitment --elf hello.elf --input-size 4
            """,
        subcommands: [
            EmulatorExecuteCommand.self, EmulatorDefinitionCommand.self,
            EmulatorDisassembleCommand.self, EmulatorCommitmentCommand.self,
        ])

    @OptionGroup var options: WatcherOptions
}
