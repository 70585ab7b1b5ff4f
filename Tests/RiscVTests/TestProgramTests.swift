import Foundation
import Primitives
import RiscV
import Testing

/// The programs of Tests/Programs, as they were built and as they are built here.
@Suite("Test programs")
struct TestProgramTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Programs")
    static let names = [
        "greeting", "instructions", "memory", "mulmod", "printing", "sections", "sha256", "sieve",
    ]
    static let exceptions = [
        "jump-off-words", "load-code", "load-nothing", "load-registers", "run-data",
        "run-nothing", "store-constant", "unimplemented",
    ]

    /// Input with which a program that looks at its input ends with 0.
    static let goodInputs: [String: [UInt8]] = [
        "greeting": [0x11, 0x11, 0x11, 0x11], "printing": [0x11, 0x11, 0x11, 0x11],
        "sections": [0x11, 0x11, 0x11, 0x11, 0x22, 0x22, 0x22, 0x22],
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "elf/\(name).elf")))
    }

    static func program(_ name: String) throws -> Program {
        try Program(elf: bytes(name))
    }

    @Test("every program finds its own results right, watched or not", arguments: names)
    func selfCheck(_ name: String) throws {
        let program = try Self.program(name)
        let input = ProgramInput(Self.goodInputs[name] ?? [])
        let plain = try Machine(program, input: input, tracking: .none)
        let result = plain.run(limit: 1_000_000_000)
        #expect(result == .halt(returnValue: 0, step: plain.stepNumber))

        let hashed = try Machine(program, input: input, tracking: .writesAndHashes)
        #expect(hashed.run(limit: 1_000_000_000) == result)
        let recorder = try Machine(program, input: input, tracking: .writesAndHashes)
        recorder.advance(to: hashed.stepNumber - min(hashed.stepNumber, 70_000))
        recorder.record(to: .max) { row, _ in
            if let finding = RowJudge.finding(in: row) {
                Issue.record("\(row.csv): \(finding)")
            }
        }
        #expect(recorder.hash == hashed.hash)
    }

    @Test("the greeting stands in memory, and the wrong input is told")
    func greeting() throws {
        let machine = try Machine(try Self.program("greeting"), tracking: .none)
        #expect(machine.run(limit: 10_000) == .halt(returnValue: 1, step: machine.stepNumber))
        let text = try (0..<5).flatMap { index -> [UInt8] in
            let word = try machine.word(at: 0xA000_0000 + 4 * UInt32(index))
            return (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
        }
        #expect(String(validating: text, as: UTF8.self) == "Hello from the machi")
    }

    @Test("what a program writes out is heard, whatever else is kept track of")
    func output() throws {
        let program = try Self.program("printing")
        for tracking in [Machine.Tracking.none, .writes, .writesAndHashes] {
            let machine = try Machine(program, tracking: tracking)
            var bytes: [UInt8] = []
            machine.output = { bytes.append($0) }
            #expect(machine.run(limit: 10_000) == .halt(returnValue: 3, step: machine.stepNumber))
            #expect(String(validating: bytes, as: UTF8.self) == "Hello from the machine\n")
        }
        let machine = try Machine(program, tracking: .writes)
        var count = 0
        machine.output = { _ in count += 1 }
        machine.record(to: .max) { _, _ in }
        #expect(count == 23)
        // Neither the rows nor the chain know of it.
        let silent = try Machine(program, tracking: .writesAndHashes)
        let loud = try Machine(program, tracking: .writesAndHashes)
        loud.output = { _ in }
        #expect(silent.run(limit: .max) == loud.run(limit: .max))
        #expect(silent.hash == loud.hash)
    }

    @Test("every kind of exception", arguments: exceptions)
    func exception(_ name: String) throws {
        let expected: Trap =
            switch name {
            case "jump-off-words": .unalignedJump(0x8000_0002)
            case "load-code": .readFromExecuteOnly
            case "load-nothing": .sectionNotFound(0)
            case "load-registers": .registerSection
            case "run-data": .executeFromNonCode
            case "run-nothing": .sectionNotFound(0)
            case "store-constant": .writeToReadOnly
            default: .unimplemented(0x0000_100F)
            }
        let machine = try Machine(try Self.program(name), tracking: .writesAndHashes)
        var rows: [(TraceRow, Bytes20)] = []
        machine.record(to: 100) { rows.append(($0, $1)) }
        #expect(machine.ending == .trapped(expected))
        // The failed step is counted, its row is empty, and the chain takes thirteen zero bytes.
        let last = try #require(rows.last)
        #expect(last.0 == TraceRow(stepNumber: machine.stepNumber))
        let before = rows.count > 1 ? rows[rows.count - 2].1 : BLAKE3Chain.initialHash
        let expectedHash = BLAKE3.hash(before.bytes + [UInt8](repeating: 0, count: 13))
        #expect(Bytes20(expectedHash.bytes.prefix(20)) == last.1)
        #expect(machine.hash == last.1)
    }

    @Test("halting wins over the limit, and any step can be stopped at")
    func limits() throws {
        let program = try Self.program("memory")
        let whole = try Machine(program, tracking: .writesAndHashes)
        let result = whole.run(limit: .max)
        let last = whole.stepNumber
        let exact = try Machine(program, tracking: .none)
        #expect(exact.run(limit: last) == result)
        let short = try Machine(program, tracking: .none)
        #expect(short.run(limit: last - 1) == .limitReached(step: last - 1))
        #expect(short.run(limit: last) == result)

        let stepwise = try Machine(program, tracking: .writesAndHashes)
        for step in 1...last {
            stepwise.advance(to: step)
            #expect(stepwise.stepNumber == step)
        }
        #expect(stepwise.hash == whole.hash)
        #expect(stepwise.ending == result)
        let none = try Machine(program, tracking: .none)
        #expect(none.run(limit: 0) == .limitReached(step: 0))
    }

    /// Other versions of the compiler write other code for the same source.
    private static let compilerVersion = "12.2.0"

    /// What `build` needs is there.
    private static let hasCompiler =
        version(of: "riscv64-unknown-elf-gcc", "-dumpfullversion") == compilerVersion
        && version(of: "python3", "--version")?.hasPrefix("Python 3") == true

    /// What a command says to an option; nil if it cannot be run.
    private static func version(of command: String, _ option: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let places = path.split(separator: ":").map { URL(filePath: "\($0)/\(command)") }
        let isThere = FileManager.default.isExecutableFile(atPath:)
        guard let place = places.first(where: { isThere($0.path) }) else { return nil }
        let process = Process()
        let output = Pipe()
        process.executableURL = place
        process.arguments = [option]
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let text = String(data: output.fileHandleForReading.readDataToEndOfFile(), encoding: .utf8)
        process.waitUntilExit()
        return text?.trimmingCharacters(in: .newlines)
    }

    @Test(
        "the sources give the same files",
        .enabled(
            if: hasCompiler,
            "needs gcc-riscv64-unknown-elf \(compilerVersion) and python3 (Airgap/setup)"
        ))
    func rebuild() throws {
        let output = FileManager.default.temporaryDirectory.appending(
            path: "bitvmx-programs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = Self.folder.appending(path: "build")
        process.arguments = [output.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        for name in Self.names + Self.exceptions {
            let built = try Data(contentsOf: output.appending(path: "\(name).elf"))
            let kept = try Data(contentsOf: Self.folder.appending(path: "elf/\(name).elf"))
            #expect(built == kept, "\(name)")
        }
    }
}
