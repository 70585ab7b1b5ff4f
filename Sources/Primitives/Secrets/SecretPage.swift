internal import Glibc

/// Why no secret page could be made.
package enum SecretPageError: Error, Equatable {
    /// The system gave no memory.
    case noMemory(errorNumber: Int32)
    /// The memory could not be locked: `RLIMIT_MEMLOCK` is too low.
    case notLocked(errorNumber: Int32)
    /// The memory could not be kept out of core dumps or of child processes, or fenced.
    case notProtected(errorNumber: Int32)
}

/// Whole pages of memory for secret bytes.
///
/// They are locked (never swapped), left out of core dumps, empty in a forked child, fenced by an
/// unreadable page on either side, and wiped when the value goes away.
///
/// The struct owns its memory alone, so it may move between threads: hence the unchecked
/// conformance.
@safe
package struct SecretPage: ~Copyable, @unchecked Sendable {
    private let mapping: UnsafeMutableRawPointer
    private let mappingByteCount: Int
    private let start: UnsafeMutablePointer<UInt8>

    /// How many secret bytes there is room for.
    package let byteCount: Int

    /// Takes zeroed memory from the system.
    ///
    /// - Parameter byteCount: At least 1; rounded up to whole pages inside.
    package init(byteCount: Int) throws(SecretPageError) {
        precondition(byteCount > 0, "a secret page holds at least one byte")
        let pageSize = Int(getpagesize())
        let usable = (byteCount + pageSize - 1) / pageSize * pageSize
        let total = usable + 2 * pageSize
        let given = unsafe mmap(nil, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let given = unsafe given, unsafe given != MAP_FAILED else {
            throw .noMemory(errorNumber: errno)
        }
        if let failure = unsafe Self.protect(given + pageSize, usable) {
            unsafe munmap(given, total)
            throw failure
        }
        unsafe mapping = given
        mappingByteCount = total
        unsafe start = (given + pageSize).bindMemory(to: UInt8.self, capacity: usable)
        self.byteCount = byteCount
    }

    /// Lends the bytes for reading.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe Span(_unsafeStart: start, count: byteCount))
    }

    /// Lends the bytes for writing.
    package mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe MutableSpan(_unsafeStart: start, count: byteCount)
        return try body(&span)
    }

    /// Overwrites the bytes with zeros.
    package mutating func wipe() {
        unsafe explicit_bzero(start, byteCount)
    }

    private static func protect(
        _ start: UnsafeMutableRawPointer, _ byteCount: Int
    ) -> SecretPageError? {
        guard unsafe mprotect(start, byteCount, PROT_READ | PROT_WRITE) == 0,
            unsafe madvise(start, byteCount, Int32(MADV_DONTDUMP)) == 0,
            unsafe madvise(start, byteCount, Int32(MADV_WIPEONFORK)) == 0
        else { return .notProtected(errorNumber: errno) }
        guard unsafe mlock(start, byteCount) == 0 else { return .notLocked(errorNumber: errno) }
        return nil
    }

    deinit {
        unsafe explicit_bzero(start, byteCount)
        unsafe munmap(mapping, mappingByteCount)
    }
}
