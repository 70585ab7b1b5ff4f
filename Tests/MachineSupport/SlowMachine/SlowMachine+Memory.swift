internal import RiscV

/// Loads and stores by the tables of masks of docs/protocol/machine.md.
extension SlowMachine {
    mutating func lb() throws { try load([0xFF, 0xFF00, 0xFF_0000, 0xFF00_0000], extend: 8) }
    mutating func lbu() throws { try load([0xFF, 0xFF00, 0xFF_0000, 0xFF00_0000], extend: nil) }
    mutating func lh() throws { try load([0xFFFF, 0xFF_FF00, 0xFFFF_0000], extend: 16) }
    mutating func lhu() throws { try load([0xFFFF, 0xFF_FF00, 0xFFFF_0000], extend: nil) }
    mutating func lw() throws { try load([0xFFFF_FFFF], extend: nil) }

    private mutating func load(_ fitting: [UInt32], extend: UInt32?) throws {
        let base = registers[rs1]
        let target = base &+ immediateI
        let alignment = Int(target % 4)
        switch micro {
        case 0:
            _ = readFirst(rs1)
            let word = try readMemory(target / 4 * 4)
            guard alignment < fitting.count else {
                write(32, word >> UInt32(8 * alignment))
                micro = 1
                return
            }
            var value = (word & fitting[alignment]) >> UInt32(8 * alignment)
            if let extend { value = signed(value, bits: extend) }
            if rd != 0 { write(rd, value) }
            goOn()
        case 1:
            _ = readFirst(rs1)
            let word = try readMemory(target / 4 * 4 &+ 4)
            write(33, secondPart(of: word, alignment, isHalf: fitting.count == 3, extend))
            micro = 2
        case 2 where rd == 0: goOn()
        case 2: join()
        default:
            write(rd, readFirst(32))
            goOn()
        }
    }

    private func secondPart(
        of word: UInt32, _ alignment: Int, isHalf: Bool, _ extend: UInt32?
    ) -> UInt32 {
        if isHalf {
            let part = (word & 0xFF) << 8
            return extend == nil ? part : signed(part, bits: 16)
        }
        let masks: [UInt32] = [0, 0xFF, 0xFFFF, 0xFF_FFFF]
        let shifts: [UInt32] = [0, 24, 16, 8]
        return (word & masks[alignment]) << shifts[alignment]
    }

    private mutating func join() {
        write(32, readFirst(32) | readSecond(33))
        micro += 1
    }
}

extension SlowMachine {
    /// What a store keeps of a word, takes of the register, and by how many bytes it shifts that.
    struct Mask {
        let keep: UInt32
        let take: UInt32
        let shift: Int

        init(_ keep: UInt32, _ take: UInt32, _ shift: Int) {
            self.keep = keep
            self.take = take
            self.shift = shift
        }

        func shifted(_ value: UInt32) -> UInt32 {
            shift >= 0 ? (value & take) << (8 * shift) : (value & take) >> (-8 * shift)
        }
    }

    mutating func sb() throws {
        try store([
            (Mask(0xFFFF_FF00, 0xFF, 0), nil), (Mask(0xFFFF_00FF, 0xFF, 1), nil),
            (Mask(0xFF00_FFFF, 0xFF, 2), nil), (Mask(0x00FF_FFFF, 0xFF, 3), nil),
        ])
    }

    mutating func sh() throws {
        try store([
            (Mask(0xFFFF_0000, 0xFFFF, 0), nil), (Mask(0xFF00_00FF, 0xFFFF, 1), nil),
            (Mask(0x0000_FFFF, 0xFFFF, 2), nil),
            (Mask(0x00FF_FFFF, 0x00FF, 3), Mask(0xFFFF_FF00, 0xFF00, -1)),
        ])
    }

    mutating func sw() throws {
        let target = registers[rs1] &+ immediateS
        if target % 4 == 0 {
            _ = readFirst(rs1)
            try writeMemory(target, readSecond(rs2))
            return goOn()
        }
        try store([
            (Mask(0, 0, 0), nil),
            (Mask(0x0000_00FF, 0x00FF_FFFF, 1), Mask(0xFFFF_FF00, 0xFF00_0000, -3)),
            (Mask(0x0000_FFFF, 0x0000_FFFF, 2), Mask(0xFFFF_0000, 0xFFFF_0000, -2)),
            (Mask(0x00FF_FFFF, 0x0000_00FF, 3), Mask(0xFF00_0000, 0xFFFF_FF00, -1)),
        ])
    }

    private mutating func store(_ masks: [(Mask, Mask?)]) throws {
        let target = registers[rs1] &+ immediateS
        let (first, second) = masks[Int(target % 4)]
        guard let mask = micro < 4 ? first : second else { return }
        let word = target / 4 * 4 &+ (micro < 4 ? 0 : 4)
        switch micro % 4 {
        case 0:
            _ = readFirst(rs1)
            write(32, try readMemory(word) & mask.keep)
            micro += 1
        case 1:
            _ = readFirst(rs1)
            write(33, mask.shifted(readSecond(rs2)))
            micro += 1
        case 2: join()
        default:
            _ = readFirst(rs1)
            try writeMemory(word, readSecond(32))
            if micro == 3 && second != nil { micro = 4 } else { goOn() }
        }
    }
}
