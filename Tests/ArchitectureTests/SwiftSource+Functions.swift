extension SwiftSource {
    /// A function, initializer or subscript with a body.
    struct Function {
        /// 1-based line of its declaration.
        let line: Int
        /// Lines from the declaration to the closing brace, both counted.
        let lineCount: Int
    }

    /// All functions of the file, inner ones too.
    var functions: [Function] {
        lines.indices.compactMap { index in
            guard declaresFunction(lines[index]), let end = lastLine(ofFunctionAt: index) else {
                return nil
            }
            return Function(line: index + 1, lineCount: end - index + 1)
        }
    }

    private static let modifiers: Set = [
        "public", "package", "internal", "private", "fileprivate", "static", "final", "override",
        "mutating", "nonmutating", "borrowing", "consuming", "nonisolated", "convenience",
        "required",
        "unsafe", "async", "isolated", "indirect", "lazy", "class",
    ]

    private func declaresFunction(_ line: String) -> Bool {
        for word in line.split(separator: " ") {
            let name = word.prefix { $0.isLetter }
            if ["func", "init", "deinit", "subscript"].contains(name) { return true }
            guard word.hasPrefix("@") || Self.modifiers.contains(String(word)) else { return false }
        }
        return false
    }

    /// The line on which the body's brace closes; nil for a requirement of a protocol, which has no body.
    private func lastLine(ofFunctionAt start: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in lines.indices[start...] {
            if index > start, braces == 0, parentheses == 0, startsDeclaration(lines[index]) {
                return nil
            }
            for character in lines[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where parentheses == 0 || braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                    if braces < 0 { return nil }
                default: break
                }
            }
        }
        return nil
    }

    private func startsDeclaration(_ line: String) -> Bool {
        let kinds: Set = ["var", "let", "case", "struct", "enum", "class", "protocol", "extension"]
        let words = line.split(separator: " ").map(String.init)
        guard let first = words.first(where: { !Self.modifiers.contains($0) }) else { return false }
        return declaresFunction(line) || kinds.contains(first) || first.hasPrefix("}")
    }
}
