// error: 'Escapable'
import Primitives
import Secrets

func leak(_ seed: borrowing Seed) -> Int {
    let bytes: Span<UInt8> = seed.withBytes { (bytes: Span<UInt8>) -> Span<UInt8> in bytes }
    return bytes.count
}
