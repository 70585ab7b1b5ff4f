internal import CHash

/// A way to compute many hashes side by side.
///
/// All of them give the same bytes.
public enum HashImplementation: Hashable, CaseIterable, Sendable {
    /// The fastest that this CPU offers: what everything but tests and measurements uses.
    case automatic
    /// Plain C, one lane at a time.
    case portable
    /// Eight lanes in AVX2 registers.
    case avx2
    /// SHA-256 by the CPU's SHA instructions, RIPEMD-160 in eight AVX2 lanes.
    case shaInstructionsAndAVX2
    /// Sixteen lanes in AVX-512 registers.
    case avx512

    /// Whether this CPU can run it.
    public var isAvailable: Bool {
        bvx_hash_implementation_is_available(code) == 1
    }

    /// A short name for reports; for `automatic`, that of the implementation it stands for here.
    public var name: String {
        unsafe String(cString: bvx_hash_implementation_name(code))
    }

    var code: bvx_hash_implementation {
        switch self {
        case .automatic: BVX_HASH_AUTOMATIC
        case .portable: BVX_HASH_PORTABLE
        case .avx2: BVX_HASH_AVX2
        case .shaInstructionsAndAVX2: BVX_HASH_SHANI_AVX2
        case .avx512: BVX_HASH_AVX512
        }
    }
}
