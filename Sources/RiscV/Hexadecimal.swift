/// Lower-case hexadecimal numbers of fixed width, as traces write them.
package enum Hexadecimal {
    /// 8 digits.
    package static func word(_ value: UInt32) -> String {
        padded(String(value, radix: 16), to: 8)
    }

    /// 16 digits.
    package static func doubleWord(_ value: UInt64) -> String {
        padded(String(value, radix: 16), to: 16)
    }

    /// 2 digits.
    package static func byte(_ value: UInt8) -> String {
        padded(String(value, radix: 16), to: 2)
    }

    private static func padded(_ digits: String, to width: Int) -> String {
        String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
