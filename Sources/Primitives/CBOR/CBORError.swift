/// Why bytes are not the deterministic CBOR that was expected; offsets count bytes from 0.
public indirect enum CBORError: Error, Equatable {
    /// The input is longer than the limit.
    case tooManyBytes(Int, limit: Int)
    /// The input ends inside a value.
    case endOfInput(offset: Int)
    /// Input is left over after the value.
    case trailingBytes(Int)
    /// A number or length that fits into a shorter form.
    case nonMinimalArgument(offset: Int)
    /// A string, array or map without a length.
    case indefiniteLength(offset: Int)
    /// A float, tag, undefined, simple or reserved value.
    case unsupported(initialByte: UInt8, offset: Int)
    /// A text that is not UTF-8.
    case invalidText(offset: Int)
    /// A map names a key a second time.
    case duplicateKey(offset: Int)
    /// A map's keys are not in the order of their encodings.
    case unsortedKeys(offset: Int)
    /// Arrays and maps are nested more deeply than the limit.
    case tooDeep(limit: Int)
    /// There are more values than the limit.
    case tooManyItems(limit: Int)
    /// A string is longer than the limit.
    case stringTooLong(byteCount: UInt64, limit: Int)
    /// A value of one kind stands where another belongs.
    case wrongKind(CBORKind, expected: CBORKind)
    /// A byte string has the wrong length.
    case wrongByteCount(Int, expected: Int)
    /// A number is above what its place allows.
    case outOfRange(UInt64, maximum: UInt64)
    /// A record lacks a field.
    case missingKey(UInt64)
    /// A record has a field that the reader does not know.
    case unknownKey(UInt64)
    /// Something is wrong in a record's field.
    case inField(UInt64, CBORError)
}
