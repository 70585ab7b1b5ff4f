import Bitcoin
import Primitives

/// What people call the parts of a run.
public struct ScriptAnnotations: Hashable, Sendable {
    /// Names of the items that the script begins with, bottom first; empty where there is none, and
    /// there may be fewer than items.
    public var itemNames: [String]
    /// Remarks by the index of the operation.
    public var notes: [Int: String]

    /// By default no names and no remarks.
    public init(itemNames: [String] = [], notes: [Int: String] = [:]) {
        self.itemNames = itemNames
        self.notes = notes
    }
}

extension ScriptTrace {
    /// One line of a printed run.
    public struct Row: Hashable, Sendable {
        /// The index of the operation; empty for the first stack.
        public let index: String
        /// The opcode, or what is pushed; in brackets where it is not executed.
        public let operation: String
        /// The stack afterwards, the top to the right.
        public let stack: String
        /// The alt stack afterwards, the top to the right.
        public let altStack: String
        /// The remark, and at the failing operation the reason.
        public let note: String
    }

    /// The run as text for a terminal, one row for the first stack and one for each step.
    ///
    /// - Parameter itemCount: How many items of a stack are shown; deeper ones are counted.
    public func rows(
        _ annotations: ScriptAnnotations = ScriptAnnotations(), itemCount: Int = 8
    ) -> [Row] {
        let names = annotations.itemNames
        var rows = [
            Row(
                index: "", operation: "", stack: Self.text(firstStack, itemCount, names),
                altStack: "", note: "")
        ]
        for (position, step) in steps.enumerated() {
            let operation = step.instruction.traceText
            var note = annotations.notes[step.operationIndex] ?? ""
            if let failure, position == steps.count - 1 {
                note += (note.isEmpty ? "" : "; ") + failure.rawValue
            }
            rows.append(
                Row(
                    index: String(step.operationIndex),
                    operation: step.isExecuted ? operation : "(\(operation))",
                    stack: Self.text(step.stack, itemCount, names),
                    altStack: Self.text(step.altStack, itemCount, names), note: note))
        }
        return rows
    }

    private static func text(_ items: [Item], _ itemCount: Int, _ names: [String]) -> String {
        let hidden = max(0, items.count - itemCount)
        let shown = items.suffix(itemCount).map { item in
            let bytes = shortened(item.bytes)
            guard let origin = item.origin, names.indices.contains(origin),
                !names[origin].isEmpty
            else { return bytes }
            return "\(names[origin])=\(bytes)"
        }
        return ((hidden > 0 ? ["(\(hidden) more)"] : []) + shown).joined(separator: " ")
    }

    /// Hexadecimal; the middle of long items is left out, the empty item is a pair of quotes.
    fileprivate static func shortened(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "''" }
        guard bytes.count > 12 else { return Hex.encode(bytes) }
        let ends = Hex.encode(Array(bytes.prefix(4))) + ".." + Hex.encode(Array(bytes.suffix(2)))
        return ends + "(\(bytes.count))"
    }
}

extension ScriptInstruction {
    fileprivate var traceText: String {
        switch self {
        case .push(let data, let opcode): data.isEmpty ? opcode.name : ScriptTrace.shortened(data)
        case .opcode(let opcode): opcode.name
        }
    }
}
