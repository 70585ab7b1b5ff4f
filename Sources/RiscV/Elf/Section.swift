/// A piece of a program's address space.
package struct Section: Hashable, Sendable {
    /// What a program may do with a section.
    package enum Kind: Hashable, Sendable {
        /// The register file: visible in traces, closed to programs.
        case registers
        /// Code: may be executed, neither read nor written.
        case code
        /// Data that may be read.
        case readOnly
        /// Data that may be read and written.
        case readWrite
    }

    /// What its words are before the first step.
    package enum Content: Hashable, Sendable {
        /// Zero, or for an input section the input.
        case uninitialized
        /// These words, as the machine reads them; as many as the section holds.
        case initialized([UInt32])
    }

    /// As in the file; merged sections have the names of all parts.
    package let name: String
    /// First byte, a multiple of 4.
    package let start: UInt32
    /// A multiple of 4, not 0.
    package let byteCount: UInt32
    /// What a program may do here.
    package let kind: Kind
    /// What stands here at the start.
    package let content: Content

    /// A section with all its parts.
    ///
    /// - Parameters:
    ///   - start: A multiple of 4.
    ///   - byteCount: A multiple of 4, not 0.
    package init(
        name: String, start: UInt32, byteCount: UInt32, kind: Kind, content: Content
    ) {
        precondition(start % 4 == 0, "a section begins with a word")
        precondition(byteCount > 0 && byteCount % 4 == 0, "a section consists of words")
        self.name = name
        self.start = start
        self.byteCount = byteCount
        self.kind = kind
        self.content = content
    }

    /// First and last byte.
    package var range: AddressRange {
        AddressRange(start: start, last: start &+ (byteCount - 1))
    }

    /// Words that it holds.
    package var wordCount: Int {
        Int(byteCount / 4)
    }

    /// The words that stand here at the start, or nil when they are not in the file.
    package var initialWords: [UInt32]? {
        switch content {
        case .uninitialized: nil
        case .initialized(let words): words
        }
    }

    /// The register file, which is in every program.
    package static let registers = Section(
        name: "registers", start: MemoryMap.registerBase, byteCount: MemoryMap.registerByteCount,
        kind: .registers, content: .uninitialized)
}

extension Section {
    /// Joins sections that touch and do not differ in anything but their names.
    ///
    /// - Parameter sections: Sorted by start, without overlaps.
    static func merging(_ sections: [Section]) -> [Section] {
        var groups: [[Section]] = []
        for section in sections {
            if groups.last?.last?.isContinued(by: section) == true {
                groups[groups.count - 1].append(section)
            } else {
                groups.append([section])
            }
        }
        return groups.map { $0.count == 1 ? $0[0] : joined($0) }
    }

    private func isContinued(by next: Section) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(byteCount)
        return !overflow && end == next.start && kind == next.kind
            && (initialWords == nil) == (next.initialWords == nil)
    }

    /// One section of several; each word is copied once, however many there are.
    private static func joined(_ parts: [Section]) -> Section {
        let prefix = "merge_"
        let names = parts.map { part in
            part.name.hasPrefix(prefix) ? part.name.dropFirst(prefix.count) : part.name[...]
        }
        let words = parts.map(\.initialWords)
        return Section(
            name: prefix + names.joined(separator: "_"), start: parts[0].start,
            byteCount: parts.reduce(0) { $0 + $1.byteCount }, kind: parts[0].kind,
            content: words[0] == nil
                ? .uninitialized : .initialized(words.flatMap { $0 ?? [] }))
    }
}
