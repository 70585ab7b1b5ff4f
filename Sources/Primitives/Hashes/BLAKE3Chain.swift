internal import CHash

/// What one step of a machine adds to its hash chain.
///
/// In the chain it is 13 bytes: addresses and value big-endian, then the micro counter.
@frozen
public struct ChainStep: Hashable, Sendable {
    /// Where the step wrote; 0 when it did not.
    public var writeAddress: UInt32
    /// What it wrote; 0 when it did not.
    public var writeValue: UInt32
    /// Address of the instruction that follows.
    public var nextAddress: UInt32
    /// Micro counter that follows, 0 to 255.
    public var nextMicro: UInt32

    /// A step with all its parts.
    @inlinable
    public init(
        writeAddress: UInt32, writeValue: UInt32, nextAddress: UInt32, nextMicro: UInt32
    ) {
        self.writeAddress = writeAddress
        self.writeValue = writeValue
        self.nextAddress = nextAddress
        self.nextMicro = nextMicro
    }

    /// What a failing step adds: thirteen zero bytes.
    public static let zero = ChainStep(
        writeAddress: 0, writeValue: 0, nextAddress: 0, nextMicro: 0)
}

/// A chain of hashes, each the first 20 bytes of BLAKE3 of the one before and a step.
public enum BLAKE3Chain {
    /// A way to compute it; all of them give the same bytes.
    public enum Implementation: Hashable, CaseIterable, Sendable {
        /// The fastest that this CPU offers: what everything but tests and measurements uses.
        case automatic
        /// Plain C.
        case portable
        /// Four words at a time in SSE4.1 registers.
        case sse41
        /// The same with the rotations of AVX-512.
        case avx512

        /// Whether this CPU can run it.
        public var isAvailable: Bool {
            bvx_blake3_implementation_is_available(code) == 1
        }

        /// A short name for reports.
        public var name: String {
            unsafe String(cString: bvx_blake3_implementation_name(code))
        }

        var code: bvx_blake3_implementation {
            switch self {
            case .automatic: BVX_BLAKE3_AUTOMATIC
            case .portable: BVX_BLAKE3_PORTABLE
            case .sse41: BVX_BLAKE3_SSE41
            case .avx512: BVX_BLAKE3_AVX512
            }
        }
    }

    /// Where every chain begins: the hash of the one byte 0xFF.
    public static let initialHash: Bytes20 = {
        guard let hash = Bytes20(BLAKE3.hash([0xFF]).bytes.prefix(Bytes20.byteCount)) else {
            preconditionFailure("32 bytes begin with 20")
        }
        return hash
    }()

    /// The chain after some steps.
    ///
    /// - Parameters:
    ///   - hash: The chain so far; replaced by its new end.
    ///   - steps: What is added, in order.
    ///   - implementation: An available one.
    public static func extend(
        _ hash: inout Bytes20, by steps: Span<ChainStep>,
        using implementation: Implementation = .automatic
    ) {
        hash = unsafe run(from: hash, steps, using: implementation, hashes: nil)
    }

    /// The chain after each of some steps.
    ///
    /// - Parameters:
    ///   - hash: The chain so far.
    ///   - steps: What is added, in order.
    ///   - implementation: An available one.
    /// - Returns: One hash for each step.
    public static func hashes(
        from hash: Bytes20, by steps: Span<ChainStep>,
        using implementation: Implementation = .automatic
    ) -> [Bytes20] {
        var flat = [UInt8](repeating: 0, count: Bytes20.byteCount * steps.count)
        unsafe flat.withUnsafeMutableBufferPointer { buffer in
            _ = unsafe run(from: hash, steps, using: implementation, hashes: buffer.baseAddress)
        }
        return stride(from: 0, to: flat.count, by: Bytes20.byteCount).map { start in
            guard let hash = Bytes20(flat[start..<start + Bytes20.byteCount]) else {
                preconditionFailure("every slice has 20 bytes")
            }
            return hash
        }
    }

    private static func run(
        from hash: Bytes20, _ steps: Span<ChainStep>, using implementation: Implementation,
        hashes: UnsafeMutablePointer<UInt8>?
    ) -> Bytes20 {
        var end = [UInt8](hash.bytes)
        let status = unsafe steps.withUnsafeBufferPointer { buffer in
            // The C structure has the same four words.
            let raw = unsafe UnsafeRawPointer(buffer.baseAddress)
            let first = unsafe raw?.assumingMemoryBound(to: bvx_chain_step.self)
            return unsafe bvx_blake3_chain(
                implementation.code, &end, hashes, first, buffer.count)
        }
        precondition(status == 1, "the CPU can run the implementation that the caller names")
        guard let result = Bytes20(end) else { preconditionFailure("a chain keeps its size") }
        return result
    }
}
