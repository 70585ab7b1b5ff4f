import Foundation

/// A small, fast, reproducible source of test data; never of secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The same seed always gives the same numbers.
    package init(seed: UInt64) {
        state = seed
    }

    /// A fresh source, whose seed is printed; `BITVMX_TEST_SEED` repeats a run.
    ///
    /// - Parameter name: Which test prints the seed.
    package static func announced(_ name: String) -> SplitMix64 {
        let wanted = ProcessInfo.processInfo.environment["BITVMX_TEST_SEED"].flatMap(UInt64.init)
        let seed = wanted ?? UInt64.random(in: .min ... .max)
        print("\(name): BITVMX_TEST_SEED=\(seed)")
        return SplitMix64(seed: seed)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Random bytes.
    package mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
