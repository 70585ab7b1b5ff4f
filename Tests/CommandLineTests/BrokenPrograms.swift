import Foundation
import TestSupport

/// Programs that are wrong in one place each, made from a right one.
enum BrokenPrograms {
    /// Each change gets the place of the table of sections, whose rows have 40 bytes: row 1 is the
    /// code, row 2 the data; flags, address and offset stand at 8, 12 and 16.
    private static let changes: [(name: String, change: @Sendable (inout [UInt8], Int) -> Void)] = [
        ("64-bit", { bytes, _ in bytes[4] = 2 }),
        ("big-endian", { bytes, _ in bytes[5] = 2 }),
        ("other-machine", { bytes, _ in bytes[18] = 62 }),
        ("truncated", { bytes, _ in bytes.removeLast(bytes.count - 40) }),
        ("no-table", { bytes, table in bytes.removeLast(bytes.count - table) }),
        ("overlapping", { bytes, table in put(0x8000_0000, &bytes, table + 80 + 12) }),
        ("overflowing", { bytes, table in put(0xFFFF_F000, &bytes, table + 80 + 12) }),
        ("low", { bytes, table in put(0x0000_0FFC, &bytes, table + 80 + 12) }),
        ("unaligned", { bytes, table in put(0xA000_0002, &bytes, table + 80 + 12) }),
        ("writable-code", { bytes, table in put(7, &bytes, table + 40 + 8) }),
        ("outside", { bytes, table in put(0x00FF_FFFF, &bytes, table + 40 + 16) }),
        ("entry-within-word", { bytes, _ in put(0x8000_0002, &bytes, 24) }),
        ("entry-outside", { bytes, _ in put(0xA000_0000, &bytes, 24) }),
        ("undecodable", { bytes, _ in put(0xFFFF_FFFF, &bytes, 0xD4) }),
    ]

    private static func put(_ value: UInt32, _ bytes: inout [UInt8], _ offset: Int) {
        for index in 0..<4 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    /// Writes all of them into a new folder.
    static func write(to folder: URL, from right: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let program = [UInt8](try Data(contentsOf: right))
        let table = (0..<4).reduce(0) { $0 | Int(program[32 + $1]) << (8 * $1) }
        for (name, change) in changes {
            var bytes = program
            change(&bytes, table)
            try Data(bytes).write(to: folder.appending(path: name + ".elf"))
        }
    }
}
