import Testing

/// Limits that a formatter does not check.
@Suite("Tidy")
struct TidyTests {
    static let maximumLineCount = 600
    static let maximumFunctionLineCount = 60

    @Test("no file is longer than 600 lines")
    func fileLength() {
        let files =
            Repository.swiftFiles() + Repository.files(under: "Sources", endings: ["c", "h"])
        #expect(!files.isEmpty)
        for file in files {
            let count = file.lines.count
            #expect(count <= Self.maximumLineCount, "\(file.path) has \(count) lines")
        }
    }

    @Test("no function is longer than 60 lines")
    func functionLength() {
        for file in Repository.swiftFiles() {
            for function in SwiftSource(file.text).functions {
                #expect(
                    function.lineCount <= Self.maximumFunctionLineCount,
                    "\(file.path):\(function.line) has \(function.lineCount) lines")
            }
        }
    }

    @Test("no work is left behind as a mark")
    func marks() {
        // Put together here, so that this file does not contain what it looks for.
        let marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"]
        let airgap = Repository.files(under: "Airgap", endings: ["", "sh", "md", "py"])
        for file in Repository.swiftFiles() + airgap {
            for (index, line) in file.lines.enumerated() {
                let words = line.split { !$0.isLetter }
                for mark in marks where words.contains(Substring(mark)) {
                    Issue.record("\(file.path):\(index + 1) says \(mark)")
                }
            }
        }
    }

    @Test("nothing is forced")
    func force() throws {
        let forced = try Regex(#"\btry!|\bas!|[A-Za-z0-9_\)\]]!(?![=A-Za-z])"#)
        for file in Repository.swiftFiles() {
            let original = file.lines
            for (index, line) in SwiftSource(file.text).lines.enumerated()
            where line.contains(forced) {
                let reason = index > 0 ? original[index - 1] : ""
                #expect(
                    reason.contains("swift-format-ignore: NeverForceUnwrap"),
                    "\(file.path):\(index + 1) forces without a reason: \(line)")
            }
        }
    }

    @Test("what the compiler does not check is only in wrappers of C")
    func uncheckedConcurrency() {
        for file in Repository.files(under: "Sources", endings: ["swift"]) {
            for (index, line) in SwiftSource(file.text).lines.enumerated() {
                #expect(
                    !line.contains("nonisolated(unsafe)"),
                    "\(file.path):\(index + 1) escapes the checks of concurrency")
            }
        }
    }

    @Test("names say what a thing is")
    func names() throws {
        let empty = "(Utils?|Utilities|Helpers?|Common|Managers?|Types|Misc)"
        let declared = try Regex(#"\b(struct|enum|class|actor|protocol)\s+\w*"# + empty + #"\b"#)
        let named = try Regex("^\\w*" + empty + "$")
        for file in Repository.swiftFiles() {
            let parts = file.path.split(separator: "/").dropLast().map(String.init) + [file.stem]
            for part in parts where part.wholeMatch(of: named) != nil {
                Issue.record("\(file.path): '\(part)' says nothing")
            }
            for (index, line) in SwiftSource(file.text).lines.enumerated()
            where line.contains(declared) {
                Issue.record("\(file.path):\(index + 1): \(line)")
            }
        }
    }

    @Test("tests are not switched off, and do not sleep")
    func honestTests() {
        let evasions = [".disa" + "bled(", "XCT" + "Skip", "Thread.sl" + "eep", "usl" + "eep("]
        for file in Repository.files(under: "Tests", endings: ["swift"]) {
            for evasion in evasions where file.text.contains(evasion) {
                Issue.record("\(file.path) contains \(evasion)")
            }
        }
    }
}
