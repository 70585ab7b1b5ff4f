/// Why a file is not a program for the machine.
package enum ProgramFault: Error, Hashable, Sendable {
    /// No ELF file, or one that ends too early.
    case notElf(reason: String)
    /// An ELF file for another kind of machine.
    case otherMachine(reason: String)
    /// The file has no table of sections, or no names for them.
    case noSectionTable
    /// A section's bytes are not in the file.
    case contentOutsideFile(section: String)
    /// A section does not begin at a multiple of 4.
    case unalignedSection(section: String, start: UInt32)
    /// A section is both code and writable.
    case writableCode(section: String)
    /// A section ends after the last address.
    case addressOverflow(section: String)
    /// Two sections share addresses.
    case overlap(String, String)
    /// A section begins below 0x1000.
    case lowSection(section: String, start: UInt32)
    /// Another section touches the stack, so that running over its end would not be noticed.
    case sectionTouchesStack(section: String)
    /// The sections have more content together than the file has bytes: some is shared.
    case sharedContent(byteCount: UInt64, limit: UInt64)
    /// A word of code that is no instruction.
    case undecodableCode(address: UInt32, word: UInt32)
    /// More than 900 sections.
    case tooManySections(count: Int)
    /// The program begins within a word.
    case unalignedEntry(UInt32)
    /// No section has the name that is given for the input.
    case noInputSection(name: String)
    /// The input section is code or the register file.
    case inputSectionNotData(name: String)
    /// The input is longer than its section.
    case inputTooLong(byteCount: Int, limit: Int)
    /// The system gives no memory for the sections.
    case outOfMemory(byteCount: UInt64)
}
