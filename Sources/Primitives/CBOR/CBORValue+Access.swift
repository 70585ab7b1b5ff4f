extension CBORValue {
    /// The number, if this is one from 0.
    public func unsigned() throws(CBORError) -> UInt64 {
        guard case .unsigned(let value) = self else { throw wrongKind(.unsigned) }
        return value
    }

    /// The number, if this is one from 0 that the type has room for.
    public func unsigned<Number: FixedWidthInteger & UnsignedInteger>(
        as type: Number.Type
    ) throws(CBORError) -> Number {
        let value = try unsigned()
        guard let narrow = Number(exactly: value) else {
            throw .outOfRange(value, maximum: UInt64(clamping: Number.max))
        }
        return narrow
    }

    /// The bytes, if this is a byte string.
    public func bytes() throws(CBORError) -> [UInt8] {
        guard case .bytes(let value) = self else { throw wrongKind(.bytes) }
        return value
    }

    /// The bytes, if this is a byte string of 32.
    public func bytes32() throws(CBORError) -> Bytes32 {
        let value = try bytes()
        guard let exact = Bytes32(value) else {
            throw .wrongByteCount(value.count, expected: Bytes32.byteCount)
        }
        return exact
    }

    /// The bytes, if this is a byte string of 20.
    public func bytes20() throws(CBORError) -> Bytes20 {
        let value = try bytes()
        guard let exact = Bytes20(value) else {
            throw .wrongByteCount(value.count, expected: Bytes20.byteCount)
        }
        return exact
    }

    /// The text, if this is one.
    public func text() throws(CBORError) -> String {
        guard case .text(let value) = self else { throw wrongKind(.text) }
        return value
    }

    /// The items, if this is an array.
    public func array() throws(CBORError) -> [CBORValue] {
        guard case .array(let value) = self else { throw wrongKind(.array) }
        return value
    }

    /// The entries, if this is a map.
    public func map() throws(CBORError) -> [CBORMapEntry] {
        guard case .map(let value) = self else { throw wrongKind(.map) }
        return value
    }

    /// True or false, if this is one of them.
    public func bool() throws(CBORError) -> Bool {
        guard case .bool(let value) = self else { throw wrongKind(.bool) }
        return value
    }

    private func wrongKind(_ expected: CBORKind) -> CBORError {
        .wrongKind(kind, expected: expected)
    }
}
