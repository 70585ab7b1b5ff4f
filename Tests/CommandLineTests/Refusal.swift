import Foundation
import TestSupport
import Testing

/// How a program has to refuse something.
struct Refusal: Sendable {
    let status: Int32
    /// The first broken rule, where a rule refuses.
    let rule: String?

    init(_ status: Int32, rule: String? = nil) {
        self.status = status
        self.rule = rule
    }

    static let malformed = Refusal(9)
    static let badSignature = Refusal(8)

    func check(_ result: ProgramResult, _ what: String) throws {
        #expect(result.status == status, "\(what): \(result.text)")
        let report = try result.report()
        #expect(report["ok"] == .flag(false), "\(what)")
        #expect(try report.text("error") == ErrorWord.all[status], "\(what)")
        guard let rule else { return }
        #expect(report["rules"].items.first == .text(rule), "\(what): \(result.text)")
    }
}

extension Stage {
    /// Alice's signer refuses a file, and neither its state nor the stick changes.
    func expectRefusal(_ refusal: Refusal, of bytes: [UInt8], _ what: String) throws {
        let file = ceremony.folder.path("case.bvx")
        try Data(bytes).write(to: URL(filePath: file))
        try expectRefusal(refusal, ofFile: file, what)
    }

    func expectRefusal(_ refusal: Refusal, ofFile file: String, _ what: String) throws {
        let before = try alice.signerState()
        let files = try FileManager.default.contentsOfDirectory(atPath: stick.path).sorted()
        let result = try alice.signer(
            "process", file, "-o", stick.path, "--json", "--yes",
            String(repeating: "0", count: 64))
        try refusal.check(result, what)
        #expect(try alice.signerState() == before, "\(what)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: stick.path).sorted() == files,
            "\(what)")
    }

    func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: file)))
    }
}
