/// The eight letters that end an output descriptor.
///
/// - Source: Bitcoin Core, doc/descriptors.md and BIP-380, "Checksum".
package enum DescriptorChecksum {
    /// Ordered so that common mistakes of case and digits change few symbols.
    private static let inputLetters = Array(
        ("0123456789()[],'/*abcdefgh@:$%{}" + "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
            + "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ").utf8)
    private static let outputLetters = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let generator: [UInt64] = [
        0xF5_DEE5_1989, 0xA9_FDCA_3312, 0x1B_AB10_E32D, 0x37_06B1_677A, 0x64_4D62_6FFD,
    ]

    /// The checksum of a descriptor, or nil where a letter is not allowed in one.
    package static func letters(for descriptor: String) -> String? {
        var state: UInt64 = 1
        var group: UInt64 = 0
        var groupCount = 0
        for letter in descriptor.utf8 {
            guard let position = inputLetters.firstIndex(of: letter) else { return nil }
            state = step(state, UInt64(position & 31))
            group = group * 3 + UInt64(position >> 5)
            groupCount += 1
            if groupCount == 3 {
                state = step(state, group)
                group = 0
                groupCount = 0
            }
        }
        if groupCount > 0 { state = step(state, group) }
        for _ in 0..<8 { state = step(state, 0) }
        state ^= 1
        let letters = (0..<8).map { outputLetters[Int(state >> UInt64(5 * (7 - $0)) & 31)] }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func step(_ state: UInt64, _ symbol: UInt64) -> UInt64 {
        let top = state >> 35
        var next = (state & 0x7_FFFF_FFFF) << 5 ^ symbol
        for (bit, word) in generator.enumerated() where top >> UInt64(bit) & 1 == 1 {
            next ^= word
        }
        return next
    }
}
