import Bitcoin

/// One line of a script for readers.
public struct ScriptLine: Hashable, Sendable {
    /// The section that begins with this line; nil inside of one.
    public let section: String?
    /// Opcode or constant.
    public let text: String
    /// Names of the uppermost items after the step, deepest first.
    public let stack: [String]
    /// Items on the main stack after the step.
    public let itemCount: Int
}

extension AssembledScript {
    /// The script step by step, with what lies on top of the stack after each.
    ///
    /// - Parameter visibleCount: How many of the uppermost items each line names.
    public func lines(visibleCount: Int = 6) -> [ScriptLine] {
        var reader = SymbolicStack(inputs.map(\.name))
        var sectionIndex = 0
        return steps.map { step in
            reader.execute(step)
            defer { sectionIndex = step.sectionIndex }
            return ScriptLine(
                section: step.sectionIndex == sectionIndex ? nil : sections[step.sectionIndex],
                text: step.text, stack: reader.names.suffix(visibleCount),
                itemCount: reader.names.count)
        }
    }

    /// The script as text: one step per line, behind it the uppermost items.
    public var listing: String {
        lines().map { line in
            let heading = line.section.map { "# \($0.isEmpty ? "(leaf)" : $0)\n" } ?? ""
            let padding = String(repeating: " ", count: Swift.max(1, 26 - line.text.count))
            return heading + line.text + padding + "# \(line.itemCount): "
                + line.stack.joined(separator: " ")
        }.joined(separator: "\n")
    }
}
