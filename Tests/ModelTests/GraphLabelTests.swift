import Foundation
import Model
import TestSupport
import Testing

@Suite("Labels and exit codes")
struct GraphLabelTests {
    @Test("a label is spelled in one way, and read back from it")
    func labels() {
        for transaction in LockTransaction.allCases {
            let label = TransactionLabel.lock(transaction)
            #expect(TransactionLabel(label.text, of: .cardinalLock) == label)
        }
        let texts = LockTransaction.allCases.map(\.text)
        #expect(Set(texts).count == texts.count)
        for text in ["", "Accept", "accept ", "nothing"] {
            #expect(TransactionLabel(text, of: .cardinalLock) == nil)
        }
    }

    @Test("every exit code has a number and a word of its own, which docs/exit-codes.md repeats")
    func exitCodes() throws {
        let page = Vectors.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/exit-codes.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let cases = ProgramExit.allCases
        #expect(Set(cases.map(\.word)).count == cases.count)
        #expect(cases.map(\.rawValue) == Array(0...19))
        for exit in cases {
            #expect(text.contains("| \(exit.rawValue) | `\(exit.word)` |"), "\(exit.word)")
        }
    }
}
