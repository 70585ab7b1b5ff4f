internal import CCrypto

/// Why scrypt did not run.
public enum ScryptError: Error, Equatable {
    /// The parameters are outside what this program accepts.
    case parametersOutOfRange(ScryptParameters)
    /// The system did not give the memory that the parameters ask for.
    case noMemory(byteCount: Int)
}

/// The cost of scrypt: 128 * 2^log2N * r bytes of memory.
public struct ScryptParameters: Hashable, Sendable {
    /// Binary logarithm of the cost, 1 to 24.
    public let log2N: UInt8
    /// Block size, 1 to 32.
    public let r: UInt32
    /// How many times the memory is filled, 1 to 16.
    public let p: UInt32

    /// States a cost; whether it is acceptable is checked where it is used.
    public init(log2N: UInt8, r: UInt32, p: UInt32) {
        self.log2N = log2N
        self.r = r
        self.p = p
    }

    /// 256 MiB, about a second: for a vault that a person opens.
    public static let interactive = ScryptParameters(log2N: 18, r: 8, p: 1)

    /// How much memory a run takes.
    public var memoryByteCount: Int {
        128 * (1 << Int(min(log2N, 40))) * Int(min(r, 1 << 16))
    }

    /// Whether the values are in their ranges and ask for at most 1 GiB.
    public var isAcceptable: Bool {
        (1...24).contains(log2N) && (1...32).contains(r) && (1...16).contains(p)
            && memoryByteCount <= 1 << 30
    }
}

/// scrypt (RFC 7914): makes guessing a passphrase expensive in memory.
public enum Scrypt {
    /// Stretches a passphrase; both passphrase and output may be secret.
    ///
    /// libcrypto's working memory is not locked; it is cleared before this returns.
    ///
    /// - Parameter output: At least 1 byte; filled, or zeroed when this throws.
    public static func derive(
        from passphrase: Span<UInt8>, salt: Span<UInt8>, parameters: ScryptParameters,
        into output: inout MutableSpan<UInt8>
    ) throws(ScryptError) {
        precondition(!output.isEmpty, "scrypt gives at least one byte")
        guard parameters.isAcceptable else { throw .parametersOutOfRange(parameters) }
        let workspace = parameters.memoryByteCount + 1 << 20
        let status = unsafe passphrase.withUnsafeBytes { passphrase in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    unsafe EVP_PBE_scrypt(
                        passphrase.baseAddress?.assumingMemoryBound(to: CChar.self),
                        passphrase.count, salt.baseAddress, salt.count,
                        1 << UInt64(parameters.log2N), UInt64(parameters.r),
                        UInt64(parameters.p), UInt64(workspace), output.baseAddress,
                        output.count)
                }
            }
        }
        guard status == 1 else {
            ERR_clear_error()
            ConstantTime.wipe(&output)
            throw .noMemory(byteCount: parameters.memoryByteCount)
        }
    }
}
