/// Registers, sections and decoded code in memory of their own, for loops without checks.
///
/// Last steps are stored inverted, so that memory from the system, which is zero, says "never
/// written", and costs nothing before it is used.
@safe
final class MachineMemory {
    /// One section as loads, stores and fetches see it; its pointers are for the loop alone.
    @safe
    struct View: BitwiseCopyable {
        let start: UInt32
        /// Bytes that may be read as data: all of them or none.
        let readableByteCount: UInt32
        /// Bytes that may be written: all of them or none.
        let writableByteCount: UInt32
        let words: UnsafeMutablePointer<UInt32>
        let stamps: UnsafeMutablePointer<UInt64>
    }

    /// A code section as the loop fetches from it; behind its last instruction stands another that
    /// is not executed.
    @safe
    struct CodeView: BitwiseCopyable {
        let start: UInt32
        let byteCount: UInt32
        let words: UnsafeMutablePointer<UInt32>
        let instructions: UnsafeMutablePointer<Instruction>
    }

    static let pageShift: UInt32 = 12

    let sections: [Section]
    let core: MachineCore
    private let codeViews: [CodeView]
    private let mappings: Mappings

    /// Puts a program and its input into memory.
    init(_ program: Program, input: ProgramInput?) throws(ProgramFault) {
        sections = program.mergedSections
        var mappings = Mappings()
        let views = unsafe try mappings.reserve(View.self, count: sections.count)
        let pageTable = unsafe try mappings.reserve(UInt16.self, count: 1 << (32 - Self.pageShift))
        let start = unsafe try mappings.reserve(UInt64.self, count: MachineCore.byteCount / 8)
        unsafe core = MachineCore(
            UnsafeMutableRawPointer(start), views: views, pageTable: pageTable)
        var codeViews: [CodeView] = []
        for (index, section) in sections.enumerated() {
            let view = try Self.load(section, into: &mappings)
            unsafe (views + index).initialize(to: view)
            for page in section.start >> Self.pageShift...section.range.last >> Self.pageShift {
                unsafe pageTable[Int(page)] = UInt16(truncatingIfNeeded: index)
            }
            if section.kind == .code {
                codeViews.append(try Self.decode(section, view, into: &mappings))
            }
        }
        self.codeViews = codeViews
        self.mappings = mappings
        unsafe core.registers[Int(RegisterIndex.stackPointer)] = MemoryMap.initialStackPointer
        if let input, !input.bytes.isEmpty {
            try store(input, of: program)
        }
    }

    private static func load(
        _ section: Section, into mappings: inout Mappings
    ) throws(ProgramFault) -> View {
        let words = unsafe try mappings.reserve(UInt32.self, count: section.wordCount)
        let stamps = unsafe try mappings.reserve(UInt64.self, count: section.wordCount)
        for (index, word) in (section.initialWords ?? []).enumerated() {
            unsafe words[index] = word
        }
        let isReadable = section.kind == .readOnly || section.kind == .readWrite
        return unsafe View(
            start: section.start, readableByteCount: isReadable ? section.byteCount : 0,
            writableByteCount: section.kind == .readWrite ? section.byteCount : 0, words: words,
            stamps: stamps)
    }

    private static func decode(
        _ section: Section, _ view: View, into mappings: inout Mappings
    ) throws(ProgramFault) -> CodeView {
        let instructions = unsafe try mappings.reserve(
            Instruction.self, count: section.wordCount + 1)
        // The word 0 is not executed, and zeros are what an instruction that is not executed
        // consists of: code without content takes neither time nor memory.
        let decodedCount = section.initialWords?.count ?? 0
        for index in 0..<decodedCount {
            unsafe (instructions + index).initialize(to: Instruction(decoding: view.words[index]))
        }
        return unsafe CodeView(
            start: section.start, byteCount: section.byteCount, words: view.words,
            instructions: instructions)
    }

    private func store(_ input: ProgramInput, of program: Program) throws(ProgramFault) {
        guard let section = program.section(named: input.sectionName) else {
            throw .noInputSection(name: input.sectionName)
        }
        guard section.kind == .readWrite || section.kind == .readOnly else {
            throw .inputSectionNotData(name: input.sectionName)
        }
        let words = input.words
        guard words.count <= section.wordCount else {
            throw .inputTooLong(byteCount: input.bytes.count, limit: Int(section.byteCount))
        }
        guard let index = index(ofSectionAt: section.start) else {
            preconditionFailure("every section of a program is part of a merged one")
        }
        let view = unsafe core.views[index]
        let offset = Int((section.start - view.start) / 4)
        for (place, word) in words.enumerated() {
            unsafe view.words[offset + place] = word
        }
    }

    /// The merged section that an address lies in.
    func index(ofSectionAt address: UInt32) -> Int? {
        var low = 0
        var high = sections.count
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].range.last < address { low = middle + 1 } else { high = middle }
        }
        return low < sections.count && sections[low].start <= address ? low : nil
    }

    /// The code at an address, or why there is none.
    @inline(never)
    func codeView(at address: UInt32) throws(Trap) -> CodeView {
        guard let index = index(ofSectionAt: address) else { throw .sectionNotFound(address) }
        guard sections[index].kind != .registers else { throw .registerSection }
        let start = sections[index].start
        guard let view = codeViews.first(where: { $0.start == start }) else {
            throw .executeFromNonCode
        }
        return view
    }

    /// The index of a section that can be read, or why there is none.
    @inline(never)
    func readableIndex(_ address: UInt32) throws(Trap) -> Int {
        guard let index = index(ofSectionAt: address) else { throw .sectionNotFound(address) }
        switch sections[index].kind {
        case .registers: throw .registerSection
        case .code: throw .readFromExecuteOnly
        case .readOnly, .readWrite: return index
        }
    }

    /// The index of a section that can be written, or why there is none.
    @inline(never)
    func writableIndex(_ address: UInt32) throws(Trap) -> Int {
        guard let index = index(ofSectionAt: address) else { throw .sectionNotFound(address) }
        switch sections[index].kind {
        case .registers: throw .registerSection
        case .code, .readOnly: throw .writeToReadOnly
        case .readWrite: return index
        }
    }
}
