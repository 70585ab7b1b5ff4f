/// A Swift file with its comments and the contents of its string literals blanked out, so that a search finds code only.
struct SwiftSource {
    /// As many lines as the file has; text of comments and literals is replaced by spaces.
    let lines: [String]

    init(_ text: String) {
        var blanker = Blanker(text)
        lines = blanker.blanked().split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// Names of imported modules with the 1-based lines of their imports.
    var imports: [(module: String, line: Int)] {
        lines.enumerated().compactMap { index, line in
            let words = line.split(separator: " ").map(String.init)
            guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
                words[..<keyword].allSatisfy(Self.mayPrecedeImport)
            else { return nil }
            let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let"]
            let named = words[(keyword + 1)...].first { !kinds.contains($0) }
            guard let module = named?.split(separator: ".").first else { return nil }
            return (String(module), index + 1)
        }
    }

    private static func mayPrecedeImport(_ word: String) -> Bool {
        word.hasPrefix("@")
            || ["public", "package", "internal", "private", "fileprivate"].contains(word)
    }
}

/// One pass over the characters of a Swift file.
private struct Blanker {
    /// Where the pass is; literals nest through interpolation, comments nest by themselves.
    private enum Place {
        case code(parentheses: Int)
        case literal(quotes: Int, hashes: Int)
    }

    private let characters: [Character]
    private var position = 0
    private var output = ""
    private var places: [Place] = [.code(parentheses: 0)]

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func blanked() -> String {
        while position < characters.count {
            switch places.last {
            case .literal(let quotes, let hashes): passLiteral(quotes: quotes, hashes: hashes)
            case .code(let parentheses): passCode(parentheses: parentheses)
            case nil: return output
            }
        }
        return output
    }

    private func stands(_ text: String, at offset: Int = 0) -> Bool {
        let start = position + offset
        return characters[start...].starts(with: text)
    }

    private mutating func keep() {
        output.append(characters[position])
        position += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < characters.count {
            output.append(characters[position] == "\n" ? "\n" : " ")
            position += 1
        }
    }

    private mutating func passCode(parentheses: Int) {
        if stands("//") {
            while position < characters.count, characters[position] != "\n" { blank() }
        } else if stands("/*") {
            passBlockComment()
        } else if let literal = literalStart() {
            places.append(.literal(quotes: literal.quotes, hashes: literal.hashes))
            blank(literal.quotes + literal.hashes)
        } else if characters[position] == "(" {
            places[places.count - 1] = .code(parentheses: parentheses + 1)
            keep()
        } else if characters[position] == ")", parentheses == 0, places.count > 1 {
            places.removeLast()
            blank()
        } else if characters[position] == ")" {
            places[places.count - 1] = .code(parentheses: parentheses - 1)
            keep()
        } else {
            keep()
        }
    }

    private func literalStart() -> (quotes: Int, hashes: Int)? {
        var hashes = 0
        while position + hashes < characters.count, characters[position + hashes] == "#" {
            hashes += 1
        }
        guard position + hashes < characters.count else { return nil }
        if stands("\"\"\"", at: hashes) { return (3, hashes) }
        return stands("\"", at: hashes) ? (1, hashes) : nil
    }

    private mutating func passLiteral(quotes: Int, hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        let end = String(repeating: "\"", count: quotes) + marks
        let escape = "\\" + marks
        if stands(escape + "(") {
            blank(escape.count + 1)
            places.append(.code(parentheses: 0))
        } else if stands(escape) {
            blank(escape.count + 1)
        } else if stands(end) || (quotes == 1 && characters[position] == "\n") {
            places.removeLast()
            blank(characters[position] == "\n" ? 1 : end.count)
        } else {
            blank()
        }
    }

    private mutating func passBlockComment() {
        var depth = 0
        while position < characters.count {
            if stands("/*") {
                depth += 1
                blank(2)
            } else if stands("*/") {
                depth -= 1
                blank(2)
                if depth == 0 { return }
            } else {
                blank()
            }
        }
    }
}
