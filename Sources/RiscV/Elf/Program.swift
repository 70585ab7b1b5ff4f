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
    /// What it takes in memory is a small multiple of the file, whatever the headers ask for.
    ///
    /// - Throws: The first fault, in the order of docs/protocol/machine.md, "Loading".
    package init(elf bytes: [UInt8]) throws(ProgramFault) {
        let file = try ElfFile(bytes)
        var places: [SectionPlace] = []
        for header in file.sections where header.flags & SectionPlace.allocated != 0 {
            if let place = try SectionPlace(header, in: file) { places.append(place) }
        }
        // Content is copied once it is known that no two headers ask for the same bytes.
        try Self.checkPlaces(Self.sorted(places.map(\.section)))
        let byteCount = places.reduce(0) { $0 + ($1.content?.count ?? 0) }
        guard byteCount <= bytes.count else {
            throw .sharedContent(byteCount: UInt64(byteCount), limit: UInt64(bytes.count))
        }
        try self.init(
            entryPoint: file.entryPoint, sections: Self.sorted(places.map(\.loaded)))
    }

    /// The sections of a file and the registers by start, equal starts in the order of the file.
    private static func sorted(_ sections: [Section]) -> [Section] {
        ([Section.registers] + sections).enumerated()
            .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
    }

    /// Checks sections that come from anywhere.
    ///
    /// - Parameter sections: Sorted by start, the register section among them.
    package init(entryPoint: UInt32, sections: [Section]) throws(ProgramFault) {
        try Self.check(sections)
        guard entryPoint % 4 == 0 else { throw .unalignedEntry(entryPoint) }
        self.entryPoint = entryPoint
        self.sections = sections
        mergedSections = Section.merging(sections)
        ranges = SectionRanges(of: mergedSections)
    }

    /// The section of that name in the file; the first one if several have it.
    package func section(named name: String) -> Section? {
        sections.first { $0.name == name }
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
        try checkPlaces(sections)
        for section in sections where section.kind == .code {
            try checkCode(section)
        }
        guard sections.count <= MemoryMap.sectionLimit else {
            throw .tooManySections(count: sections.count)
        }
    }

    /// What can be said without the content.
    private static func checkPlaces(_ sections: [Section]) throws(ProgramFault) {
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
