import Glibc
import SignerCore
import Synchronization

/// Ends this process, as a loss of power would, at a chosen write to the disk.
///
/// Counted are SQLite's own system calls, through the hook that its Unix layer offers for such
/// tests (`xSetSystemCall` of sqlite3_vfs), and the steps of the vault's `DurabilityProbe`. A sync
/// is no point of its own: what a killed process has written stays in the page cache, so dying
/// before a sync and before the next write leave the same files.
enum KillSwitch {
    /// What the last write of the dying process leaves.
    enum Style: String, Codable, CaseIterable {
        /// Nothing: it dies before it writes.
        case before
        /// The first half of the bytes.
        case torn
    }

    private static let remaining = Atomic<Int>(.max)
    private static let isTearing = Atomic<Bool>(false)
    private static let count = Atomic<Int>(0)

    /// How many points this process has passed.
    static var passed: Int { count.load(ordering: .relaxed) }

    /// A probe whose steps are points to die at.
    static let probe = DurabilityProbe { _ in
        if isDue() { die() }
    }

    /// Dies at a point; `Int.max` only counts.
    static func arm(at point: Int, _ style: Style) {
        remaining.store(point, ordering: .relaxed)
        isTearing.store(style == .torn, ordering: .relaxed)
        replace("write", with: unsafe unsafeBitCast(write as WriteCall, to: SystemCall.self))
        replace("pwrite", with: unsafe unsafeBitCast(pwrite as PositionedCall, to: SystemCall.self))
        replace(
            "pwrite64", with: unsafe unsafeBitCast(pwrite as PositionedCall, to: SystemCall.self))
        replace(
            "ftruncate", with: unsafe unsafeBitCast(truncate as TruncateCall, to: SystemCall.self))
        replace("unlink", with: unsafe unsafeBitCast(unlink as UnlinkCall, to: SystemCall.self))
        replace("open", with: unsafe unsafeBitCast(open as OpenCall, to: SystemCall.self))
    }

    private static func isDue() -> Bool {
        count.add(1, ordering: .relaxed)
        return remaining.subtract(1, ordering: .relaxed).newValue == 0
    }

    private static func die() -> Never {
        kill(getpid(), SIGKILL)
        while true { pause() }
    }

    // MARK: - System calls of SQLite

    private typealias SystemCall = @convention(c) () -> Void
    private typealias WriteCall =
        @convention(c) (Int32, UnsafeRawPointer?, Int) -> Int
    private typealias PositionedCall =
        @convention(c) (Int32, UnsafeRawPointer?, Int, Int) -> Int
    private typealias TruncateCall = @convention(c) (Int32, Int) -> Int32
    private typealias UnlinkCall = @convention(c) (UnsafePointer<CChar>?) -> Int32
    private typealias OpenCall =
        @convention(c) (UnsafePointer<CChar>?, Int32, Int32) -> Int32

    private static let write: WriteCall = { file, bytes, count in
        if isDue() {
            if isTearing.load(ordering: .relaxed) { _ = unsafe Glibc.write(file, bytes, count / 2) }
            die()
        }
        return unsafe Glibc.write(file, bytes, count)
    }

    private static let pwrite: PositionedCall = { file, bytes, count, offset in
        if isDue() {
            if isTearing.load(ordering: .relaxed) {
                _ = unsafe Glibc.pwrite(file, bytes, count / 2, offset)
            }
            die()
        }
        return unsafe Glibc.pwrite(file, bytes, count, offset)
    }

    private static let truncate: TruncateCall = { file, count in
        if isDue() { die() }
        return ftruncate(file, count)
    }

    private static let unlink: UnlinkCall = { path in
        guard let path = unsafe path else { return -1 }
        if isDue() { die() }
        return unsafe Glibc.unlink(path)
    }

    private static let open: OpenCall = { path, flags, mode in
        guard let path = unsafe path else { return -1 }
        if flags & O_CREAT != 0, isDue() { die() }
        return unsafe Glibc.open(path, flags, mode_t(mode))
    }

    /// Sets one of SQLite's system calls.
    ///
    /// The functions are found by name because tests do not link SQLite themselves. 144 is the
    /// offset of `xSetSystemCall` in `sqlite3_vfs` version 3 with 64-bit pointers (sqlite3.h).
    private static func replace(_ name: String, with call: @escaping SystemCall) {
        typealias Find = @convention(c) (UnsafePointer<CChar>?) -> UnsafeMutableRawPointer?
        typealias Set =
            @convention(c) (
                UnsafeMutableRawPointer?, UnsafePointer<CChar>?, SystemCall?
            ) -> Int32
        guard let symbol = unsafe dlsym(nil, "sqlite3_vfs_find"),
            let vfs = unsafe unsafeBitCast(symbol, to: Find.self)(nil),
            unsafe vfs.load(as: Int32.self) >= 3
        else { preconditionFailure("SQLite has a Unix layer of version 3") }
        let set = unsafe vfs.load(fromByteOffset: 144, as: Set.self)
        _ = unsafe set(vfs, name, call)
    }
}
