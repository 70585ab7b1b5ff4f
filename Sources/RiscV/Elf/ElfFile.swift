/// The parts of an ELF file that matter here: entry point and table of sections.
///
/// Program headers are not read: the sections say what is loaded.
struct ElfFile {
    /// One row of the table of sections.
    struct SectionHeader {
        let nameOffset: UInt32
        let type: UInt32
        let flags: UInt32
        let address: UInt32
        let fileOffset: UInt32
        let byteCount: UInt32
    }

    let entryPoint: UInt32
    let sections: [SectionHeader]
    private let bytes: [UInt8]
    private let names: ArraySlice<UInt8>

    private enum Layout {
        static let headerByteCount = 52
        static let sectionHeaderByteCount = 40
        static let riscVMachine: UInt16 = 243
        static let extendedIndex: UInt16 = 0xFFFF
        /// Many headers may name the same bytes: what a name may cost has a bound.
        static let nameByteLimit = 1024
    }

    init(_ bytes: [UInt8]) throws(ProgramFault) {
        self.bytes = bytes
        guard bytes.count >= 20, Array(bytes[0..<4]) == [0x7F, 0x45, 0x4C, 0x46] else {
            throw .notElf(reason: "it does not begin as ELF files do")
        }
        guard bytes[4] == 1 else { throw .otherMachine(reason: "it is not of the 32-bit class") }
        guard bytes[5] == 1 else { throw .otherMachine(reason: "it is not little-endian") }
        guard bytes.count >= Layout.headerByteCount else {
            throw .notElf(reason: "it ends within its header")
        }
        guard Self.half(bytes, 18) == Layout.riscVMachine else {
            throw .otherMachine(reason: "it is not for RISC-V")
        }
        entryPoint = Self.word(bytes, 24)
        (sections, names) = try Self.sectionTable(of: bytes)
    }

    /// The bytes of a section that the file holds, or nil if they are not all there.
    func content(of section: SectionHeader) -> ArraySlice<UInt8>? {
        Self.slice(bytes, section.fileOffset, section.byteCount)
    }

    /// The name up to its zero byte; empty when it is not UTF-8 or not in the table of names.
    func name(of section: SectionHeader) throws(ProgramFault) -> String {
        guard Int(section.nameOffset) < names.count else { return "" }
        let rest = names[(names.startIndex + Int(section.nameOffset))...]
        guard let end = rest.prefix(Layout.nameByteLimit + 1).firstIndex(of: 0) else {
            guard rest.count <= Layout.nameByteLimit else {
                throw .notElf(
                    reason: "a section has a name of more than \(Layout.nameByteLimit) bytes")
            }
            return ""
        }
        return String(validating: rest[..<end], as: UTF8.self) ?? ""
    }

    private static func sectionTable(
        of bytes: [UInt8]
    ) throws(ProgramFault) -> (headers: [SectionHeader], names: ArraySlice<UInt8>) {
        let tableOffset = word(bytes, 32)
        let count = half(bytes, 48)
        let nameTableIndex = half(bytes, 50)
        guard tableOffset != 0, count != 0, nameTableIndex != Layout.extendedIndex,
            nameTableIndex < count
        else { throw .noSectionTable }
        guard half(bytes, 46) == Layout.sectionHeaderByteCount else {
            throw .notElf(reason: "rows of its table of sections have an unknown size")
        }
        let byteCount = UInt32(count) * UInt32(Layout.sectionHeaderByteCount)
        guard let table = slice(bytes, tableOffset, byteCount).map(Array.init) else {
            throw .noSectionTable
        }
        let names = row(table, Int(nameTableIndex))
        guard let nameTable = slice(bytes, names.fileOffset, names.byteCount) else {
            throw .noSectionTable
        }
        return ((0..<Int(count)).map { row(table, $0) }, nameTable)
    }

    private static func row(_ table: [UInt8], _ index: Int) -> SectionHeader {
        let start = index * Layout.sectionHeaderByteCount
        return SectionHeader(
            nameOffset: word(table, start), type: word(table, start + 4),
            flags: word(table, start + 8), address: word(table, start + 12),
            fileOffset: word(table, start + 16), byteCount: word(table, start + 20))
    }

    private static func slice(
        _ bytes: [UInt8], _ offset: UInt32, _ byteCount: UInt32
    ) -> ArraySlice<UInt8>? {
        let end = UInt64(offset) + UInt64(byteCount)
        guard end <= UInt64(bytes.count) else { return nil }
        return bytes[Int(offset)..<Int(end)]
    }

    private static func half(_ bytes: [UInt8], _ offset: Int) -> UInt16 {
        UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        UInt32(half(bytes, offset)) | UInt32(half(bytes, offset + 2)) << 16
    }
}
