/// Registers, sections and decoded code in memory of their own, for loops without checks.
///
/// Last steps are stored inverted, so that memory from the system, which is zero, says "never
/// written", and costs nothing before it is used.
@safe
final class MachineMemory {
    /// Addresses that may be read or written; none when it is zero.
    struct Window: BitwiseCopyable {
        let start: UInt32
        let byteCount: UInt32
    }

    /// A code section as the loops fetch from it; behind its last instruction stands another that
    /// is not executed.
    @safe
    struct CodeView: BitwiseCopyable {
        let start: UInt32
        let byteCount: UInt32
        let words: UnsafeMutablePointer<UInt32>
        let instructions: UnsafeMutablePointer<Instruction>
        /// The same instructions for the plain loop.
        let plain: UnsafeMutablePointer<PlainInstruction>
        /// Most steps that are made from any instruction on until a jump is.
        let stretchStepCount: UInt64
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
        core = try MachineCore(in: &mappings)
        var codeViews: [CodeView] = []
        for section in sections {
            try Self.load(section, into: core)
            if section.kind == .code {
                codeViews.append(try Self.decode(section, core, into: &mappings))
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
        _ section: Section, into core: MachineCore
    ) throws(ProgramFault) {
        let words = unsafe UnsafeMutableBufferPointer(
            start: core.words(at: section.start), count: section.wordCount)
        unsafe try Mappings.commit(words)
        unsafe try Mappings.commit(
            UnsafeMutableBufferPointer(
                start: core.stamps(at: section.start), count: section.wordCount))
        for (index, word) in (section.initialWords ?? []).enumerated() {
            unsafe words[index] = word
        }
        guard section.kind == .readOnly || section.kind == .readWrite else { return }
        let window = Window(start: section.start, byteCount: section.byteCount)
        for page in section.start >> Self.pageShift...section.range.last >> Self.pageShift {
            unsafe core.readable[Int(page)] = window
            if section.kind == .readWrite { unsafe core.writable[Int(page)] = window }
        }
    }

    private static func decode(
        _ section: Section, _ core: MachineCore, into mappings: inout Mappings
    ) throws(ProgramFault) -> CodeView {
        let words = unsafe core.words(at: section.start)
        let instructions = unsafe try mappings.reserve(
            Instruction.self, count: section.wordCount + 1)
        let plain = unsafe try mappings.reserve(
            PlainInstruction.self, count: section.wordCount + 1)
        // The word 0 is not executed, and zeros are what an instruction that is not executed
        // consists of: code without content takes neither time nor memory.
        let decoded = (section.initialWords ?? []).map(Instruction.init(decoding:))
        var stretch: UInt64 = 0
        var longest: UInt64 = 1
        for (index, instruction) in decoded.enumerated() {
            unsafe (instructions + index).initialize(to: instruction)
            unsafe (plain + index).initialize(to: PlainInstruction(decoded[index...]))
            stretch += instruction.code.stepCountLimit
            longest = max(longest, stretch)
            if instruction.code.alwaysJumps { stretch = 0 }
        }
        return unsafe CodeView(
            start: section.start, byteCount: section.byteCount, words: words,
            instructions: instructions, plain: plain, stretchStepCount: longest)
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
        let place = unsafe core.words(at: section.start)
        for (index, word) in words.enumerated() {
            unsafe place[index] = word
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

    /// Lets a word outside its page's window be read all the same, or says why it cannot.
    @inline(never)
    func checkReadable(_ address: UInt32) throws(Trap) {
        guard let index = index(ofSectionAt: address) else { throw .sectionNotFound(address) }
        switch sections[index].kind {
        case .registers: throw .registerSection
        case .code: throw .readFromExecuteOnly
        case .readOnly, .readWrite: return
        }
    }

    /// Lets a word outside its page's window be written all the same, or says why it cannot.
    @inline(never)
    func checkWritable(_ address: UInt32) throws(Trap) {
        guard let index = index(ofSectionAt: address) else { throw .sectionNotFound(address) }
        switch sections[index].kind {
        case .registers: throw .registerSection
        case .code, .readOnly: throw .writeToReadOnly
        case .readWrite: return
        }
    }
}
