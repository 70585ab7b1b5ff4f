import Primitives
import RiscV
import Testing

/// What two parties agree on before a dispute can begin.
@Suite("Program definition")
struct DefinitionTests {
    static let input = ElfImage.Part(
        name: ".input", type: 8, flags: ElfImage.dataFlags, address: 0xAA00_0000, content: [],
        byteCount: 64)

    static func elf(_ change: (inout ElfImage) -> Void = { _ in }) -> [UInt8] {
        var image = ElfImage()
        image.parts.append(input)
        var other = input
        other.name = ".other"
        other.address = 0xAB00_0000
        image.parts.append(other)
        change(&image)
        return image.bytes
    }

    static func parameters(
        arity: UInt64 = 8, stepLimit: UInt64 = 2000, section: String = ".input",
        inputs: [InputPart] = [
            InputPart(byteCount: 8, owner: .constant), InputPart(byteCount: 4, owner: .prover),
        ]
    ) throws(DefinitionFault) -> ProgramParameters {
        try ProgramParameters(
            arity: arity, stepLimit: stepLimit, inputSectionName: section, inputs: inputs)
    }

    @Test("every single change of the file or a parameter changes the digest")
    func mutations() throws {
        let elf = Self.elf()
        let base = try ProgramDefinition(elf: elf, parameters: Self.parameters())
        var digests = [base.digest]
        func add(_ elf: [UInt8], _ parameters: ProgramParameters) throws {
            digests.append(try ProgramDefinition(elf: elf, parameters: parameters).digest)
        }
        try add(elf, Self.parameters(arity: 16))
        try add(elf, Self.parameters(stepLimit: 2001))
        try add(elf, Self.parameters(section: ".other"))
        try add(elf, Self.parameters(inputs: []))
        let (first, second) = (base.parameters.inputs[0], base.parameters.inputs[1])
        try add(elf, Self.parameters(inputs: [first]))
        try add(elf, Self.parameters(inputs: [second, first]))
        for owner in InputPart.Owner.allCases where owner != first.owner {
            let changed = InputPart(byteCount: first.byteCount, owner: owner)
            try add(elf, Self.parameters(inputs: [changed, second]))
        }
        try add(
            elf, Self.parameters(inputs: [InputPart(byteCount: 12, owner: .constant), second]))
        // A byte that nothing is loaded from: still another file.
        for place in [7, 36, elf.count - 1] {
            var changed = elf
            changed[place] ^= 1
            try add(changed, Self.parameters())
        }
        #expect(Set(digests).count == digests.count)
        #expect(
            try ProgramDefinition(elf: elf, parameters: Self.parameters()).digest == base.digest)
    }

    @Test("pieces of input follow each other from the start of the section")
    func inputRanges() throws {
        let definition = try ProgramDefinition(
            elf: Self.elf(), parameters: Self.parameters())
        #expect(definition.range(ofInput: 0).description == "aa000000-aa000007")
        #expect(definition.range(ofInput: 1).description == "aa000008-aa00000b")
        #expect(definition.commitment.inputRange?.description == "aa000000-aa00000b")
    }

    @Test("arities are powers of two from 2 to 256")
    func arities() throws {
        for arity in UInt64(0)...600 {
            let isGood = [2, 4, 8, 16, 32, 64, 128, 256].contains(arity)
            let parameters = try? Self.parameters(arity: arity)
            #expect((parameters?.arity == Int(arity)) == isGood)
        }
        #expect(throws: DefinitionFault.arity(1 << 63)) { try Self.parameters(arity: 1 << 63) }
    }

    @Test("step limits are 1 to 2^63")
    func stepLimits() throws {
        #expect(throws: DefinitionFault.stepLimit(0)) { try Self.parameters(stepLimit: 0) }
        #expect(throws: DefinitionFault.stepLimit(1 << 63 + 1)) {
            try Self.parameters(stepLimit: 1 << 63 + 1)
        }
        #expect(try Self.parameters(stepLimit: 1).stepLimit == 1)
        #expect(try Self.parameters(stepLimit: 1 << 63).stepLimit == 1 << 63)
    }

    @Test("input is words, and all of it has a place", arguments: [1, 2, 3, 5, 6] as [UInt64])
    func sizes(_ byteCount: UInt64) throws {
        let good = InputPart(byteCount: 4, owner: .verifier)
        let bad = InputPart(byteCount: byteCount, owner: .prover)
        #expect(throws: DefinitionFault.inputSize(inputIndex: 1, byteCount: byteCount)) {
            try Self.parameters(inputs: [good, bad])
        }
    }

    @Test("a piece of no bytes means the same as no piece")
    func emptyPieces() throws {
        let empty = InputPart(byteCount: 0, owner: .prover)
        #expect(try Self.parameters(inputs: [empty]) == Self.parameters(inputs: []))
        let part = InputPart(byteCount: 4, owner: .verifier)
        #expect(
            try Self.parameters(inputs: [empty, part, empty]) == Self.parameters(inputs: [part]))
    }

    @Test("faults that need the program")
    func faults() throws {
        let elf = Self.elf()
        let large = InputPart(byteCount: 1 << 63, owner: .prover)
        #expect(throws: DefinitionFault.inputTooLong(byteCount: .max, limit: 64)) {
            try ProgramDefinition(elf: elf, parameters: Self.parameters(inputs: [large, large]))
        }
        #expect(throws: DefinitionFault.noInputSection(name: "none")) {
            try ProgramDefinition(elf: elf, parameters: Self.parameters(section: "none"))
        }
        #expect(throws: DefinitionFault.program(.otherMachine(reason: "it is not little-endian"))) {
            try ProgramDefinition(
                elf: Self.elf { $0.byteOrder = 2 }, parameters: Self.parameters())
        }
        for entry in [0x8000_0008, 0x7FFF_FFFC, 0xAA00_0000, 0xF000_0000] as [UInt32] {
            #expect(throws: DefinitionFault.entryOutsideCode(entry)) {
                try ProgramDefinition(
                    elf: Self.elf { $0.entryPoint = entry }, parameters: Self.parameters())
            }
        }
        #expect(throws: DefinitionFault.program(.unalignedEntry(0x8000_0002))) {
            try ProgramDefinition(
                elf: Self.elf { $0.entryPoint = 0x8000_0002 }, parameters: Self.parameters())
        }
        #expect(
            try ProgramDefinition(
                elf: elf, parameters: Self.parameters(section: "none", inputs: [])
            )
            .commitment.inputRange == nil)
    }
}
