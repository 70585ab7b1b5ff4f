/// An item on the stack, 16 bytes: up to eight bytes in place, longer ones by their offset in the
/// memory of the run.
struct StackSlot: BitwiseCopyable {
    /// The longest item that is kept in place.
    static let inlineByteCount = 8
    /// No bytes: zero, and false.
    static let empty = StackSlot(word: 0, byteCount: 0)
    /// The byte 1.
    static let one = StackSlot(word: 1, byteCount: 1)

    /// The bytes, the first one lowest and zeros above the last; or the offset of longer ones.
    var word: UInt64
    let count: UInt32
    /// For copies of an item of the first stack its place there, the bottom being 1; else 0.
    ///
    /// Only traces look at it.
    var origin: UInt32 = 0

    @inline(__always)
    init(word: UInt64, byteCount: Int) {
        self.word = word
        count = UInt32(truncatingIfNeeded: byteCount)
    }

    @inline(__always)
    init(offset: Int, byteCount: Int) {
        self.init(word: UInt64(truncatingIfNeeded: offset), byteCount: byteCount)
    }

    @inline(__always)
    var byteCount: Int { Int(count) }

    @inline(__always)
    var isInline: Bool { count <= 8 }

    /// Where a longer item begins.
    @inline(__always)
    var offset: Int { Int(truncatingIfNeeded: word) }

    // MARK: Numbers

    /// The shortest form of a number.
    @inline(__always)
    static func number(_ value: Int64) -> StackSlot {
        guard value != 0 else { return .empty }
        let magnitude = value.magnitude
        // One more bit than the magnitude has, for the sign.
        let byteCount = (64 - magnitude.leadingZeroBitCount) / 8 + 1
        let sign: UInt64 = value < 0 ? 0x80 << UInt64(8 * (byteCount - 1)) : 0
        return StackSlot(word: magnitude | sign, byteCount: byteCount)
    }

    /// True as scripts have it: 1 and nothing.
    @inline(__always)
    static func truth(_ isTrue: Bool) -> StackSlot {
        StackSlot(word: isTrue ? 1 : 0, byteCount: isTrue ? 1 : 0)
    }

    /// The number that the bytes encode (Bitcoin Core's `CScriptNum`).
    ///
    /// - Parameter maximumByteCount: 4 or 5.
    @inline(__always)
    func number(
        maximumByteCount: Int, _ form: NumberForm
    ) throws(ScriptError) -> Int64 {
        guard byteCount <= maximumByteCount else { throw .scriptNum }
        guard byteCount > 0 else { return 0 }
        let shift = UInt64(8 * (byteCount - 1))
        if form == .shortest, (word >> shift) & 0x7F == 0 {
            // The last byte may hold nothing but the sign only where the bit below is in use.
            guard byteCount > 1, (word >> (shift - 1)) & 1 == 1 else { throw .scriptNum }
        }
        let sign: UInt64 = 0x80 << shift
        let magnitude = Int64(bitPattern: word & ~sign)
        return word & sign == 0 ? magnitude : -magnitude
    }

    /// Whether an item that is kept in place counts as true: not zero and not negative zero.
    @inline(__always)
    var isTrueInline: Bool {
        word != 0 && word != 0x80 << UInt64(8 * max(0, byteCount - 1))
    }
}

/// Which encodings of numbers are read.
enum NumberForm {
    case any, shortest
}
