/// A section as its header describes it, with its content still in the file.
struct SectionPlace {
    /// SHF_ALLOC: the section is part of the program.
    static let allocated: UInt32 = 2
    private static let writable: UInt32 = 1
    private static let executable: UInt32 = 4
    /// SHT_NOBITS.
    private static let typeWithoutContent: UInt32 = 8

    /// Without content.
    let section: Section
    /// The bytes in the file, or nil for a section without content.
    let content: ArraySlice<UInt8>?

    /// Checks a header.
    ///
    /// - Returns: nil for an empty section.
    init?(_ header: ElfFile.SectionHeader, in file: ElfFile) throws(ProgramFault) {
        let name = try file.name(of: header)
        guard header.address % 4 == 0 else {
            throw .unalignedSection(section: name, start: header.address)
        }
        guard header.byteCount != 0 else { return nil }
        guard header.byteCount <= UInt32.max - 3 else { throw .addressOverflow(section: name) }
        if header.type == Self.typeWithoutContent {
            content = nil
        } else {
            // Everything that the file has content for is loaded, not the plainest type alone.
            guard let bytes = file.content(of: header) else {
                throw .contentOutsideFile(section: name)
            }
            content = bytes
        }
        let isWritable = header.flags & Self.writable != 0
        let isCode = header.flags & Self.executable != 0
        guard !(isWritable && isCode) else { throw .writableCode(section: name) }
        section = Section(
            name: name, start: header.address, byteCount: (header.byteCount + 3) & ~3,
            kind: isCode ? .code : isWritable ? .readWrite : .readOnly, content: .uninitialized)
    }

    /// The section with its content.
    var loaded: Section {
        guard let content else { return section }
        return Section(
            name: section.name, start: section.start, byteCount: section.byteCount,
            kind: section.kind,
            content: .initialized(Program.words(content, count: section.wordCount)))
    }
}
