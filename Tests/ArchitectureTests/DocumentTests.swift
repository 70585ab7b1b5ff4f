import Foundation
import Testing

/// The documents point at things that are there.
@Suite("Documents")
struct DocumentTests {
    static let documents =
        Repository.files(under: "", endings: ["md"]).filter { !$0.path.hasPrefix("Sources/") }

    @Test("every link of a document leads somewhere")
    func links() throws {
        #expect(Self.documents.contains { $0.path == "docs/architecture.md" })
        for document in Self.documents {
            for link in try Self.links(in: document.text) where !link.contains("://") {
                let problem = Self.problem(with: link, in: document)
                #expect(problem == nil, "\(document.path): \(problem ?? "")")
            }
        }
    }

    @Test("decisions are numbered once each")
    func decisions() {
        let names = Self.documents.map(\.path).filter { $0.hasPrefix("docs/decisions/") }
            .compactMap { $0.split(separator: "/").last }
        let numbers = names.map { $0.prefix(4) }
        #expect(Set(numbers).count == numbers.count, "\(names.sorted())")
        for number in numbers {
            #expect(number.count == 4 && number.allSatisfy(\.isNumber), "\(number)")
        }
    }

    @Test("a broken link is noticed")
    func brokenLinks() {
        let document = TextFile(path: "docs/page.md", text: "# One page\n[a](#one-page)\n")
        #expect(Self.problem(with: "#one-page", in: document) == nil)
        #expect(Self.problem(with: "#another", in: document) != nil)
        #expect(Self.problem(with: "../Package.swift", in: document) == nil)
        #expect(Self.problem(with: "absent.md", in: document) != nil)
        #expect(Self.problem(with: "../README.md#no-such-heading", in: document) != nil)
    }

    /// Targets of inline links, outside code blocks.
    private static func links(in text: String) throws -> [String] {
        let link = try Regex(#"\]\(([^)\s]+)\)"#)
        var fenced = false
        var found: [String] = []
        for line in text.split(separator: "\n") {
            if line.drop(while: { $0 == " " }).hasPrefix("```") { fenced.toggle() }
            guard !fenced else { continue }
            found += line.matches(of: link).compactMap { $0.output[1].substring.map(String.init) }
        }
        return found
    }

    /// What is wrong with a link, or nil.
    private static func problem(with link: String, in document: TextFile) -> String? {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].isEmpty ? document.path : resolve(String(parts[0]), from: document.path)
        guard parts[0].isEmpty || Repository.exists(path) else { return "\(link) is not there" }
        guard parts.count == 2 else { return nil }
        let text = parts[0].isEmpty ? document.text : Repository.text(of: path)
        let anchors = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map(anchor(of:))
        return anchors.contains(String(parts[1])) ? nil : "\(link) has no such heading"
    }

    private static func resolve(_ link: String, from document: String) -> String {
        var parts = document.split(separator: "/").dropLast().map(String.init)
        for step in link.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": parts = Array(parts.dropLast())
            default: parts.append(String(step))
            }
        }
        return parts.joined(separator: "/")
    }

    /// A heading's anchor as forges make it: small letters, no punctuation, hyphens for blanks.
    private static func anchor(of heading: Substring) -> String {
        let title = heading.drop { $0 == "#" || $0 == " " }
        return title.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            .replacing(" ", with: "-")
    }
}
