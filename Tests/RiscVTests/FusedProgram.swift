import RiscV
import TestSupport

/// Programs that go through a sequence of instructions again and again, each time entering it one
/// instruction further on, with operands that often depend on each other, cross words or trap.
struct FusedProgram {
    static let dataStart: UInt32 = 0x9000_0000
    static let dataWordCount = 64

    private static let codeStart: UInt32 = 0x8000_0000
    private static let bodyIndex: UInt32 = 10
    private static let roundCount: UInt32 = 14
    private static let pointers: [UInt32] = [5, 6]
    private static let operands: [UInt32] = [8, 9, 10, 11, 12]

    private var random: SplitMix64
    /// The code of the last program.
    private(set) var words: [UInt32] = []

    init(_ random: SplitMix64) {
        self.random = random
    }

    /// What comes next from the same source.
    var rest: SplitMix64 { random }

    /// The next program.
    mutating func program(around sequence: [StepCode]) throws(ProgramFault) -> Program {
        let data = (0..<Self.dataWordCount).map { _ in bits() }
        words = prologue() + body(sequence) + epilogue(UInt32(sequence.count))
        return try Program(
            entryPoint: Self.codeStart,
            sections: [
                section("code", Self.codeStart, .code, words),
                section("data", Self.dataStart, .readWrite, data), .registers,
            ])
    }

    private func section(
        _ name: String, _ start: UInt32, _ kind: Section.Kind, _ words: [UInt32]
    ) -> Section {
        Section(
            name: name, start: start, byteCount: UInt32(4 * words.count), kind: kind,
            content: .initialized(words))
    }

    private mutating func bits() -> UInt32 {
        UInt32(truncatingIfNeeded: random.next())
    }

    private mutating func below(_ limit: UInt32) -> UInt32 {
        bits() % limit
    }

    private mutating func pick(_ registers: [UInt32]) -> UInt32 {
        registers[Int(below(UInt32(registers.count)))]
    }

    private static func addi(_ destination: UInt32, _ source: UInt32, _ value: UInt32) -> UInt32 {
        value << 20 | source << 15 | destination << 7 | 0x13
    }

    private static func lui(_ destination: UInt32, _ value: UInt32) -> UInt32 {
        value & 0xFFFF_F000 | destination << 7 | 0x37
    }

    /// A branch by so many words.
    private static func bne(_ first: UInt32, _ second: UInt32, _ distance: Int32) -> UInt32 {
        let d = UInt32(bitPattern: distance) &* 4
        let immediate =
            (d >> 12 & 1) << 31 | (d >> 5 & 63) << 25 | (d >> 1 & 15) << 8 | (d >> 11 & 1) << 7
        return 0x1063 | second << 20 | first << 15 | immediate
    }

    /// x5 points at a word and x6 somewhere near; x20 is the body, x21 how far into it to jump.
    private mutating func prologue() -> [UInt32] {
        [
            Self.lui(5, Self.dataStart), Self.addi(5, 5, 128),
            Self.lui(6, Self.dataStart), Self.addi(6, 6, 120 + below(16)),
            Self.lui(20, Self.codeStart), Self.addi(20, 20, 4 * Self.bodyIndex),
            Self.addi(21, 0, 0), Self.addi(22, 0, Self.roundCount),
            21 << 20 | 20 << 15 | 23 << 7 | 0x33,  // add x23, x20, x21
            23 << 15 | 0x67,  // jalr x0, 0(x23)
        ]
    }

    /// The next round: one instruction further into the body, or from its start again.
    private func epilogue(_ count: UInt32) -> [UInt32] {
        let back = Int32(count) + 3 + 5 + 2
        return [
            Self.addi(21, 21, 4), Self.addi(26, 0, 4 * count), Self.bne(21, 26, 2),
            Self.addi(21, 0, 0), Self.addi(22, 22, 0xFFF), Self.bne(22, 0, -back),
            Self.addi(17, 0, 93), 0x73,
        ]
    }

    private mutating func body(_ sequence: [StepCode]) -> [UInt32] {
        var result: [UInt32] = []
        var last = pick(Self.operands)
        for code in sequence {
            let destination = below(12) == 0 ? below(8) : pick(Self.operands)
            result.append(word(code, destination, after: last))
            last = destination
        }
        return result + [UInt32](repeating: Self.addi(24, 24, 1), count: 3)
    }

    private mutating func operand(_ last: UInt32) -> UInt32 {
        below(2) == 0 ? last : pick(Self.operands)
    }

    private mutating func word(
        _ code: StepCode, _ destination: UInt32, after last: UInt32
    ) -> UInt32 {
        guard
            let definition = InstructionTable.definitions.first(where: { $0.firstCode == code })
        else { preconditionFailure("sequences consist of instructions") }
        let base = below(25) == 0 ? last : below(3) == 0 ? 6 : 5
        let near = below(64) &- 32
        let aligned = below(3) == 0 ? near : near & ~3
        let first = operand(last) << 15
        let second = operand(last) << 20
        let fields: UInt32
        switch definition.format {
        case .register: fields = second | first | destination << 7
        case .immediate, .shift: fields = bits() & 0xFFF0_0000 | first | destination << 7
        case .upper: fields = bits() & 0xFFFF_F000 | destination << 7
        case .load: fields = aligned << 20 | base << 15 | destination << 7
        case .store: fields = (aligned >> 5) << 25 | second | base << 15 | (aligned & 31) << 7
        // By one to three words: into the body, or onto what counts how often it came there.
        case .branch: fields = second | first | (1 + below(3)) << 9 | 2 * (below(40) / 39) << 7
        case .jump, .jumpRegister, .none: fields = 0
        }
        return definition.match | fields & ~definition.mask
    }
}
