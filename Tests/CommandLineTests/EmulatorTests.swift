import Foundation
import TestSupport
import Testing

/// What transcripts cannot show of `bitvmx-watcher emulator`: files, and digests side by side.
@Suite("The emulator's command line")
struct EmulatorTests {
    private let folder: ProgramFolder
    private let watcher: TestSupport.Program

    init() throws {
        folder = try ProgramFolder("emulator")
        watcher = try Program(built: "bitvmx-watcher")
        try Transcript.copyPrograms(to: folder)
    }

    private func emulator(_ words: String...) throws -> ProgramResult {
        try watcher.run(["emulator"] + words, in: Program.Place(folder.url))
    }

    private func digest(_ definition: String) throws -> String {
        try folder.write(definition, to: "program.yaml")
        let result = try emulator("definition", "program.yaml", "--json")
        try #require(result.status == 0, "\(result.errors)")
        return try result.report().text("digest")
    }

    private static let elf = "elf: elf/greeting.elf\n"
    private static let arity = "nary_search: 8\n"
    private static let steps = "max_steps: 2000\n"
    private static let section = "input_section_name: .input\n"
    private static let inputs =
        "inputs:\n  - size: 4\n    owner: prover\n  - owner: const\n    size: 8\n"

    @Test(
        "a definition's digest does not depend on the order of its keys, and on nothing else less")
    func digests() throws {
        let base = try digest(
            Self.elf + Self.arity + Self.steps + Self.section + Self.inputs)
        let permuted = try digest(
            "# a comment\n" + Self.inputs + "\n" + Self.section + Self.steps + Self.elf
                + Self.arity)
        #expect(permuted == base)
        let flow = try digest(
            "{elf: ./elf/greeting.elf, nary_search: 8, max_steps: 2000, "
                + "input_section_name: .input, "
                + "inputs: [{size: 4, owner: prover}, {owner: const, size: 8}]}")
        #expect(flow == base)
        let fields = [Self.elf, Self.arity, Self.steps, Self.section, Self.inputs]
        let changes = [
            (0, "elf: elf/memory.elf\n"), (1, "nary_search: 4\n"), (2, "max_steps: 2001\n"),
            (3, "input_section_name: .bss\n"), (4, "inputs: []\n"),
            (4, Self.inputs.replacing("size: 4", with: "size: 8")),
            (4, Self.inputs.replacing("const", with: "verifier")),
            (4, Self.inputs.replacing("const", with: "prover_prev")),
        ]
        var digests = [base]
        for (index, text) in changes {
            var changed = fields
            changed[index] = text
            digests.append(try digest(changed.joined()))
        }
        #expect(Set(digests).count == digests.count)
    }

    @Test("what a program writes out is in a file, byte for byte, however it is run")
    func output() throws {
        for (index, options) in [[], ["--no-hash"], ["--trace"], ["--input", "01"]].enumerated() {
            let result = try watcher.run(
                ["emulator", "execute", "--elf", "elf/printing.elf", "--output", "out\(index)"]
                    + options, in: Program.Place(folder.url))
            #expect(result.status == (options.first == "--input" ? 0 : 16))
            let text = try String(
                contentsOf: folder.url.appending(path: "out\(index)"), encoding: .utf8)
            #expect(text == "Hello from the machine\n")
        }
    }

    @Test("rows are the same with and without checkpoints, and --steps chooses among them")
    func rows() throws {
        let words = ["execute", "--elf", "elf/greeting.elf", "--input", "11111111"]
        let place = Program.Place(folder.url)
        func run(_ more: String...) throws -> [Substring] {
            let result = try watcher.run(["emulator"] + words + more, in: place)
            #expect(result.status == 0)
            #expect(result.errors.isEmpty, "nothing but the report where no terminal is")
            return result.output.split(separator: "\n")
        }
        let whole = try run("--trace")
        let kept = try run("--trace", "--checkpoints", "run")
        #expect(kept == whole)
        #expect(
            try run("--trace", "--checkpoints", "run") == whole, "and once more, from what is kept")
        let rowCount = whole.count - 4
        #expect(whole[rowCount - 1].hasPrefix(String(repeating: "0", count: 14)))
        let some = try run("--steps", "10..20")
        #expect(some.dropLast(4) == whole[10...20])
        #expect(some.suffix(4) == whole.suffix(4))
        #expect(try run("--steps", "10..20", "--checkpoints", "run") == some)
        let last = try run("--steps", "\(rowCount - 1)..18446744073709551615")
        #expect(last.count == 5)
        #expect(last[0] == whole[rowCount - 1])
    }

    @Test(
        "a report that cannot be written ends with code 10",
        arguments: [
            "version", "emulator disassemble --elf elf/sieve.elf", "--help",
            "emulator execute --elf elf/sieve.elf --trace --no-hash",
            "emulator execute --elf elf/greeting.elf --input 11111111 --json",
        ])
    func lostReports(words: String) throws {
        let shell = Program("/bin/sh")
        let place = Program.Place(folder.url)
        let full = try shell.run(["-c", "\(watcher.path) \(words) >/dev/full"], in: place)
        #expect(full.status == 10, "\(full.text)")
        #expect(full.errors.contains("No space left on device"))
        let closed = try shell.run(["-c", "\(watcher.path) \(words) >&-"], in: place)
        #expect(closed.status == 10, "\(closed.text)")
    }

    @Test("rows that nobody reads any more end the run, without words")
    func readerGone() throws {
        let line = "\(watcher.path) emulator execute --elf elf/mulmod.elf --trace | head -n 1"
        let result = try Program("/bin/bash").run(
            ["-c", "set -o pipefail; \(line)"], in: Program.Place(folder.url))
        #expect(result.status == 10, "\(result.text)")
        #expect(result.output.split(separator: "\n").count == 1)
        #expect(result.errors.isEmpty)
    }

    @Test("rows after the end are said to be none")
    func rowsAfterTheEnd() throws {
        let result = try emulator(
            "execute", "--elf", "elf/greeting.elf", "--input", "11111111", "--steps", "9000..9001")
        #expect(result.status == 0)
        #expect(result.errors.hasPrefix("no rows: the run has "))
    }
}
