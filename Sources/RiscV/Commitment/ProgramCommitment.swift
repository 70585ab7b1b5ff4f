package import Primitives

/// What both parties of a dispute must agree on about a program: the memory before its first step,
/// cut into the pieces that single leaf scripts know.
///
/// Every word that a program can read before it was written is in exactly one of input,
/// initialised chunks and uninitialised ranges, and so is every register.
///
/// - Source: docs/protocol/machine.md, "Commitment".
package struct ProgramCommitment: Hashable, Sendable {
    /// What a word holds that no step wrote.
    package enum InitialWord: Hashable, Sendable {
        /// A word of the input; the index counts words from the start of the section.
        case input(wordIndex: Int)
        /// The word of a chunk of `initialized`.
        case initialized(chunkIndex: Int, word: UInt32)
        /// Zero, in a range of `uninitialized`.
        case uninitialized(rangeIndex: Int)
    }

    /// Address of the first instruction.
    package let entryPoint: UInt32
    /// All words of code, sorted by address.
    package let code: [MemoryChunk]
    /// All words of data that the program begins with, sorted by address.
    ///
    /// One of them is the stack pointer's register: it begins as `MemoryMap.initialStackPointer`.
    package let initialized: [MemoryChunk]
    /// What begins as zero, sorted by address: data without content, the rest of the input section,
    /// and the registers but for the stack pointer.
    package let uninitialized: [AddressRange]
    /// What may be done where.
    package let ranges: SectionRanges
    /// The declared input, if there is any.
    package let inputRange: AddressRange?
    /// Binds everything above.
    package let digest: Bytes32

    /// Cuts a program.
    ///
    /// - Parameters:
    ///   - inputSectionName: Looked up only if there is input.
    ///   - inputByteCount: A multiple of 4; bytes of the section from its start that are input.
    /// - Throws: What is wrong with the input, then with the code, then with the entry point.
    package init(
        _ program: Program, inputSectionName: String, inputByteCount: UInt64
    ) throws(DefinitionFault) {
        let input = try Self.inputRange(
            of: program, sectionName: inputSectionName, byteCount: inputByteCount)
        entryPoint = program.entryPoint
        ranges = program.ranges
        inputRange = input
        code = try Self.codeChunks(of: program)
        let stackPointer = MemoryMap.address(ofRegister: RegisterIndex.stackPointer)
        var chunks = [
            MemoryChunk(start: stackPointer, words: [MemoryMap.initialStackPointer])
        ]
        var zeros: [AddressRange] = []
        for section in program.mergedSections where section.kind != .code {
            let known =
                section.kind == .registers
                ? AddressRange(start: stackPointer, last: stackPointer + 3) : input
            for range in section.range.removing(known) {
                if let words = section.initialWords {
                    let first = Int((range.start - section.start) / 4)
                    let count = Int((range.last - range.start) / 4) + 1
                    chunks += MemoryChunk.cut(words[first..<first + count], start: range.start)
                } else {
                    zeros.append(range)
                }
            }
        }
        initialized = chunks.sorted { $0.start < $1.start }
        uninitialized = zeros.sorted { $0.start < $1.start }
        digest = Self.digest(
            entryPoint: entryPoint, code: code, initialized: initialized,
            memory: [
                uninitialized, ranges.readWrite, ranges.readOnly, ranges.registers, ranges.code,
                input.map { [$0] } ?? [],
            ])
        guard opcode(at: entryPoint) != nil else { throw .entryOutsideCode(entryPoint) }
    }

    /// The chunk of code that holds an address.
    ///
    /// - Returns: An index of `code`; nil outside code.
    package func codeChunkIndex(at address: UInt32) -> Int? {
        Self.index(of: address, in: code, range: \.range)
    }

    /// The word of code at an address; nil outside code and within words.
    package func opcode(at address: UInt32) -> UInt32? {
        codeChunkIndex(at: address).flatMap { code[$0].word(at: address) }
    }

    /// What a word of data or a register holds before anybody writes it.
    ///
    /// - Returns: nil for an address within a word, of code, or in no section.
    package func initialWord(at address: UInt32) -> InitialWord? {
        guard address % 4 == 0 else { return nil }
        if let inputRange, inputRange.containsWord(at: address) {
            return .input(wordIndex: Int((address - inputRange.start) / 4))
        }
        if let index = Self.index(of: address, in: initialized, range: \.range) {
            return initialized[index].word(at: address)
                .map { .initialized(chunkIndex: index, word: $0) }
        }
        return Self.index(of: address, in: uninitialized, range: \.self)
            .map { .uninitialized(rangeIndex: $0) }
    }
}

