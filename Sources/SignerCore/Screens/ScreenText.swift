import Bitcoin
import Curve
import Primitives

/// How figures look on a screen.
enum ScreenText {
    /// Text in groups of four, to be compared by eye.
    static func grouped(_ text: String) -> String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    /// An address in groups of four; the script where it has none.
    static func address(_ script: Script, _ network: Network) -> String {
        guard let address = Address(scriptPubKey: script, network: network) else {
            return "script \(script.hex)"
        }
        return grouped(address.description)
    }

    /// Satoshi, and the same in bitcoin.
    static func amount(_ amount: Amount) -> String {
        let whole = amount.satoshi / Amount.satoshiPerBitcoin
        let digits = String(amount.satoshi % Amount.satoshiPerBitcoin)
        let padded = String(repeating: "0", count: 8 - digits.count) + digits
        return "\(amount.satoshi) sat (\(whole).\(padded) BTC)"
    }

    /// Blocks, and the days that they take at ten minutes each.
    static func wait(_ count: BlockCount) -> String {
        let tenths = UInt32(count.value) * 10 / 144
        return "\(count) (about \(tenths / 10).\(tenths % 10) days)"
    }

    /// A share in hundredths of a percent, rounded down.
    static func percent(_ part: Amount, of whole: Amount) -> String {
        guard whole.satoshi > 0 else { return "all" }
        let basisPoints = part.satoshi * 10_000 / whole.satoshi
        let fraction = String(basisPoints % 100)
        return "\(basisPoints / 100).\(fraction.count < 2 ? "0" : "")\(fraction) %"
    }

    static func words(_ digest: Bytes32) -> String {
        Bytewords.words(for: digest).joined(separator: " ")
    }

    /// A digest as words and in full.
    static func digest(_ name: String, _ digest: Bytes32) -> [String] {
        ["\(name): \(words(digest))", "  \(digest.hex)"]
    }

    /// Rows in columns, two blanks apart.
    static func table(_ rows: [[String]]) -> [String] {
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column + 1 < row.count {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line
        }
    }
}
