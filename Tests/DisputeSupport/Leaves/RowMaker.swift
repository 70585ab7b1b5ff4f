package import RiscV
package import TestSupport

/// Opened rows that are right, made without the machine: only from what the specification says.
package struct RowMaker {
    package var random: SplitMix64
    private var row = TraceRow(stepNumber: 1)
    private var first: UInt32 = 0
    private var second: UInt32 = 0
    private var sources: (first: UInt32, second: UInt32, destination: UInt32) = (0, 0, 0)

    package init(_ random: SplitMix64) {
        self.random = random
    }

    package mutating func bits() -> UInt32 {
        UInt32(truncatingIfNeeded: random.next())
    }

    package mutating func below(_ limit: UInt32) -> UInt32 {
        UInt32(random.next() % UInt64(limit))
    }

    /// A value, often one at which something turns over.
    package mutating func value() -> UInt32 {
        let edges: [UInt32] = [
            0, 1, 2, 15, 16, 31, 32, 0xFF, 0x100, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF,
            0x8000_0000, 0x8000_0001, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF,
        ]
        switch below(20) {
        case 0..<7: return edges[Int(below(UInt32(edges.count)))]
        case 7..<10: return (1 << below(32)) &- below(2)
        case 10..<12: return bits() >> below(32)
        case 12..<14: return ~(bits() >> (20 + below(12)))
        default: return bits()
        }
    }

    /// A row of a code; nil if the choice did not give one, which another try may.
    package mutating func row(_ code: StepCode) -> TraceRow? {
        row = TraceRow(stepNumber: 1)
        first = value()
        second = below(4) == 0 ? first : value()
        if below(5) == 0 { second = first ^ 1 << below(32) }
        let places: [UInt32] = [0, 0xFFFF_FFFC, 0x8000_0000, 0x8000_000C, value() & ~3]
        row.readCounter.address = places[Int(below(5))]
        row.nextCounter.address = row.readCounter.address &+ 4
        sources = (below(32), below(32), 1 + below(31))
        guard code != .nop else { return nop() }
        guard
            let definition = InstructionTable.definitions.last(where: {
                $0.firstCode != .nop && $0.firstCode.rawValue <= code.rawValue
                    && code.rawValue < $0.firstCode.rawValue + UInt8($0.microCount)
            })
        else { return nil }
        let micro = Int(code.rawValue - definition.firstCode.rawValue)
        row.readCounter.micro = UInt8(micro)
        switch definition.format {
        case .none: return call()
        case .upper: return upper(definition)
        case .jump, .jumpRegister: return jump(definition)
        case .branch: return branch(definition)
        case .immediate, .shift, .register: return operation(definition)
        case .load: return load(definition, micro)
        case .store: return store(definition, micro)
        }
    }

    // MARK: Pieces

    private mutating func readFirst(_ index: UInt32? = nil, _ value: UInt32? = nil) {
        row.firstRead = TraceRow.Read(
            address: 0xF000_0000 + 4 * (index ?? sources.first), value: value ?? first,
            lastStep: random.next())
        row.memoryWitness.first = .register
    }

    private mutating func readSecond(_ index: UInt32? = nil, _ value: UInt32? = nil) {
        row.secondRead = TraceRow.Read(
            address: 0xF000_0000 + 4 * (index ?? sources.second), value: value ?? second,
            lastStep: random.next())
        row.memoryWitness.second = .register
    }

    private mutating func readMemory(_ address: UInt32) {
        row.secondRead = TraceRow.Read(address: address, value: second, lastStep: random.next())
        row.memoryWitness.second = .memory
    }

    private mutating func write(_ value: UInt32, _ index: UInt32? = nil) {
        row.write = TraceRow.Write(
            address: 0xF000_0000 + 4 * (index ?? sources.destination), value: value)
        row.memoryWitness.write = .register
    }

    private mutating func stay(_ micro: Int) {
        row.nextCounter = ProgramCounter(
            address: row.readCounter.address, micro: UInt8(micro))
    }

    private mutating func immediate() -> UInt32 {
        let edges: [Int32] = [0, 1, -1, 2047, -2048]
        return below(3) == 0
            ? UInt32(bitPattern: edges[Int(below(5))])
            : UInt32(bitPattern: Int32(below(4096)) - 2048)
    }

    private func word(_ definition: InstructionDefinition, _ immediate: UInt32 = 0) -> UInt32 {
        let registers = sources.first << 15 | sources.second << 20 | sources.destination << 7
        let base = registers & ~definition.mask | definition.match
        let upper = immediate << 20 & ~definition.mask
        switch definition.format {
        case .register: return base
        case .immediate, .load, .jumpRegister: return base & 0xF_FFFF | upper
        case .shift: return base & ~0x1F0_0000 | upper
        case .store:
            return base & 0x1FF_F07F | (immediate >> 5) << 25 | (immediate & 31) << 7
        case .branch:
            return base & 0x1FF_F07F | (immediate >> 12 & 1) << 31 | (immediate >> 5 & 63) << 25
                | (immediate >> 1 & 15) << 8 | (immediate >> 11 & 1) << 7
        case .upper: return base & 0xFFF | immediate & 0xFFFF_F000
        case .jump:
            return base & 0xFFF | ((immediate >> 20) & 1) << 31 | (immediate >> 1 & 1023) << 21
                | (immediate >> 11 & 1) << 20 | (immediate >> 12 & 255) << 12
        case .none: return definition.match
        }
    }

    // MARK: Instructions

    private mutating func nop() -> TraceRow? {
        let noEffect = InstructionTable.definitions.filter {
            [.register, .immediate, .shift, .upper, .load].contains($0.format)
                || $0.firstCode == .nop
        }
        let definition = noEffect[Int(below(UInt32(noEffect.count)))]
        sources.destination = 0
        row.opcode = word(definition, value())
        if definition.name == "fence" { row.opcode |= below(256) << 20 }
        if definition.format == .load {
            guard definition.microCount == 4 else { return nil }
            row.readCounter.micro = 2
        }
        return row
    }

    private mutating func call() -> TraceRow? {
        row.opcode = 0x73
        let numbers: [UInt32] = [93, 93, 93, 94, 92, 0, 116, 0x5D0, 0x8000_005D, value()]
        readFirst(17, numbers[Int(below(10))])
        guard row.firstRead.value == 93 else { return row }
        readSecond(10, 0)
        write(0, 10)
        stay(0)
        return row
    }

    private mutating func upper(_ definition: InstructionDefinition) -> TraceRow? {
        let immediate = value() & 0xFFFF_F000
        row.opcode = word(definition, immediate)
        write(definition.name == "lui" ? immediate : row.readCounter.address &+ immediate)
        return row
    }

    private mutating func jump(_ definition: InstructionDefinition) -> TraceRow? {
        if below(3) == 0 { sources.destination = 0 }
        if sources.destination != 0 { write(row.readCounter.address &+ 4) }
        if definition.format == .jump {
            let steps = Int32(below(1 << 19)) - 1 << 18
            let distance = UInt32(bitPattern: (below(4) == 0 ? Int32(below(5)) - 2 : steps) * 4)
            row.opcode = word(definition, distance)
            row.nextCounter.address = row.readCounter.address &+ distance
        } else {
            let immediate = immediate()
            row.opcode = word(definition, immediate)
            row.nextCounter.address = (first &+ immediate) & ~1
            readFirst()
        }
        return row.nextCounter.address % 4 == 0 ? row : nil
    }

    private mutating func branch(_ definition: InstructionDefinition) -> TraceRow? {
        let steps = below(4) == 0 ? Int32(below(5)) - 2 : Int32(below(2048)) - 1024
        let distance = UInt32(bitPattern: steps * 4)
        row.opcode = word(definition, distance)
        readFirst()
        readSecond()
        let signed = (Int32(bitPattern: first), Int32(bitPattern: second))
        let isTaken =
            switch definition.name {
            case "beq": first == second
            case "bne": first != second
            case "blt": signed.0 < signed.1
            case "bge": signed.0 >= signed.1
            case "bltu": first < second
            default: first >= second
            }
        if isTaken { row.nextCounter.address = row.readCounter.address &+ distance }
        return row
    }

    private mutating func operation(_ definition: InstructionDefinition) -> TraceRow? {
        readFirst()
        var other = second
        switch definition.format {
        case .immediate:
            other = immediate()
            row.opcode = word(definition, other)
        case .shift:
            other = below(4) == 0 ? below(2) * 31 : below(32)
            row.opcode = word(definition, other)
        default:
            row.opcode = word(definition)
            readSecond()
        }
        let name = definition.name
        let plain = definition.format == .register ? name : name.replacing("i", with: "")
        write(name == "sltiu" ? (first < other ? 1 : 0) : result(plain, first, other))
        if definition.hasWitness {
            let partners = ["div": "rem", "divu": "remu", "rem": "div", "remu": "divu"]
            row.witness = result(partners[name] ?? "", first, other)
        }
        return row
    }

    private func result(_ name: String, _ a: UInt32, _ b: UInt32) -> UInt32 {
        let (x, y) = (Int64(Int32(bitPattern: a)), Int64(Int32(bitPattern: b)))
        let (u, v) = (Int64(a), Int64(b))
        func low(_ number: Int64) -> UInt32 { UInt32(truncatingIfNeeded: number) }
        switch name {
        case "add": return low(u + v)
        case "sub": return low(u - v)
        case "and": return a & b
        case "or": return a | b
        case "xor": return a ^ b
        case "slt": return x < y ? 1 : 0
        case "sltu": return u < v ? 1 : 0
        case "sll": return low(u << (v % 32))
        case "srl": return low(u >> (v % 32))
        case "sra": return low(x >> (v % 32))
        case "mul": return low(x &* y)
        case "mulh": return low((x * y) >> 32)
        case "mulhsu": return low((x * v) >> 32)
        case "mulhu": return UInt32(truncatingIfNeeded: (UInt64(a) * UInt64(b)) >> 32)
        case "div": return v == 0 ? .max : low(x / y)
        case "rem": return v == 0 ? a : low(x % y)
        case "divu": return v == 0 ? .max : low(u / v)
        default: return v == 0 ? a : low(u % v)
        }
    }

    // MARK: Memory

    private mutating func load(_ definition: InstructionDefinition, _ micro: Int) -> TraceRow? {
        if micro < 2, below(4) == 0 { sources.destination = 0 }
        let immediate = immediate()
        row.opcode = word(definition, immediate)
        let size = UInt32(1) << (definition.match >> 12 & 3)
        let address = first &+ immediate
        let alignment = address % 4
        let crosses = alignment + size > 4
        let isSigned = definition.match >> 14 & 1 == 0
        switch micro {
        case 0:
            readFirst()
            readMemory(address - alignment)
            let loaded = second >> (8 * alignment)
            if crosses {
                write(loaded, 32)
                stay(1)
            } else if sources.destination != 0 {
                write(extended(loaded, size, isSigned))
            }
        case 1:
            guard crosses else { return nil }
            readFirst()
            readMemory((address - alignment) &+ 4)
            let part = UInt64(second) << (8 * UInt64(4 - alignment))
            write(extended(UInt32(truncatingIfNeeded: part), size, isSigned), 33)
            stay(2)
        case 2: join(micro)
        default:
            readFirst(32)
            write(first)
        }
        return row
    }

    private func extended(_ value: UInt32, _ size: UInt32, _ isSigned: Bool) -> UInt32 {
        switch (size, isSigned) {
        case (1, true): UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: value)))
        case (2, true): UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value)))
        case (1, false): value & 0xFF
        case (2, false): value & 0xFFFF
        default: value
        }
    }

    private mutating func join(_ micro: Int) {
        let mask: UInt32 = [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0x00FF_FF00][Int(below(6))]
        readFirst(32, first & mask)
        readSecond(33, second & ~mask)
        write(row.firstRead.value | row.secondRead.value, 32)
        stay(micro + 1)
    }

    private mutating func store(_ definition: InstructionDefinition, _ micro: Int) -> TraceRow? {
        let immediate = immediate()
        row.opcode = word(definition, immediate)
        let size = UInt64(1) << UInt64(definition.match >> 12 & 3)
        let address = first &+ immediate
        let alignment = address % 4
        let crosses = UInt64(alignment) + size > 4
        let mask: UInt64 = ((1 << (8 * size)) - 1) << (8 * UInt64(alignment))
        let part = UInt64(second) << (8 * UInt64(alignment)) & mask
        let isInOne = size == 4 && alignment == 0
        let isSecondWord = micro >= 4
        let place = (address - alignment) &+ (isSecondWord ? 4 : 0)
        guard !isSecondWord || crosses, !isInOne || [0, 2, 6].contains(micro) else { return nil }
        switch micro % 4 {
        case 2: join(micro)
        case 0 where isInOne:
            readFirst()
            readSecond()
            row.write = TraceRow.Write(address: address, value: second)
            row.memoryWitness.write = .memory
        case 0:
            readFirst()
            readMemory(place)
            let taken = UInt32(truncatingIfNeeded: isSecondWord ? mask >> 32 : mask)
            write(second & ~taken, 32)
            stay(micro + 1)
        case 1:
            readFirst()
            readSecond()
            write(UInt32(truncatingIfNeeded: isSecondWord ? part >> 32 : part), 33)
            stay(micro + 1)
        default:
            readFirst()
            readSecond(32)
            row.write = TraceRow.Write(address: place, value: second)
            row.memoryWitness.write = .memory
            if crosses, micro == 3 { stay(4) }
        }
        return row
    }
}
