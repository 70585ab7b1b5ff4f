import Glibc

/// How often something can be done, and what one time costs.
struct Measurement: Sendable {
    let name: String
    let count: Int
    /// CPU time of the whole process, all threads, in nanoseconds.
    let cpuNanoseconds: UInt64
    let wallNanoseconds: UInt64

    /// CPU nanoseconds of one time.
    var nanosecondsEach: Double { Double(cpuNanoseconds) / Double(max(1, count)) }

    /// Times per second of CPU.
    var perSecond: Double { 1e9 / max(1e-9, nanosecondsEach) }

    /// Repeats `body` until at least `minimumNanoseconds` of CPU time have passed.
    ///
    /// - Parameter each: How many operations one call of `body` makes.
    static func repeated(
        _ name: String, each: Int = 1, minimumNanoseconds: UInt64 = 300_000_000,
        _ body: () throws -> Void
    ) rethrows -> Measurement {
        try body()
        let cpuStart = clock(CLOCK_PROCESS_CPUTIME_ID)
        let wallStart = clock(CLOCK_MONOTONIC)
        var count = 0
        repeat {
            try body()
            count += each
        } while clock(CLOCK_PROCESS_CPUTIME_ID) - cpuStart < minimumNanoseconds
        return Measurement(
            name: name, count: count,
            cpuNanoseconds: clock(CLOCK_PROCESS_CPUTIME_ID) - cpuStart,
            wallNanoseconds: clock(CLOCK_MONOTONIC) - wallStart)
    }

    /// Measures one run of something long.
    static func once(_ name: String, count: Int, _ body: () throws -> Void) rethrows
        -> Measurement
    {
        let cpuStart = clock(CLOCK_PROCESS_CPUTIME_ID)
        let wallStart = clock(CLOCK_MONOTONIC)
        try body()
        return Measurement(
            name: name, count: count,
            cpuNanoseconds: clock(CLOCK_PROCESS_CPUTIME_ID) - cpuStart,
            wallNanoseconds: clock(CLOCK_MONOTONIC) - wallStart)
    }

    /// Peak memory of the process so far, in bytes.
    static var peakMemoryByteCount: Int {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    private static func clock(_ id: clockid_t) -> UInt64 {
        var time = timespec()
        _ = unsafe clock_gettime(id, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
