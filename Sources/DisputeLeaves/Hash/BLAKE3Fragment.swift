package import Tapscript

/// BLAKE3 of one link of a trace's chain, in script: 33 bytes, of which the first 20 bytes of the
/// hash are compared with others.
///
/// - Source: docs/protocol/leaves-challenges.md, "BLAKE3".
package enum BLAKE3Fragment {
    /// What must be true of the computed and the given hash.
    package enum Demand: Hashable, CaseIterable, Sendable {
        /// They are the same.
        case equal
        /// They are not the same.
        case different
    }

    /// Digits of the message: a hash of 20 bytes and a step of 13.
    package static let messageDigitCount = 66
    /// Digits of the hash that it is compared with.
    package static let hashDigitCount = 40

    /// Writes the check; the operands are consumed and nothing is left.
    ///
    /// - Parameters:
    ///   - demand: The script fails unless it is true.
    ///   - message: `messageDigitCount` digits of 4 bits, the more significant of each byte first.
    ///   - hash: `hashDigitCount` digits.
    ///   - assembler: Nothing is moved if the digits of both lie on top, the hash uppermost.
    package static func check(
        _ demand: Demand, message: [Operand], hash: [Operand], _ assembler: inout Assembler
    ) {
        precondition(
            message.count == messageDigitCount && hash.count == hashDigitCount,
            "a link has 33 bytes and a hash 20")
        var writer = BLAKE3Writer()
        writer.write(demand)
        let instructions = writer.instructions
        assembler.section("BLAKE3") { assembler in
            _ = assembler.raw(instructions, message + hash, as: [])
        }
    }
}
