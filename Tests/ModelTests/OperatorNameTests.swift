import Model
import Testing

@Suite("Names")
struct OperatorNameTests {
    static let goodNames = ["a", "0", "op-07", "a-", "z9-z9", String(repeating: "x", count: 24)]
    static let badNames = [
        "", "-", "-a", "A", "a b", "a_b", "a.b", "a/b", "..", "ä", "a\n", "a\u{0}", "\u{1B}[31m",
        "а", "a\u{301}", String(repeating: "x", count: 25),
    ]

    @Test("small letters, digits and hyphens make a name", arguments: goodNames)
    func allowed(_ text: String) throws {
        #expect(try OperatorName(text).text == text)
        #expect(try VariableName(text).text == text)
    }

    @Test("everything else is refused", arguments: badNames)
    func refused(_ text: String) {
        #expect(throws: ModelError.self) { try OperatorName(text) }
    }

    @Test("the refusal repeats untrusted text in printable ASCII only")
    func printable() throws {
        let error = try #require(throws: ModelError.self) {
            try OperatorName("a\u{1B}[2J\u{202E}b\n" + String(repeating: "x", count: 500))
        }
        #expect(error.description.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(error.description.utf8.count < 200)
    }

    @Test("a variable's name has up to 40 characters")
    func variableLength() throws {
        let longest = String(repeating: "v", count: 40)
        #expect(try VariableName(longest).text == longest)
        #expect(throws: ModelError.self) { try VariableName(longest + "v") }
    }

    @Test("the names that the program declares itself obey the rule")
    func known() throws {
        #expect(try VariableName(VariableName.acceptance.text) == .acceptance)
    }

    @Test("names are ordered by their bytes")
    func order() throws {
        let sorted = try ["b", "a-", "a", "a0", "9"].map { try OperatorName($0) }.sorted()
        #expect(sorted.map(\.text) == ["9", "a", "a-", "a0", "b"])
    }
}
