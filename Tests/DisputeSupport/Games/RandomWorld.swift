internal import Dispute
internal import RiscV
package import TestSupport

/// Small programs of random instructions with an end, so that there is something to defend: they
/// compute, load and store at all alignments, loop, jump and call.
package struct RandomWorld {
    /// How a program ends.
    package enum End: CaseIterable {
        case halt, haltWithError, trap, unalignedJump, wildStore, loop
    }

    package static let codeStart: UInt32 = 0x8000_0000
    package static let dataStart: UInt32 = 0x9000_0000

    private var random: SplitMix64

    package init(_ random: SplitMix64) {
        self.random = random
    }

    /// What comes next from the same source.
    package var rest: SplitMix64 { random }

    package mutating func below(_ limit: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: random.next() >> 11) % limit
    }

    package mutating func bits() -> UInt32 {
        UInt32(truncatingIfNeeded: random.next())
    }

    /// A program with input and parameters of the search.
    package mutating func world(_ end: End) throws -> World {
        var code = prologue()
        let loopStart = code.count
        code += (0..<12 + below(50)).map { _ in instruction() }
        code += [
            0x13, 0x13,
            // Once more until the counter in x30 is 0.
            0xFFFF_0F13, Self.branch(1, 30, 0, by: Int32(loopStart - code.count - 3) * 4),
        ]
        code += ending(end)
        code += (0..<6).map { _ in instruction() } + [0x05D0_0893, 0x0000_0513, 0x73]
        let program = try RiscV.Program(
            entryPoint: Self.codeStart, sections: sections(code))
        let input = [bits(), bits()]
        let long = try World(program, inputWords: input, stepLimit: 4096, arity: 2)
        let steps = end == .loop ? 60 + UInt64(below(200)) : try long.truth().lastStep
        let room = below(3) == 0 ? 0 : UInt64(below(UInt32(steps)))
        return try World(
            program, inputWords: input, stepLimit: steps + room, arity: 2 << Int(below(8)))
    }

    private mutating func sections(_ code: [UInt32]) -> [Section] {
        [
            Section(
                name: "code", start: Self.codeStart, byteCount: UInt32(4 * code.count),
                kind: .code, content: .initialized(code)),
            Section(
                name: "data", start: Self.dataStart, byteCount: 64, kind: .readWrite,
                content: .initialized((0..<16).map { _ in bits() })),
            Section(
                name: "more data", start: Self.dataStart + 64, byteCount: 64, kind: .readWrite,
                content: .uninitialized),
            Section(
                name: ".input", start: 0xAA00_0000, byteCount: 32, kind: .readWrite,
                content: .uninitialized),
            Section(
                name: "constants", start: 0xB000_0000, byteCount: 1000, kind: .readOnly,
                content: .initialized((0..<250).map { _ in bits() })),
            .registers,
        ]
    }

    /// Pointers in x5 to x7, the loop's counter in x30, and a number that is not the halt's in x17.
    private mutating func prologue() -> [UInt32] {
        [
            Self.dataStart | 5 << 7 | 0x37, (48 + below(32)) << 20 | 5 << 15 | 5 << 7 | 0x13,
            0xAA00_0000 | 6 << 7 | 0x37, below(24) << 20 | 6 << 15 | 6 << 7 | 0x13,
            0xB000_0000 | 7 << 7 | 0x37, below(900) << 20 | 7 << 15 | 7 << 7 | 0x13,
            (1 + below(3)) << 20 | 30 << 7 | 0x13, below(93) << 20 | 17 << 7 | 0x13,
        ]
    }

    private mutating func destination() -> UInt32 {
        below(10) == 0 ? 0 : 8 + below(9)
    }

    package mutating func instruction() -> UInt32 {
        switch below(20) {
        case 0..<10: return compute()
        case 10..<17: return access()
        case 17: return Self.branch([0, 1, 4, 5, 6, 7][Int(below(6))], below(32), below(32), by: 8)
        case 18: return below(2) == 0 ? 0x73 : 0x0FF0_000F
        default: return below(2) == 0 ? 0x0080_006F | destination() << 7 : 0x0010_0073
        }
    }

    private mutating func compute() -> UInt32 {
        let candidates = InstructionTable.definitions.filter {
            [.register, .immediate, .shift, .upper].contains($0.format)
        }
        let definition = candidates[Int(below(UInt32(candidates.count)))]
        let operands = below(32) << 20 | below(32) << 15 | destination() << 7
        let free = definition.format == .immediate || definition.format == .upper ? bits() : 0
        return definition.match | (operands | free & 0xFFF0_0000) & ~definition.mask
    }

    private mutating func access() -> UInt32 {
        let candidates = InstructionTable.definitions.filter(\.format.hasMicroSteps)
        let definition = candidates[Int(below(UInt32(candidates.count)))]
        let distance = below(40)
        guard definition.format == .store else {
            let places: [(UInt32, UInt32)] = [(5, distance), (6, below(4)), (7, below(90))]
            let (base, distance) = places[Int(below(3))]
            return definition.match | distance << 20 | base << 15 | destination() << 7
        }
        return definition.match | (distance >> 5) << 25 | below(32) << 20 | 5 << 15
            | (distance & 31) << 7
    }

    private mutating func ending(_ end: End) -> [UInt32] {
        let halt: [UInt32] = [0x05D0_0893, 0x73]
        switch end {
        case .halt: return [0x0000_0513] + halt
        case .haltWithError: return [(1 + below(9)) << 20 | 10 << 7 | 0x13] + halt
        case .trap: return [0x0000_100F]
        case .unalignedJump: return [0x0020_006F | destination() << 7]
        case .wildStore: return [0x0000_2023 | below(2) << 20]
        case .loop: return [0x0000_006F]
        }
    }

    package static func branch(
        _ function: UInt32, _ first: UInt32, _ second: UInt32, by distance: Int32
    ) -> UInt32 {
        let d = UInt32(bitPattern: distance)
        let immediate =
            (d >> 12 & 1) << 31 | (d >> 5 & 63) << 25 | (d >> 1 & 15) << 8 | (d >> 11 & 1) << 7
        return 0x63 | function << 12 | second << 20 | first << 15 | immediate
    }
}
