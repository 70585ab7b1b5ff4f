internal import CLockdown
internal import Glibc

/// Why the process is not safe enough for secrets.
package enum ProcessHardeningError: Error, Equatable {
    /// Another process watches this one and could read its memory.
    case traced(processID: Int)
    /// The kernel refused a protection; nothing should be done with secrets.
    case refused(Protection, errorNumber: Int32)

    /// What the kernel was asked for.
    package enum Protection: String, Hashable, Sendable {
        case tracerCheck = "the check for a tracing process"
        case noCoreFile = "the ban on core files"
        case noDump = "the ban on memory dumps"
        case noNewPrivileges = "the ban on new privileges"
        case confinement = "the ban on network and program starts"
    }
}

/// What protects the process that holds secrets: applied once, first thing in `main`.
package struct ProcessHardening: Hashable, Sendable {
    /// Which memory is kept out of swap besides the pages of secrets, which always are.
    package enum MemoryLock: Hashable, Sendable {
        case secretPagesOnly
        case presentMemory
        case everything
    }

    package let memoryLock: MemoryLock

    /// Hardens the process, for good.
    ///
    /// No core file and no dump, no new privileges, no swap where the limits allow it, no network
    /// and no other program (refused by the kernel), files readable by their owner only. Call it
    /// before any secret exists and before any thread is started.
    package static func apply() throws(ProcessHardeningError) -> ProcessHardening {
        let tracer = bvx_lockdown_tracer()
        guard tracer >= 0 else { throw .refused(.tracerCheck, errorNumber: ENOENT) }
        guard tracer == 0 else { throw .traced(processID: Int(tracer)) }
        _ = umask(0o077)
        var report = bvx_lockdown_report()
        // The steps' own errors say more than the result as a whole.
        _ = unsafe bvx_lockdown_apply(&report)
        try check(.noCoreFile, report.core_limit_errno)
        try check(.noDump, report.dumpable_errno)
        try check(.noNewPrivileges, report.no_new_privileges_errno)
        try check(.confinement, bvx_lockdown_confine())
        return ProcessHardening(memoryLock: memoryLock(report.memory_lock))
    }

    private static func check(
        _ protection: ProcessHardeningError.Protection, _ errorNumber: Int32
    ) throws(ProcessHardeningError) {
        guard errorNumber == 0 else { throw .refused(protection, errorNumber: errorNumber) }
    }

    private static func memoryLock(_ code: Int32) -> MemoryLock {
        switch bvx_memory_lock(UInt32(bitPattern: code)) {
        case BVX_MEMORY_LOCK_ALL, BVX_MEMORY_LOCK_ON_FAULT: .everything
        case BVX_MEMORY_LOCK_CURRENT: .presentMemory
        default: .secretPagesOnly
        }
    }
}
