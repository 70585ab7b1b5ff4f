import RiscV
import Testing

/// The test program with two sections for input, which touch.
@Suite("Input in several sections")
struct InputSectionTests {
    static let sectionNames = [".terms", ".input"]

    private static func definition(
        _ sectionName: String, _ inputs: [InputPart]
    ) throws -> ProgramDefinition {
        try ProgramDefinition(
            elf: TestProgramTests.bytes("sections"),
            parameters: ProgramParameters(
                arity: 8, stepLimit: 2000, inputSectionName: sectionName, inputs: inputs))
    }

    private static let parts = [
        InputPart(byteCount: 4, owner: .constant), InputPart(byteCount: 4, owner: .prover),
    ]
    private static let words: [UInt8] = [0x11, 0x11, 0x11, 0x11, 0x22, 0x22, 0x22, 0x22]

    @Test("the machine joins them, and still knows their names")
    func names() throws {
        let program = try TestProgramTests.program("sections")
        let merged = program.mergedSections.filter { $0.kind == .readWrite }
        #expect(merged.map(\.name) == ["merge_.terms_.input", ".stack"])
        let ranges = Self.sectionNames.map { program.section(named: $0)?.range.description }
        #expect(ranges == ["aa000000-aa00001f", "aa000020-aa00003f"])
    }

    @Test("input goes where the definition says, and ends well in either place", arguments: 0..<2)
    func place(_ index: Int) throws {
        let definition = try Self.definition(Self.sectionNames[index], Self.parts)
        let start: UInt32 = index == 0 ? 0xAA00_0000 : 0xAA00_0020
        #expect(definition.range(ofInput: 0) == AddressRange(start: start, last: start + 3))
        #expect(definition.range(ofInput: 1) == AddressRange(start: start + 4, last: start + 7))
        let commitment = definition.commitment
        #expect(commitment.inputRange == AddressRange(start: start, last: start + 7))
        let zeros = commitment.uninitialized.filter { $0.start >> 24 == 0xAA }.map(\.description)
        #expect(
            zeros
                == (index == 0
                    ? ["aa000008-aa00003f"] : ["aa000000-aa00001f", "aa000028-aa00003f"]))
        let machine = try Machine(
            definition.program, input: definition.input(Self.words), tracking: .writesAndHashes)
        #expect(machine.run(limit: 2000) == .halt(returnValue: 0, step: machine.stepNumber))
        for (other, area) in [0xAA00_0000, 0xAA00_0020].enumerated() {
            #expect(try machine.word(at: UInt32(area)) == (other == index ? 0x1111_1111 : 0))
        }
        for byteCount in 0..<Self.words.count {
            let input = definition.input(Array(Self.words.prefix(byteCount)))
            let machine = try Machine(definition.program, input: input, tracking: .none)
            #expect(machine.run(limit: 2000) == .halt(returnValue: 1, step: machine.stepNumber))
        }
    }

    @Test("input does not run over into the other section", arguments: sectionNames)
    func limits(_ name: String) throws {
        let whole = [InputPart(byteCount: 32, owner: .verifier)]
        #expect(try Self.definition(name, whole).commitment.inputRange?.last != nil)
        let more = whole + [InputPart(byteCount: 4, owner: .prover)]
        #expect(throws: DefinitionFault.inputTooLong(byteCount: 36, limit: 32)) {
            try Self.definition(name, more)
        }
        let program = try TestProgramTests.program("sections")
        let input = ProgramInput([UInt8](repeating: 1, count: 33), sectionName: name)
        #expect(throws: ProgramFault.inputTooLong(byteCount: 33, limit: 32)) {
            _ = try Machine(program, input: input, tracking: .none)
        }
    }

    @Test("the place of the input is part of what is agreed on")
    func digests() throws {
        let definitions = try Self.sectionNames.map { try Self.definition($0, Self.parts) }
        #expect(definitions[0].fileDigest == definitions[1].fileDigest)
        #expect(definitions[0].digest != definitions[1].digest)
        #expect(definitions[0].commitment.digest != definitions[1].commitment.digest)
    }
}
