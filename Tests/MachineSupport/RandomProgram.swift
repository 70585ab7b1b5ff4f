package import RiscV
package import TestSupport

/// Programs that do anything: right and wrong words, accesses of every alignment, jumps to
/// wherever they like, in a small world of code and data sections.
///
/// The code is one section or two that touch; behind other code there may be constants; and the
/// last words of all addresses may be code, data or nothing.
package struct RandomProgram {
    /// Where the program begins.
    package static let codeStart: UInt32 = 0x8000_0000
    /// Sixteen words of data, then as many of input.
    package static let dataStart: UInt32 = 0x9000_0000
    /// Eight words.
    package static let readOnlyStart: UInt32 = 0xB000_0000

    /// First of the last sixteen words of all addresses.
    private static let topStart: UInt32 = 0xFFFF_FFC0

    private var random: SplitMix64

    /// A source of programs.
    package init(_ random: SplitMix64) {
        self.random = random
    }

    /// The sections of the next program, the register section among them.
    package mutating func sections() -> [Section] {
        let codeCount = 48 + below(160)
        let top = [Section.Kind.code, .readWrite, .readOnly, nil, nil, nil][Int(below(6))]
        let code = prologue(top) + (0..<codeCount).map { _ in word(codeCount) }
        let other = section(
            "more code", Self.codeStart + 0x4000, .code, (0..<8).map { _ in word(8) })
        var sections = split(code) + [other]
        if below(3) == 0 {
            sections.append(
                section("code's constants", other.range.last + 1, .readOnly, [bits(), bits()]))
        }
        sections += [
            section("data", Self.dataStart, .readWrite, (0..<16).map { _ in bits() }),
            Section(
                name: ".input", start: Self.dataStart + 64, byteCount: 64, kind: .readWrite,
                content: .uninitialized),
            section("constants", Self.readOnlyStart, .readOnly, (0..<8).map { _ in bits() }),
            .registers,
        ]
        if let top {
            let words = (0..<16).map { _ in top == .code ? word(8) : bits() }
            sections.append(section("top", Self.topStart, top, words))
        }
        return sections
    }

    /// The code in one section or, as often, in two that touch.
    private mutating func split(_ code: [UInt32]) -> [Section] {
        let count = Int(1 + below(UInt32(code.count) - 1))
        guard below(2) == 0 else { return [section("code", Self.codeStart, .code, code)] }
        return [
            section("code", Self.codeStart, .code, Array(code.prefix(count))),
            section(
                "code 2", Self.codeStart + 4 * UInt32(count), .code, Array(code.dropFirst(count))),
        ]
    }

    private func section(
        _ name: String, _ start: UInt32, _ kind: Section.Kind, _ words: [UInt32]
    ) -> Section {
        Section(
            name: name, start: start, byteCount: UInt32(4 * words.count), kind: kind,
            content: .initialized(words))
    }

    /// Registers 5 to 15 point little more than 100 bytes behind places where something is.
    ///
    /// - Parameter top: What is at the end of all addresses, if anything is: then one of the
    ///   registers that accesses or jumps like best points there.
    private mutating func prologue(_ top: Section.Kind?) -> [UInt32] {
        var places: [UInt32] = [
            Self.dataStart, Self.dataStart, Self.dataStart, Self.readOnlyStart, Self.codeStart,
            Self.codeStart + 0x4000, 0xF000_0000, 0x8000_0000, 0xFFFF_F000, 0x7FFF_F000,
            bits() & 0xFFFF_F000,
        ]
        if let top { places[top == .code ? 5 : 2] = 0 }
        return places.enumerated().flatMap { index, place -> [UInt32] in
            let register = UInt32(index + 5)
            // The distances of accesses and jumps begin at -100: from here they reach back over 0.
            let near = ((place == 0 ? 80 : 100) + below(20)) << 20
            return [place | register << 7 | 0x37, near | register << 15 | register << 7 | 0x13]
        }
    }

    private mutating func bits() -> UInt32 {
        UInt32(truncatingIfNeeded: random.next())
    }

    private mutating func below(_ limit: UInt32) -> UInt32 {
        bits() % limit
    }

    private mutating func word(_ codeCount: UInt32) -> UInt32 {
        switch below(100) {
        case 0..<60: return compute()
        case 60..<84: return access()
        case 84..<94: return branch(codeCount)
        case 94..<96: return jump(codeCount)
        case 96: return [0x73, 0x0010_0073, 0x0FF0_000F, 0x0000_100F][Int(below(4))]
        case 97: return below(4) == 0 ? callForHalt() : 0x73
        default: return anything()
        }
    }

    private mutating func anything() -> UInt32 {
        while true {
            let word = bits() | (below(4) == 0 ? 0 : 3)
            if KnownEncoding.contains(word) { return word }
        }
    }

    private mutating func callForHalt() -> UInt32 {
        93 << 20 | 17 << 7 | 0x13
    }

    /// Mostly a high register, so that the pointers live for a while.
    private mutating func destination() -> UInt32 {
        below(12) == 0 ? below(32) : (below(8) == 0 ? 0 : 16 + below(16))
    }

    private mutating func compute() -> UInt32 {
        let operands = below(32) << 20 | below(32) << 15 | destination() << 7
        let candidates = InstructionTable.definitions.filter {
            [.register, .immediate, .shift, .upper].contains($0.format)
        }
        let definition = candidates[Int(below(UInt32(candidates.count)))]
        let free = definition.format == .immediate || definition.format == .upper ? bits() : 0
        return definition.match | (operands | free & 0xFFF0_0000) & ~definition.mask
    }

    private mutating func access() -> UInt32 {
        let candidates = InstructionTable.definitions.filter(\.format.hasMicroSteps)
        let definition = candidates[Int(below(UInt32(candidates.count)))]
        let base = below(30) == 0 ? below(32) : 5 + below(below(12) == 0 ? 11 : 3)
        let distance = below(20) == 0 ? bits() : below(24) &- 100
        guard definition.format == .store else {
            return definition.match | distance << 20 | base << 15 | destination() << 7
        }
        return definition.match | (distance >> 5) << 25 | below(32) << 20 | base << 15
            | (distance & 31) << 7
    }

    private mutating func distance(_ codeCount: UInt32) -> UInt32 {
        let words = below(16) == 0 ? bits() % 4000 : below(min(codeCount, 24))
        let bytes = words * 4 + (below(40) == 0 ? 2 : 0)
        return below(5) == 0 ? 0 &- bytes : bytes &+ 4
    }

    private mutating func branch(_ codeCount: UInt32) -> UInt32 {
        let function = [0, 1, 4, 5, 6, 7][Int(below(6))] as UInt32
        let d = distance(codeCount)
        let immediate =
            (d >> 12 & 1) << 31 | (d >> 5 & 63) << 25 | (d >> 1 & 15) << 8 | (d >> 11 & 1) << 7
        return 0x63 | function << 12 | below(32) << 20 | below(32) << 15 | immediate
    }

    private mutating func jump(_ codeCount: UInt32) -> UInt32 {
        guard below(2) == 0 else {
            return 0x67 | (below(8) &- 100) << 20 | (8 + below(4)) << 15 | destination() << 7
        }
        let d = distance(codeCount)
        let immediate =
            (d >> 20 & 1) << 31 | (d >> 1 & 1023) << 21 | (d >> 11 & 1) << 20
            | (d >> 12 & 255) << 12
        return 0x6F | destination() << 7 | immediate
    }

    /// What comes next from the same source.
    package var rest: SplitMix64 { random }
}
