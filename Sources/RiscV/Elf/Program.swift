/// A program as it stands before its first step.
package struct Program: Hashable, Sendable {
    /// Address of the first instruction.
    package let entryPoint: UInt32
    /// As the file has them, sorted by start, the register section among them.
    ///
    /// Names are looked up here, so that merging does not hide a section.
    package let sections: [Section]
    /// Adjacent sections of the same kind joined: what the machine and the challenges see.
    package let mergedSections: [Section]
    /// The merged sections by what may be done with them.
    package let ranges: SectionRanges

    /// Loads an ELF file by its table of sections.
    ///
    /// - Throws: The first fault, in the order of docs/protocol/machine.md, "Loading".
    package init(elf bytes: [UInt8]) throws(ProgramFault) {
        let file = try ElfFile(bytes)
        var sections = [Section.registers]
        for header in file.sections where header.flags & Flags.allocated != 0 {
            if let section = try Self.section(header, in: file) {
                let place = sections.firstIndex { $0.start > section.start } ?? sections.count
                sections.insert(section, at: place)
            }
        }
        try self.init(entryPoint: file.entryPoint, sections: sections)
    }

    /// Checks sections that come from anywhere.
    ///
    /// - Parameter sections: Sorted by start, the register section among them.
    package init(entryPoint: UInt32, sections: [Section]) throws(ProgramFault) {
        try Self.check(sections)
        self.entryPoint = entryPoint
        self.sections = sections
        mergedSections = Section.merging(sections)
        ranges = SectionRanges(of: mergedSections)
    }

    /// The section of that name in the file; the first one if several have it.
    package func section(named name: String) -> Section? {
        sections.first { $0.name == name }
    }

    private enum Flags {
        static let writable: UInt32 = 1
        static let allocated: UInt32 = 2
        static let executable: UInt32 = 4
    }

    private static let typeWithoutContent: UInt32 = 8

    private static func section(
        _ header: ElfFile.SectionHeader, in file: ElfFile
    ) throws(ProgramFault) -> Section? {
        guard header.address % 4 == 0 else {
            throw .unalignedSection(section: header.name, start: header.address)
        }
        guard header.byteCount != 0 else { return nil }
        guard header.byteCount <= UInt32.max - 3 else {
            throw .addressOverflow(section: header.name)
        }
        let padded = (header.byteCount + 3) & ~3
        // Everything that the file has content for is loaded, not the plainest type alone.
        let content: Section.Content =
            header.type == typeWithoutContent
            ? .uninitialized
            : .initialized(words(try file.content(of: header), count: Int(padded / 4)))
        let isWritable = header.flags & Flags.writable != 0
        let isCode = header.flags & Flags.executable != 0
        guard !(isWritable && isCode) else { throw .writableCode(section: header.name) }
        return Section(
            name: header.name, start: header.address, byteCount: padded,
            kind: isCode ? .code : isWritable ? .readWrite : .readOnly, content: content)
    }

    /// Little-endian words, the last one filled up with zero bytes.
    static func words(_ bytes: some Collection<UInt8>, count: Int) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: count)
        for (index, byte) in bytes.enumerated() {
            words[index / 4] |= UInt32(byte) << (8 * (index % 4))
        }
        return words
    }
}

extension Program {
    /// What must hold of every program; the first fault wins.
    private static func check(_ sections: [Section]) throws(ProgramFault) {
        for section in sections
        where section.start.addingReportingOverflow(section.byteCount - 1).overflow {
            throw .addressOverflow(section: section.name)
        }
        for (section, next) in zip(sections, sections.dropFirst())
        where section.range.last >= next.start {
            throw .overlap(section.name, next.name)
        }
        for section in sections where section.start < MemoryMap.lowestSectionStart {
            throw .lowSection(section: section.name, start: section.start)
        }
        try checkStack(sections)
        for section in sections where section.kind == .code {
            try checkCode(section)
        }
        guard sections.count <= MemoryMap.sectionLimit else {
            throw .tooManySections(count: sections.count)
        }
    }

    private static func checkStack(_ sections: [Section]) throws(ProgramFault) {
        guard
            let stack = sections.first(where: {
                $0.start <= MemoryMap.stackBase && MemoryMap.stackBase <= $0.range.last
            })
        else { return }
        for other in sections
        where stack.start &+ stack.byteCount == other.start
            || other.start &+ other.byteCount == stack.start
        {
            throw .sectionTouchesStack(section: other.name)
        }
    }

    private static func checkCode(_ section: Section) throws(ProgramFault) {
        let words = section.initialWords ?? [0]
        for (index, word) in words.enumerated() where !KnownEncoding.contains(word) {
            throw .undecodableCode(address: section.start + 4 * UInt32(index), word: word)
        }
    }
}
