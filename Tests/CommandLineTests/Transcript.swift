import Foundation
import TestSupport

/// Commands with what they print and how they end, as a text file that people can read.
///
/// `$ ` begins a command, `> ` a line of standard output, `! ` a line of standard error, `? ` the
/// exit code when it is not 0. What differs from run to run stands as a word in angle brackets.
struct Transcript {
    struct Step: Hashable {
        let command: String
        var output: [String] = []
        var errors: [String] = []
        var status: Int32 = 0

        var text: String {
            let lines =
                ["$ " + command] + output.map { "> " + $0 } + errors.map { "! " + $0 }
                + (status == 0 ? [] : ["? \(status)"])
            return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
                .joined(separator: "\n") + "\n"
        }
    }

    /// Lines before the first command: what the transcript is about.
    let preface: [String]
    var steps: [Step]

    init(_ text: String) {
        var preface: [String] = []
        var steps: [Step] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if steps.isEmpty {
                preface.append(String(line))
            } else if let mark = line.first {
                let content = String(line.dropFirst(2))
                switch mark {
                case ">": steps[steps.count - 1].output.append(content)
                case "!": steps[steps.count - 1].errors.append(content)
                default: steps[steps.count - 1].status = Int32(content) ?? -1
                }
            }
        }
        self.preface = preface
        self.steps = steps
    }

    var text: String {
        preface.joined(separator: "\n") + "\n" + steps.map(\.text).joined(separator: "\n")
    }

    // MARK: - Running

    /// Runs the commands one after the other in a folder of their own.
    ///
    /// - Returns: The steps as they went, and the raw results.
    func run() throws -> [(step: Step, result: ProgramResult)] {
        let folder = try ProgramFolder("transcript")
        try Self.prepare(folder)
        let place = Program.Place(
            folder.url,
            environment: [
                "BITVMX_SIGNER_STATE": folder.path("signer"),
                "BITVMX_WATCHER_STATE": folder.path("watcher"),
            ])
        return try steps.map { step in
            var words = Self.words(step.command)
            let program = try Program(built: words.removeFirst())
            let result = try program.run(words, in: place)
            let mask = Mask(folder)
            let done = Step(
                command: step.command, output: mask.lines(result.output),
                errors: mask.lines(result.errors), status: result.status)
            return (done, result)
        }
    }

    /// The files that commands of all transcripts may name.
    private static func prepare(_ folder: ProgramFolder) throws {
        let inputs = Self.folder.appending(path: "Inputs")
        for name in try FileManager.default.contentsOfDirectory(atPath: inputs.path) {
            let text = try String(contentsOf: inputs.appending(path: name), encoding: .utf8)
            try folder.write(text, to: name)
        }
        try copyPrograms(to: folder)
        try folder.write("correct horse battery staple\n", to: "passphrase")
        try folder.write("incorrect horse battery staple\n", to: "wrong-passphrase")
        try folder.write("correct horse battery staple\n", to: "open-passphrase", mode: 0o644)
        try folder.write("\n", to: "empty-passphrase")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "stick"), withIntermediateDirectories: false)
    }

    /// The test programs: right ones in `elf`, broken ones in `bad`.
    static func copyPrograms(to folder: ProgramFolder) throws {
        let programs = Self.folder.deletingLastPathComponent().appending(path: "Programs/elf")
        try FileManager.default.copyItem(at: programs, to: folder.url.appending(path: "elf"))
        try BrokenPrograms.write(
            to: folder.url.appending(path: "bad"),
            from: programs.appending(path: "greeting.elf"))
    }

    static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Transcripts")
    }

    static func named(_ name: String) throws -> Transcript {
        Transcript(
            try String(contentsOf: folder.appending(path: name + ".txt"), encoding: .utf8))
    }

    /// Words at blanks; double quotes keep blanks.
    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        for (index, part) in command.split(
            separator: "\"", omittingEmptySubsequences: false
        ).enumerated() {
            if index % 2 == 1 {
                words.append(String(part))
            } else {
                words += part.split(separator: " ").map(String.init)
            }
        }
        return words
    }
}

/// Replaces what differs from run to run.
struct Mask {
    private let folder: String

    init(_ folder: ProgramFolder) {
        self.folder = folder.url.path
    }

    func lines(_ text: String) -> [String] {
        var text = text.replacing(folder, with: "<folder>")
        text.replace(#/\b[0-9a-f]{64}\b/#, with: "<digest>")
        text.replace(#/\b([0-9a-f]{4} ){15}[0-9a-f]{4}\b/#, with: "<digest>")
        text.replace(
            #/^([a-z]{3,8} ){11,23}[a-z]{3,8}$/#.anchorsMatchLineEndings(), with: "<seed words>")
        text.replace(#/\b([a-z]{4} ){7}[a-z]{4}\b/#, with: "<8 words>")
        text.replace(
            #/\b(sqlite|swift|openssl|secp256k1|hashing|platform)(":"|: )[^",\n]*/#.ignoresCase()
        ) { "\($0.1)\($0.2)<build>" }
        text.replace(#/"dangers":\[[^\]]*\]/#, with: "\"dangers\":[<machine>]")
        text.replace(#/  [0-9a-f]{8}(?=  )/#, with: "  <8 digits>")
        text.replace(#/instance: [0-9a-f]{32}/#, with: "instance: <random>")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
