/// Hands over a buffer whose address is not null even when it is empty.
///
/// libcrypto takes a null address for "not given", which is different from "empty".
func withNonNull<Result>(
    _ buffer: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    if unsafe buffer.baseAddress != nil {
        return unsafe body(buffer)
    }
    return unsafe withUnsafePointer(to: 0 as UInt8) { address in
        unsafe body(UnsafeBufferPointer(start: address, count: 0))
    }
}