extension ProgramCommitment {
    private static func inputRange(
        of program: Program, sectionName: String, byteCount: UInt64
    ) throws(DefinitionFault) -> AddressRange? {
        guard byteCount > 0 else { return nil }
        guard let section = program.section(named: sectionName) else {
            throw .noInputSection(name: sectionName)
        }
        guard section.kind == .readWrite || section.kind == .readOnly else {
            throw .inputSectionNotData(name: sectionName)
        }
        guard byteCount <= UInt64(section.byteCount) else {
            throw .inputTooLong(byteCount: byteCount, limit: UInt64(section.byteCount))
        }
        precondition(byteCount % 4 == 0, "input consists of words")
        return AddressRange(
            start: section.start, last: section.start + UInt32(byteCount - 1))
    }

    private static func codeChunks(
        of program: Program
    ) throws(DefinitionFault) -> [MemoryChunk] {
        var chunks: [MemoryChunk] = []
        for section in program.mergedSections where section.kind == .code {
            guard let words = section.initialWords else {
                throw .codeWithoutContent(section: section.name)
            }
            chunks += MemoryChunk.cut(words, start: section.start)
        }
        return chunks
    }

    /// The element whose range holds an address; the elements are sorted and do not overlap.
    private static func index<Element>(
        of address: UInt32, in elements: [Element], range: (Element) -> AddressRange
    ) -> Int? {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if range(elements[middle]).last < address { low = middle + 1 } else { high = middle }
        }
        guard low < elements.count, range(elements[low]).start <= address else { return nil }
        return low
    }

    /// - Parameter memory: Uninitialised, writable, read-only, register, code and input ranges.
    private static func digest(
        entryPoint: UInt32, code: [MemoryChunk], initialized: [MemoryChunk],
        memory: [[AddressRange]]
    ) -> Bytes32 {
        func encoded(_ chunks: [MemoryChunk]) -> CBORValue {
            .array(
                chunks.map { chunk in
                    var writer = ByteWriter(capacity: 4 * chunk.words.count)
                    for word in chunk.words { writer.appendUInt32BE(word) }
                    return .array([.unsigned(UInt64(chunk.start)), .bytes(writer.bytes)])
                })
        }
        let record = CBORValue.record([
            1: .unsigned(UInt64(entryPoint)),
            2: encoded(code),
            3: encoded(initialized),
            4: .array(
                memory.map { ranges in
                    .array(
                        ranges.map {
                            .array([.unsigned(UInt64($0.start)), .unsigned(UInt64($0.last))])
                        })
                }),
        ])
        return TaggedHash("BitVMX/program-commitment/v1").hash(record.encode())
    }
}

extension AddressRange {
    /// What is left of a range of words without another one.
    ///
    /// - Returns: None, one or two ranges in order.
    fileprivate func removing(_ other: AddressRange?) -> [AddressRange] {
        guard let other, other.start <= last, start <= other.last else { return [self] }
        var left: [AddressRange] = []
        if start < other.start {
            left.append(AddressRange(start: start, last: other.start - 1))
        }
        if other.last < last {
            left.append(AddressRange(start: other.last + 1, last: last))
        }
        return left
    }
}
