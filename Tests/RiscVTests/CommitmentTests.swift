import MachineSupport
import RiscV
import TestSupport
import Testing

/// The pieces of a program that leaf scripts know.
@Suite("Program commitment")
struct CommitmentTests {
    static func section(
        _ name: String, _ start: UInt32, _ byteCount: UInt32, _ kind: Section.Kind,
        words: [UInt32]? = nil
    ) -> Section {
        Section(
            name: name, start: start, byteCount: byteCount, kind: kind,
            content: words.map { .initialized($0) } ?? .uninitialized)
    }

    static func code(_ count: Int) -> Section {
        section(
            ".text", 0x8000_0000, 4 * UInt32(count), .code,
            words: (0..<UInt32(count)).map { $0 << 20 | 0x13 })
    }

    /// Sections of the reference's hello-world, which it lists.
    ///
    /// - Source: BitVMX-CPU 0.7.0, output of its section list.
    static func helloWorld() throws -> Program {
        try Program(
            entryPoint: 0x8000_00FC,
            sections: [
                code(68),
                section(".data", 0x9000_0000, 4, .readWrite, words: [7]),
                section(".bss", 0xA000_0000, 0x1004, .readWrite),
                section(".input", 0xAA00_0000, 0x2000, .readWrite),
                section(".rodata", 0xB000_0000, 100, .readOnly, words: Array(100..<125)),
                section(".stack", 0xE000_0000, 0x80_0000, .readWrite),
                .registers,
            ])
    }

