import Glibc
import Primitives

/// The bytes that items on the stack refer to: script, witness, and every digest of a run.
///
/// A script has no loops, so what it can add is known before it runs and nothing is ever freed.
@safe
struct ByteArena: ~Copyable {
    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private var count = 0

    init(capacity: Int) {
        unsafe base = .allocate(capacity: max(1, capacity))
        self.capacity = capacity
    }

    deinit {
        unsafe base.deallocate()
    }

    /// Adds bytes.
    ///
    /// - Returns: Their offset.
    mutating func append(_ bytes: [UInt8]) -> Int {
        unsafe bytes.withUnsafeBytes { unsafe append($0) }
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        precondition(bytes.count <= capacity - count, "the bytes of a run were counted before it")
        let offset = count
        if let source = bytes.baseAddress {
            unsafe memcpy(base + offset, source, bytes.count)
        }
        count += bytes.count
        return offset
    }

    /// An item of any length: short ones are in their slot.
    mutating func slot(_ bytes: [UInt8]) -> StackSlot {
        guard bytes.count <= StackSlot.inlineByteCount else {
            return StackSlot(offset: append(bytes), byteCount: bytes.count)
        }
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            word |= UInt64(byte) << UInt64(8 * index)
        }
        return StackSlot(word: word, byteCount: bytes.count)
    }

    @inline(__always)
    mutating func slot(_ digest: Bytes20) -> StackSlot {
        let offset = unsafe digest.withUnsafeBytes { unsafe append($0) }
        return StackSlot(offset: offset, byteCount: Bytes20.byteCount)
    }

    @inline(__always)
    mutating func slot(_ digest: Bytes32) -> StackSlot {
        let offset = unsafe digest.withUnsafeBytes { unsafe append($0) }
        return StackSlot(offset: offset, byteCount: Bytes32.byteCount)
    }

    /// Lends the bytes of an item.
    @inline(__always)
    borrowing func withBytes<Result>(
        of slot: StackSlot, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        if slot.isInline {
            let word = slot.word.littleEndian
            return unsafe Swift.withUnsafeBytes(of: word) { raw in
                unsafe raw.withMemoryRebound(to: UInt8.self) { buffer in
                    unsafe body(UnsafeBufferPointer(rebasing: buffer[..<slot.byteCount]).span)
                }
            }
        }
        precondition(slot.offset + slot.byteCount <= count, "items refer to what was appended")
        let buffer = unsafe UnsafeBufferPointer(start: base + slot.offset, count: slot.byteCount)
        return unsafe body(buffer.span)
    }

    /// The bytes of an item.
    borrowing func bytes(of slot: StackSlot) -> [UInt8] {
        withBytes(of: slot) { span in
            unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
        }
    }

    /// Whether two items have the same bytes.
    @inline(__always)
    borrowing func areEqual(_ left: StackSlot, _ right: StackSlot) -> Bool {
        guard left.count == right.count else { return false }
        if left.word == right.word { return true }
        guard !left.isInline else { return false }
        return unsafe memcmp(base + left.offset, base + right.offset, left.byteCount) == 0
    }

    /// Whether an item counts as true (Bitcoin Core's `CastToBool`).
    @inline(__always)
    borrowing func isTrue(_ slot: StackSlot) -> Bool {
        if slot.isInline { return slot.isTrueInline }
        for index in 0..<slot.byteCount {
            let byte = unsafe base[slot.offset + index]
            if byte != 0 {
                return index < slot.byteCount - 1 || byte != 0x80
            }
        }
        return false
    }
}
