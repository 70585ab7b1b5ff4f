import Glibc
import RiscV
import TestSupport
import Testing

@Suite("Loading programs")
struct ProgramLoadingTests {
    static func part(
        _ name: String, _ address: UInt32, _ flags: UInt32 = ElfImage.dataFlags, type: UInt32 = 1,
        byteCount: UInt32 = 8
    ) -> ElfImage.Part {
        ElfImage.Part(
            name: name, type: type, flags: flags, address: address,
            content: (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 + 1) })
    }

    static func load(_ change: (inout ElfImage) -> Void) throws(ProgramFault) -> Program {
        var image = ElfImage()
        change(&image)
        return try Program(elf: image.bytes)
    }

    @Test("sections, ranges and content of a good file")
    func good() throws {
        let program = try Self.load { image in
            image.entryPoint = 0x8000_0004
            image.parts += [
                Self.part(".rodata", 0xB000_0000, ElfImage.readOnlyFlags, byteCount: 6),
                Self.part(".bss", 0xA000_0000, type: 8, byteCount: 5),
                Self.part(".debug", 0xC000_0000, 0), Self.part(".empty", 0xC000_0000, byteCount: 0),
            ]
        }
        #expect(program.entryPoint == 0x8000_0004)
        #expect(program.sections.map(\.name) == [".text", ".bss", ".rodata", "registers"])
        #expect(program.section(named: ".rodata")?.initialWords == [0x0403_0201, 0x0605])
        #expect(program.section(named: ".bss")?.byteCount == 8)
        #expect(program.section(named: ".bss")?.initialWords == nil)
        #expect(program.ranges.code.map(\.description) == ["80000000-80000007"])
        #expect(program.ranges.readWrite.map(\.description) == ["a0000000-a0000007"])
        #expect(program.ranges.readOnly.map(\.description) == ["b0000000-b0000007"])
        #expect(program.ranges.registers.map(\.description) == ["f0000000-f0000087"])
    }

    @Test("sections that touch and are alike are one, and keep their names")
    func merging() throws {
        let program = try Self.load { image in
            image.parts += [
                Self.part(".data", 0x9000_0000), Self.part(".more", 0x9000_0008),
                Self.part(".input", 0x9000_0010, type: 8), Self.part(".bss", 0x9000_0018, type: 8),
            ]
        }
        #expect(
            program.mergedSections.map(\.name)
                == [".text", "merge_.data_.more", "merge_.input_.bss", "registers"])
        #expect(program.section(named: ".input")?.range.description == "90000010-90000017")
        let input = ProgramInput([0x11, 0x22, 0x33, 0x44, 0x55])
        let machine = try Machine(program, input: input, tracking: .none)
        #expect(try machine.word(at: 0x9000_0010) == 0x4433_2211)
        #expect(try machine.word(at: 0x9000_0014) == 0x55)
        #expect(try machine.word(at: 0x9000_0008) == 0x0403_0201)
    }

    @Test("allocated content of any type is loaded")
    func otherTypes() throws {
        let program = try Self.load { image in
            image.parts.append(Self.part(".init_array", 0x9000_0000, type: 14))
        }
        #expect(
            program.section(named: ".init_array")?.initialWords == [0x0403_0201, 0x0807_0605])
    }

    static let faults: [(ProgramFault, @Sendable (inout ElfImage) -> Void)] = [
        (.otherMachine(reason: "it is not of the 32-bit class"), { $0.elfClass = 2 }),
        (.otherMachine(reason: "it is not little-endian"), { $0.byteOrder = 2 }),
        (.otherMachine(reason: "it is not for RISC-V"), { $0.machine = 3 }),
        (
            .unalignedSection(section: "x", start: 0x9000_0002),
            { $0.parts.append(part("x", 0x9000_0002)) }
        ),
        (.writableCode(section: "x"), { $0.parts.append(part("x", 0x9000_0000, 7)) }),
        (.addressOverflow(section: "x"), { $0.parts.append(part("x", 0xFFFF_FFFC)) }),
        (.overlap(".text", "x"), { $0.parts.append(part("x", 0x8000_0004)) }),
        (.overlap("registers", "x"), { $0.parts.append(part("x", 0xF000_0000)) }),
        (.lowSection(section: "x", start: 0xFFC), { $0.parts.append(part("x", 0xFFC)) }),
        (
            .sectionTouchesStack(section: "x"),
            { $0.parts += [part("s", 0xE000_0000), part("x", 0xE000_0008)] }
        ),
        (
            .sectionTouchesStack(section: "x"),
            { $0.parts += [part("s", 0xE000_0000), part("x", 0xDFFF_FFF8)] }
        ),
        (
            .undecodableCode(address: 0x8000_0004, word: 0xFFFF_FFFF),
            { $0.parts[0].content.replaceSubrange(4..<8, with: [255, 255, 255, 255]) }
        ),
        (
            .tooManySections(count: 902),
            { $0.parts += (0..<900).map { part("s", 0x9000_0000 + 16 * UInt32($0)) } }
        ),
        (
            .contentOutsideFile(section: ".text"), { $0.parts[0].byteCount = 0x10_0000 }
        ),
        (.contentOutsideFile(section: ".text"), { $0.parts[0].offset = 0xFFFF_FFFC }),
        (.addressOverflow(section: ".text"), { $0.parts[0].byteCount = 0xFFFF_FFFE }),
        (.unalignedEntry(0x8000_0002), { $0.entryPoint = 0x8000_0002 }),
        (
            .notElf(reason: "a section has a name of more than 1024 bytes"),
            { $0.parts.append(part(String(repeating: "n", count: 1025), 0x9000_0000)) }
        ),
    ]

    @Test("each fault has its name", arguments: faults.indices)
    func fault(_ index: Int) {
        let (expected, change) = Self.faults[index]
        #expect(throws: expected) { try Self.load(change) }
    }

    @Test("a section's name may be long, and without an end it is none")
    func names() throws {
        let name = String(repeating: "n", count: 1024)
        let program = try Self.load { $0.parts.append(Self.part(name, 0x9000_0000)) }
        #expect(program.section(named: name)?.start == 0x9000_0000)
        let reader = try Self.load { image in
            image.parts.append(Self.part("last", 0x9000_0000))
            image.namesEnd = false
        }
        #expect(reader.sections.map(\.name) == [".text", "", "registers"])
    }

    @Test("the last fault is an entry point within a word: what else is wrong comes first")
    func faultOrder() {
        let overlap = Self.part("x", 0x8000_0004)
        let low = Self.part("y", 0xFFC)
        #expect(throws: ProgramFault.overlap(".text", "x")) {
            try Self.load { image in
                image.entryPoint += 2
                image.parts[0].content[0] = 0xFF
                image.parts += [overlap, low]
            }
        }
        #expect(throws: ProgramFault.lowSection(section: "y", start: 0xFFC)) {
            try Self.load { image in
                image.parts[0].content[0] = 0xFF
                image.parts.append(low)
            }
        }
        #expect(throws: ProgramFault.undecodableCode(address: 0x8000_0000, word: 0xFF)) {
            try Self.load { image in
                image.entryPoint += 2
                image.parts[0].content[0] = 0xFF
                image.parts += (0..<900).map { Self.part("s", 0x9000_0000 + 16 * UInt32($0)) }
            }
        }
    }

    /// Thousands of headers over the same bytes of a file of 369 kB: more than 3 GB in all.
    private static func repeated(from start: UInt32, every distance: UInt32) -> [UInt8] {
        var image = ElfImage()
        image.entryPoint = 0xF100_0000
        image.parts[0].address = image.entryPoint
        for index in 0..<UInt32(9000) {
            image.parts.append(
                ElfImage.Part(
                    name: "", flags: ElfImage.dataFlags, address: start + distance * index,
                    content: [], byteCount: 360_000, offset: 0))
        }
        return image.bytes
    }

    @Test("headers over the same bytes cost no memory, wherever they put them")
    func amplification() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)
            try #require(unsafe setrlimit(__rlimit_resource_t(9), &limit) == 0)
            let overlapping = Self.repeated(from: 0x1_0000, every: 8)
            #expect(throws: ProgramFault.overlap("", "")) { try Program(elf: overlapping) }
            let apart = Self.repeated(from: 0x1_0000, every: 0x6_0000)
            #expect(
                throws: ProgramFault.sharedContent(
                    byteCount: 9000 * 360_000 + 8, limit: UInt64(apart.count))
            ) { try Program(elf: apart) }
        }
    }

    @Test("sections that touch are joined in one go, however many they are")
    func longMerging() throws {
        let program = try Self.load { image in
            image.parts += (0..<800).map { index in
                Self.part("s\(index)", 0x9000_0000 + 4 * UInt32(index), byteCount: 4)
            }
        }
        let merged = try #require(program.mergedSections.dropFirst().first)
        #expect(merged.name == "merge_" + (0..<800).map { "s\($0)" }.joined(separator: "_"))
        #expect(merged.initialWords == Array(repeating: 0x0403_0201, count: 800))
        #expect(merged.range.description == "90000000-90000c7f")
    }

    @Test("a section takes no memory before it is used, code without content included")
    func hugeSections() throws {
        let program = try Self.load { image in
            image.parts += [
                Self.part(".more", 0x8000_0008, ElfImage.codeFlags, type: 8),
                Self.part(".bss", 0x1000, type: 8),
            ]
            image.parts[1].byteCount = 0x4000_0000
            image.parts[2].byteCount = 0x7FFF_0000
        }
        let machine = try Machine(program, tracking: .writesAndHashes)
        #expect(machine.run(limit: 10) == .trapped(.unimplemented(0)))
        #expect(machine.stepNumber == 3)
        #expect(try machine.word(at: 0x7FFF_0FFC) == 0)
    }

    @Test("a section may end with the last address")
    func lastAddress() throws {
        let program = try Self.load { $0.parts.append(Self.part("x", 0xFFFF_FFF8)) }
        #expect(program.ranges.readWrite.map(\.description) == ["fffffff8-ffffffff"])
    }

    @Test("places for input that do not do", arguments: [".none", ".text", "registers", ".data"])
    func input(_ name: String) throws {
        let program = try Self.load { $0.parts.append(Self.part(".data", 0x9000_0000)) }
        let input = ProgramInput([UInt8](repeating: 1, count: 9), sectionName: name)
        let fault: ProgramFault =
            switch name {
            case ".none": .noInputSection(name: name)
            case ".data": .inputTooLong(byteCount: 9, limit: 8)
            default: .inputSectionNotData(name: name)
            }
        #expect(throws: fault) { _ = try Machine(program, input: input, tracking: .none) }
    }

    @Test("input in the other order of bytes")
    func reversedInput() throws {
        let program = try Self.load { $0.parts.append(Self.part(".input", 0x9000_0000)) }
        let input = ProgramInput([0x00, 0x00, 0x12, 0x34], byteOrder: .reversedWords)
        let machine = try Machine(program, input: input, tracking: .none)
        #expect(try machine.word(at: 0x9000_0000) == 0x1234)
        #expect(try machine.word(at: 0x9000_0004) == 0x0807_0605)
    }

    @Test("a file cut anywhere or with any byte changed is refused or loads, and does no harm")
    func damaged() throws {
        var image = ElfImage()
        image.parts.append(Self.part(".data", 0x9000_0000))
        let bytes = image.bytes
        for count in 0..<bytes.count {
            #expect(throws: ProgramFault.self) { try Program(elf: Array(bytes[0..<count])) }
        }
        var random = SplitMix64.announced("damaged files")
        for _ in 0..<20_000 {
            var changed = bytes
            for _ in 0..<(1 + random.next() % 4) {
                changed[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next())
            }
            guard let program = try? Program(elf: changed) else { continue }
            let machine = try? Machine(program, tracking: .none)
            _ = machine?.run(limit: 100)
        }
    }
}
