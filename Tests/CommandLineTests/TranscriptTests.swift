import Foundation
import TestSupport
import Testing

/// What both programs print, word for word.
///
/// After a wanted change: `BITVMX_RECORD=1 Airgap/test unit`, and read the difference.
@Suite("Transcripts of both command lines")
struct TranscriptTests {
    static let names: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: Transcript.folder.path)
        return (all ?? []).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    private static let isRecording =
        ProcessInfo.processInfo.environment["BITVMX_RECORD"] == "1"

    @Test("There are transcripts")
    func exist() {
        #expect(Self.names.count >= 6)
    }

    @Test("Both programs do what their transcripts say", arguments: names)
    func transcript(_ name: String) throws {
        var transcript = try Transcript.named(name)
        let results = try transcript.run()
        for (expected, (found, result)) in zip(transcript.steps, results) {
            if !Self.isRecording { #expect(found.text == expected.text) }
            expectPlain(result, expected.command)
            if expected.command.contains(" --json") { try expectReport(result) }
        }
        guard Self.isRecording else { return }
        transcript.steps = results.map(\.step)
        try transcript.text.write(
            to: Transcript.folder.appending(path: name + ".txt"), atomically: true,
            encoding: .utf8)
    }

    /// No colour, no cursor movement, no bell: nothing but printable text and line ends.
    private func expectPlain(_ result: ProgramResult, _ command: String) {
        for text in [result.output, result.errors] {
            let control = text.unicodeScalars.first { scalar in
                (scalar.value < 0x20 && scalar != "\n") || (0x7F..<0xA0).contains(scalar.value)
            }
            #expect(control == nil, "\(command)")
        }
    }

    /// One line with one object; a failing one has every field of the error schema.
    private func expectReport(_ result: ProgramResult) throws {
        #expect(result.output.filter { $0 == "\n" }.count == 1)
        let report = try result.report()
        #expect(report["ok"] == .flag(result.status == 0))
        guard result.status != 0 else { return }
        #expect(report.names.isSuperset(of: ["ok", "code", "error", "rules", "detail", "next"]))
        // A run that ended otherwise than wanted is reported like any other.
        #expect((report.names.count > 6) == (16...19).contains(result.status))
        #expect(report["code"].number == Int(result.status))
        #expect(try ErrorWord.all[result.status] == report.text("error"))
        #expect(try !report.text("detail").isEmpty)
    }
}

/// The words of docs/exit-codes.md.
enum ErrorWord {
    static let all: [Int32: String] = {
        let file = Transcript.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/exit-codes.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var words: [Int32: String] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > 1, let code = Int32(cells[0]) else { continue }
            words[code] = cells[1].trimmingCharacters(in: ["`"])
        }
        return words
    }()
}
