internal import Primitives
internal import RiscV

/// What a person is shown of a leaf's values: before they are signed, and when a witness is read.
package enum LeafScreen {
    /// One line for each value, in the order of the layout: name, committer, bytes in hexadecimal,
    /// and what they mean where that is more than a number.
    ///
    /// - Parameter message: Of a value; nil if it is not known.
    /// - Returns: Printable ASCII.
    package static func lines(
        _ layout: LeafLayout, _ message: (LeafValue) -> [UInt8]?
    ) -> [String] {
        let address = message(.counterAddress).map { UInt32(truncatingIfNeeded: number($0)) }
        let cells = layout.entries.map { entry in
            let bytes = message(entry.value)
            return [
                entry.value.name, entry.value.committer.rawValue,
                bytes.map { Hex.encode($0) } ?? "-",
                bytes.map { meaning(of: entry.value, $0, at: address ?? 0) } ?? "",
            ]
        }
        let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line =
                zip(row, widths).map { cell, width in
                    cell + String(repeating: " ", count: width - cell.count)
                }.joined(separator: "  ") + "  " + row[3]
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// - Parameter address: Where the opcode stands.
    private static func meaning(
        of value: LeafValue, _ bytes: [UInt8], at address: UInt32
    ) -> String {
        let number = number(bytes)
        switch value {
        case .row(.opcode):
            return Disassembler.text(of: UInt32(truncatingIfNeeded: number), at: address)
        case .row(.memoryWitness):
            guard let kinds = MemoryWitness(byte: UInt8(truncatingIfNeeded: number)) else {
                return "no such kinds"
            }
            return "read_1 \(kinds.first), read_2 \(kinds.second), write \(kinds.write)"
        case .row(.writeAddress), .row(.firstAddress), .row(.secondAddress),
            .verifierWriteAddress:
            return register(at: UInt32(truncatingIfNeeded: number))
        case .row(.firstLastStep), .row(.secondLastStep):
            return number == MemoryMap.neverWritten ? "never written" : "step \(number)"
        case .lastStep, .doubtedLastStep, .conflictStep, .writeStep: return "step \(number)"
        case .selection, .readSelection: return "digit \(number)"
        default: return ""
        }
    }

    /// The name of the register that an address belongs to; empty for memory.
    private static func register(at address: UInt32) -> String {
        let first = MemoryMap.address(ofRegister: 0)
        guard address >= first, address % 4 == 0 else { return "" }
        let index = Int((address - first) / 4)
        return Disassembler.registerName(index) ?? ""
    }
}
