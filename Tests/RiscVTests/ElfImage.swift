/// A small ELF file, right or wrong in every part.
struct ElfImage {
    struct Part {
        var name: String
        var type: UInt32 = 1
        var flags: UInt32
        var address: UInt32
        var content: [UInt8]
        /// What the table says, if not the length of the content.
        var byteCount: UInt32?
        var offset: UInt32?
    }

    static let codeFlags: UInt32 = 6
    static let dataFlags: UInt32 = 3
    static let readOnlyFlags: UInt32 = 2

    var entryPoint: UInt32 = 0x8000_0000
    var machine: UInt16 = 243
    var elfClass: UInt8 = 1
    var byteOrder: UInt8 = 1
    /// Whether the last name has its zero byte.
    var namesEnd = true
    var parts = [
        Part(
            name: ".text", flags: codeFlags, address: 0x8000_0000,
            content: [0x73, 0, 0, 0, 0x13, 0, 0, 0])
    ]

    var bytes: [UInt8] {
        var names: [UInt8] = [0]
        var body: [UInt8] = []
        var rows = [UInt8](repeating: 0, count: 40)
        for part in parts {
            rows += Self.words([
                UInt32(names.count), part.type, part.flags, part.address,
                part.offset ?? UInt32(52 + body.count),
                part.byteCount ?? UInt32(part.content.count), 0, 0, 4, 0,
            ])
            names += Array(part.name.utf8) + [0]
            body += part.type == 8 ? [] : part.content
        }
        if !namesEnd { names.removeLast() }
        rows += Self.words([0, 3, 0, 0, UInt32(52 + body.count), UInt32(names.count), 0, 0, 1, 0])
        body += names
        let header: [UInt8] =
            [0x7F, 0x45, 0x4C, 0x46, elfClass, byteOrder, 1] + [UInt8](repeating: 0, count: 9)
            + Self.halves([2, machine])
            + Self.words([1, entryPoint, 0, UInt32(52 + body.count), 0])
            + Self.halves([52, 32, 0, 40, UInt16(parts.count + 2), UInt16(parts.count + 1)])
        return header + body + rows
    }

    static func words(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
        }
    }

    static func halves(_ halves: [UInt16]) -> [UInt8] {
        halves.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
}
