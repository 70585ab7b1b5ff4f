import Primitives

/// Bytes under construction in locked memory.
struct SecretBuffer: ~Copyable {
    private var page: SecretPage
    private(set) var count = 0

    /// - Parameter capacity: At least 1. Appending more is a bug of the caller.
    init(capacity: Int) throws(SecretsError) {
        page = try SecretPage.make(byteCount: capacity)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        let start = count
        precondition(bytes.count <= page.byteCount - start, "a secret buffer does not grow")
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[start + index] = bytes[index]
            }
        }
        count += bytes.count
    }

    /// Appends bytes that are no secret.
    mutating func append(_ bytes: [UInt8]) {
        append(bytes.span)
    }

    mutating func append(_ byte: UInt8) {
        let start = count
        precondition(start < page.byteCount, "a secret buffer does not grow")
        page.withMutableBytes { $0[start] = byte }
        count += 1
    }

    /// Wipes everything from an index on.
    mutating func truncate(to newCount: Int) {
        let end = count
        precondition(newCount <= end, "truncating does not lengthen")
        page.withMutableBytes { target in
            for index in newCount..<end {
                target[index] = 0
            }
        }
        count = newCount
    }

    borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try page.withBytes { bytes throws(Failure) in try body(bytes.extracting(first: count)) }
    }
}
