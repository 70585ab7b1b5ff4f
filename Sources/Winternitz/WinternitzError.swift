/// Why a key, a signature, or a digit vector was refused.
public enum WinternitzError: Error, Hashable, Sendable {
    /// A profile number that this version does not know.
    case unknownProfile(UInt8)
    /// A message length outside of 1 to 1024 bytes.
    case messageByteCount(Int)
    /// A number of chains that does not fit the message length.
    case chainCount(found: Int, needed: Int)
    /// A number of chains that fits no message length.
    case unusableChainCount(Int)
    /// An encoding of the wrong length.
    case encodedByteCount(found: Int, needed: Int)
    /// An encoded signature that is not made of whole 20-byte chains.
    case partialChain(byteCount: Int)
    /// The wrong number of digits for the message length.
    case digitCount(found: Int, needed: Int)
    /// A digit of more than 15; the index counts message digits first, then checksum digits.
    case digitOutOfRange(index: Int, value: UInt8)
    /// Checksum digits that are not those of the message digits.
    case checksum(found: Int, needed: Int)
}
