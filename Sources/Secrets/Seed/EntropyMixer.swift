package import Primitives

/// What a person adds to the randomness of the machine.
package enum EntropySource: Hashable, Sendable {
    /// Rolls of a six-sided die: the digits 1 to 6.
    case dice
    /// Tosses of a coin: `h` and `t`, or `1` and `0`.
    case coin

    /// The value of a symbol, or nil where the byte is none.
    fileprivate func value(of byte: UInt8) -> UInt8? {
        switch (self, byte) {
        case (.dice, UInt8(ascii: "1")...UInt8(ascii: "6")): byte - UInt8(ascii: "0")
        case (.coin, UInt8(ascii: "h")), (.coin, UInt8(ascii: "H")), (.coin, UInt8(ascii: "1")): 1
        case (.coin, UInt8(ascii: "t")), (.coin, UInt8(ascii: "T")), (.coin, UInt8(ascii: "0")): 0
        default: nil
        }
    }

    /// A millionth of a bit that one symbol of a fair source is worth, rounded down.
    fileprivate var microbits: Int {
        switch self {
        case .dice: 2_584_962
        case .coin: 1_000_000
        }
    }

    fileprivate var label: String {
        switch self {
        case .dice: "dice"
        case .coin: "coin"
        }
    }
}

/// How much a person added.
package struct EntropyContribution: Hashable, Sendable {
    /// Rolls or tosses.
    package let symbolCount: Int
    /// Whole bits that they are worth if the die or the coin is fair.
    package let bitCount: Int

    package init(symbolCount: Int, bitCount: Int) {
        self.symbolCount = symbolCount
        self.bitCount = bitCount
    }
}

/// Mixes randomness of the kernel with dice or coins.
///
/// HKDF-SHA256 over `64 kernel bytes ‖ source ‖ symbols`: as good as the better of the two, and
/// neither can cancel the other out, as XOR would allow to whoever comes last.
package struct EntropyMixer: ~Copyable {
    private static let kernelByteCount = 64
    private static let salt = Array("BitVMX/entropy/v1".utf8)

    private var input: SecretBuffer

    /// Takes randomness of the kernel, with nothing added yet.
    package init() throws(SecretsError) {
        try self.init(kernel: try KernelRandom.page(byteCount: Self.kernelByteCount))
    }

    /// For tests, which need to know the kernel's part.
    package init(kernel: borrowing SecretPage) throws(SecretsError) {
        var input = try SecretBuffer(capacity: kernel.byteCount)
        kernel.withBytes { input.append($0) }
        self.input = input
    }

    /// Adds what a person typed.
    ///
    /// Blanks, line ends, commas and hyphens may separate symbols; they do not count.
    ///
    /// - Parameters:
    ///   - typed: ASCII; ends at the first zero byte.
    /// - Throws: `unexpectedSymbol`; then nothing was added.
    package mutating func add(
        _ source: EntropySource, typed: borrowing SecretPage
    ) throws(SecretsError) -> EntropyContribution {
        let label = Array(source.label.utf8)
        let before = input.count
        // Labels are letters and symbols are digits: the mixture reads in one way only.
        var mixed = try SecretBuffer(capacity: before + label.count + typed.byteCount)
        input.withBytes { mixed.append($0) }
        mixed.append(label)
        let start = mixed.count
        try typed.withTypedBytes { bytes throws(SecretsError) in
            for index in bytes.indices where !Self.isSeparator(bytes[index]) {
                guard let value = source.value(of: bytes[index]) else {
                    throw .unexpectedSymbol(at: index)
                }
                mixed.append(UInt8(ascii: "0") + value)
            }
        }
        let symbolCount = mixed.count - start
        input = mixed
        return EntropyContribution(
            symbolCount: symbolCount, bitCount: symbolCount * source.microbits / 1_000_000)
    }

    /// Ends the mixing.
    ///
    /// - Parameter byteCount: 1 to 64.
    package consuming func finish(byteCount: Int) throws(SecretsError) -> SecretPage {
        var output = try SecretPage.make(byteCount: byteCount)
        let info = Array("\(byteCount)".utf8)
        input.withBytes { input in
            output.withMutableBytes { bytes in
                HKDF.derive(from: input, salt: Self.salt.span, info: info.span, into: &bytes)
            }
        }
        return output
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
            UInt8(ascii: ","), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