    @Test("chunks and ranges are the reference's, but for the stack pointer")
    func pieces() throws {
        let commitment = try ProgramCommitment(
            try Self.helloWorld(), inputSectionName: ".input", inputByteCount: 4)
        #expect(commitment.entryPoint == 0x8000_00FC)
        #expect(commitment.code.map(\.range.description) == ["80000000-8000010f"])
        #expect(
            commitment.initialized.map(\.range.description) == [
                "90000000-90000003", "b0000000-b0000063", "f0000008-f000000b",
            ])
        #expect(
            commitment.uninitialized.map(\.description) == [
                "a0000000-a0001003", "aa000004-aa001fff", "e0000000-e07fffff",
                "f0000000-f0000007", "f000000c-f0000087",
            ])
        #expect(commitment.inputRange?.description == "aa000000-aa000003")
        #expect(commitment.ranges.readWrite.count == 4)
    }

    @Test("a chunk begins 400 bytes after the one before, and none misses a word")
    func bases() throws {
        let program = try Program(entryPoint: 0x8000_0000, sections: [Self.code(250), .registers])
        let commitment = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: 0)
        #expect(commitment.code.map(\.start) == [0x8000_0000, 0x8000_0190, 0x8000_0320])
        #expect(commitment.code.map(\.words.count) == [100, 100, 50])
        for index in UInt32(0)..<250 {
            let address = 0x8000_0000 + 4 * index
            #expect(commitment.opcode(at: address) == index << 20 | 0x13)
            #expect(commitment.codeChunkIndex(at: address) == Int(index / 100))
            #expect(commitment.opcode(at: address + 1) == nil)
        }
        #expect(commitment.opcode(at: 0x8000_03E8) == nil)
        #expect(commitment.opcode(at: 0x7FFF_FFFC) == nil)
    }

    @Test("the whole of an input section that is filled, or none of it, leaves no empty range")
    func wholeInput() throws {
        let program = try Self.helloWorld()
        let whole = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: 0x2000)
        #expect(!whole.uninitialized.contains { $0.start >> 24 == 0xAA })
        let none = try ProgramCommitment(
            program, inputSectionName: "absent", inputByteCount: 0)
        #expect(none.uninitialized.contains { $0.description == "aa000000-aa001fff" })
        #expect(none.inputRange == nil)
        #expect(
            Set([whole.digest, none.digest]).count == 2,
            "what is input is part of what is agreed on")
    }

    @Test("input in the middle of joined sections with content splits their chunks")
    func inputWithContent() throws {
        let program = try Program(
            entryPoint: 0x8000_0000,
            sections: [
                Self.code(1),
                Self.section(".a", 0x9000_0000, 8, .readWrite, words: [1, 2]),
                Self.section(".input", 0x9000_0008, 12, .readWrite, words: [3, 4, 5]),
                .registers,
            ])
        let commitment = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: 8)
        #expect(
            commitment.initialized.dropLast() == [
                MemoryChunk(start: 0x9000_0000, words: [1, 2]),
                MemoryChunk(start: 0x9000_0010, words: [5]),
            ])
        #expect(commitment.initialWord(at: 0x9000_000C) == .input(wordIndex: 1))
        #expect(
            commitment.initialWord(at: 0x9000_0010) == .initialized(chunkIndex: 1, word: 5))
    }

    @Test("every word that can be read is in exactly one piece, with what the machine begins with")
    func partition() throws {
        var random = SplitMix64.announced("commitment")
        for _ in 0..<50 {
            var generator = RandomProgram(random)
            let sections = generator.sections()
            random = generator.rest
            let program = try Program(entryPoint: RandomProgram.codeStart, sections: sections)
            let inputByteCount = 4 * (random.next() % 17)
            let commitment = try ProgramCommitment(
                program, inputSectionName: ".input", inputByteCount: inputByteCount)
            let bytes = (0..<Int(inputByteCount)).map { UInt8($0 + 1) }
            let machine = try Machine(
                program, input: ProgramInput(bytes), tracking: .none)
            for section in program.mergedSections {
                for index in 0..<section.wordCount {
                    let address = section.start + 4 * UInt32(index)
                    Self.check(commitment, machine, section, address, bytes)
                }
            }
        }
    }

    private static func check(
        _ commitment: ProgramCommitment, _ machine: Machine, _ section: Section,
        _ address: UInt32, _ input: [UInt8]
    ) {
        let pieces =
            commitment.initialized.filter { $0.range.containsWord(at: address) }.count
            + commitment.uninitialized.filter { $0.containsWord(at: address) }.count
            + (commitment.inputRange?.containsWord(at: address) == true ? 1 : 0)
        #expect(pieces == (section.kind == .code ? 0 : 1))
        let expected: UInt32? =
            switch section.kind {
            case .code: nil
            case .registers: machine.register(UInt8((address - section.start) / 4))
            case .readOnly, .readWrite: try? machine.word(at: address)
            }
        let found: UInt32? =
            switch commitment.initialWord(at: address) {
            case .input(let wordIndex):
                (0..<4).reduce(0) { $0 | UInt32(input[4 * wordIndex + $1]) << (8 * UInt32($1)) }
            case .initialized(_, let word): word
            case .uninitialized: 0
            case nil: nil
            }
        #expect(found == expected)
        #expect(
            commitment.opcode(at: address)
                == (section.kind == .code
                    ? section.initialWords?[Int((address - section.start) / 4)] : nil))
    }

    @Test("input without a place, and code without content, are no commitment")
    func faults() throws {
        let program = try Self.helloWorld()
        func commit(_ program: Program, _ name: String, _ count: UInt64) throws {
            _ = try ProgramCommitment(program, inputSectionName: name, inputByteCount: count)
        }
        #expect(throws: DefinitionFault.noInputSection(name: "x")) { try commit(program, "x", 4) }
        #expect(throws: DefinitionFault.inputSectionNotData(name: ".text")) {
            try commit(program, ".text", 4)
        }
        #expect(throws: DefinitionFault.inputSectionNotData(name: "registers")) {
            try commit(program, "registers", 4)
        }
        #expect(throws: DefinitionFault.inputTooLong(byteCount: 8196, limit: 8192)) {
            try commit(program, ".input", 8196)
        }
        let hollow = try Program(
            entryPoint: 0x8000_0000,
            sections: [Self.section(".text", 0x8000_0000, 4, .code), .registers])
        #expect(throws: DefinitionFault.codeWithoutContent(section: ".text")) {
            try commit(hollow, ".input", 0)
        }
    }
}
