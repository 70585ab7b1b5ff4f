import Bitcoin

/// Reads the bytes as a transaction; what is one is written again as the same bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: byteCount))
    guard let transaction = try? Transaction(decoding: bytes) else { return 0 }
    precondition(transaction.encoded() == bytes, "a transaction has one encoding")
    return 0
}
