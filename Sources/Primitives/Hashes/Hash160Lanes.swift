internal import CHash

/// Many chains of HASH160 at once.
///
/// Lane `i` is a 20-byte value that is replaced by its HASH160, `steps[i]` times over (0 to 255).
/// The running time depends on the step counts, which are public, and not on the values.
public enum Hash160Lanes {
    /// Bytes per lane.
    public static let laneByteCount = Bytes20.byteCount

    /// Replaces each value by the end of its chain.
    ///
    /// - Parameters:
    ///   - values: One value per lane; public ones, since arrays are not wiped.
    ///   - steps: One count per lane.
    ///   - implementation: An available one.
    public static func iterate(
        _ values: inout [Bytes20], steps: [UInt8],
        using implementation: HashImplementation = .automatic
    ) {
        unsafe values.withUnsafeMutableBytes { bytes in
            unsafe iterate(bytes, steps: steps, using: implementation)
        }
    }

    /// Replaces each value by the end of its chain, in memory that may be secret.
    ///
    /// Nothing of the values stays behind elsewhere: working memory is wiped.
    ///
    /// - Parameters:
    ///   - values: The lanes one after the other, 20 bytes each.
    ///   - steps: One count per lane.
    ///   - implementation: An available one.
    public static func iterate(
        _ values: inout MutableSpan<UInt8>, steps: [UInt8],
        using implementation: HashImplementation = .automatic
    ) {
        unsafe values.withUnsafeMutableBytes { bytes in
            unsafe iterate(bytes, steps: steps, using: implementation)
        }
    }

    /// The same for a buffer of the caller's.
    ///
    /// - Parameters:
    ///   - values: The lanes one after the other, 20 bytes each; may be secret.
    ///   - steps: One count per lane.
    ///   - implementation: An available one.
    package static func iterate(
        _ values: UnsafeMutableRawBufferPointer, steps: [UInt8],
        using implementation: HashImplementation = .automatic
    ) {
        precondition(values.count == steps.count * laneByteCount, "one step count per lane")
        let status = unsafe bvx_hash160_iterate_lanes(
            implementation.code, values.baseAddress?.assumingMemoryBound(to: UInt8.self), steps,
            steps.count)
        precondition(status == 1, "the CPU can run the implementation that the caller names")
    }
}
