extension CBORValue {
    /// Reads the one value that the bytes are the deterministic encoding of.
    ///
    /// - Throws: `CBORError` for any other encoding, for left-over bytes, and for what goes
    ///   beyond the limits, before memory is taken for it.
    public static func decode(
        _ bytes: [UInt8], limits: CBORLimits = .standard
    ) throws(CBORError) -> CBORValue {
        guard bytes.count <= limits.byteCount else {
            throw .tooManyBytes(bytes.count, limit: limits.byteCount)
        }
        var decoder = CBORDecoder(bytes: bytes, limits: limits)
        let value = try decoder.readValue(depth: 0)
        guard decoder.offset == bytes.count else {
            throw .trailingBytes(bytes.count - decoder.offset)
        }
        return value
    }
}

/// Reads values from the front of an array.
private struct CBORDecoder {
    let bytes: [UInt8]
    let limits: CBORLimits
    var offset = 0
    var itemCount = 0

    init(bytes: [UInt8], limits: CBORLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Reads a value that stands inside a number of arrays and maps.
    mutating func readValue(depth: Int) throws(CBORError) -> CBORValue {
        guard itemCount < limits.itemCount else { throw .tooManyItems(limit: limits.itemCount) }
        itemCount += 1
        let start = offset
        let initial = try readByte()
        guard let type = CBORMajorType(rawValue: initial >> 5) else {
            preconditionFailure("three bits name a major type")
        }
        switch type {
        case .tag: throw .unsupported(initialByte: initial, offset: start)
        case .simple: return try Self.simpleValue(initial, offset: start)
        default: break
        }
        let argument = try readArgument(initial, type, offset: start)
        switch type {
        case .unsigned: return .unsigned(argument)
        case .negative: return .negative(argument)
        case .bytes: return .bytes(Array(try readString(byteCount: argument)))
        case .text: return .text(try readText(byteCount: argument))
        case .array: return .array(try readArray(count: argument, depth: depth))
        case .map: return .map(try readMap(count: argument, depth: depth))
        case .tag, .simple: preconditionFailure("tags and simple values were handled above")
        }
    }

    private static func simpleValue(
        _ initial: UInt8, offset: Int
    ) throws(CBORError) -> CBORValue {
        switch initial {
        case CBORSimple.false: return .bool(false)
        case CBORSimple.true: return .bool(true)
        case CBORSimple.null: return .null
        case 0xFF: throw .indefiniteLength(offset: offset)
        default: throw .unsupported(initialByte: initial, offset: offset)
        }
    }

    private mutating func readArgument(
        _ initial: UInt8, _ type: CBORMajorType, offset start: Int
    ) throws(CBORError) -> UInt64 {
        let byteCount: Int
        let smallest: UInt64
        switch initial & 0x1F {
        case let small where small < 24: return UInt64(small)
        case 24: (byteCount, smallest) = (1, 24)
        case 25: (byteCount, smallest) = (2, 0x100)
        case 26: (byteCount, smallest) = (4, 0x1_0000)
        case 27: (byteCount, smallest) = (8, 0x1_0000_0000)
        case 31 where type != .unsigned && type != .negative:
            throw .indefiniteLength(offset: start)
        default: throw .unsupported(initialByte: initial, offset: start)
        }
        var argument: UInt64 = 0
        for _ in 0..<byteCount {
            argument = argument << 8 | UInt64(try readByte())
        }
        guard argument >= smallest else { throw .nonMinimalArgument(offset: start) }
        return argument
    }

    private mutating func readString(
        byteCount: UInt64
    ) throws(CBORError) -> ArraySlice<UInt8> {
        guard byteCount <= UInt64(limits.stringByteCount) else {
            throw .stringTooLong(byteCount: byteCount, limit: limits.stringByteCount)
        }
        guard byteCount <= UInt64(bytes.count - offset) else {
            throw .endOfInput(offset: bytes.count)
        }
        let start = offset
        offset += Int(byteCount)
        return bytes[start..<offset]
    }

    private mutating func readText(byteCount: UInt64) throws(CBORError) -> String {
        let start = offset
        guard let text = String(validating: try readString(byteCount: byteCount), as: UTF8.self)
        else { throw .invalidText(offset: start) }
        return text
    }

    private mutating func readArray(
        count: UInt64, depth: Int
    ) throws(CBORError) -> [CBORValue] {
        let count = try admit(count, itemsPerElement: 1, depth: depth)
        var items: [CBORValue] = []
        items.reserveCapacity(count)
        for _ in 0..<count {
            items.append(try readValue(depth: depth + 1))
        }
        return items
    }

    private mutating func readMap(
        count: UInt64, depth: Int
    ) throws(CBORError) -> [CBORMapEntry] {
        let count = try admit(count, itemsPerElement: 2, depth: depth)
        var entries: [CBORMapEntry] = []
        entries.reserveCapacity(count)
        var previous: Range<Int>?
        for _ in 0..<count {
            let start = offset
            let key = try readValue(depth: depth + 1)
            let current = start..<offset
            if let previous {
                try checkOrder(of: previous, before: current)
            }
            previous = current
            entries.append(CBORMapEntry(key: key, value: try readValue(depth: depth + 1)))
        }
        return entries
    }

    private func checkOrder(
        of previous: Range<Int>, before current: Range<Int>
    ) throws(CBORError) {
        guard !bytes[previous].lexicographicallyPrecedes(bytes[current]) else { return }
        if bytes[previous] == bytes[current] {
            throw .duplicateKey(offset: current.lowerBound)
        }
        throw .unsortedKeys(offset: current.lowerBound)
    }

    /// Checks the stated size of an array or map against depth, item count and what is left of
    /// the input: every item takes at least one byte.
    private func admit(
        _ count: UInt64, itemsPerElement: UInt64, depth: Int
    ) throws(CBORError) -> Int {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth) }
        guard count <= UInt64(limits.itemCount - itemCount) / itemsPerElement else {
            throw .tooManyItems(limit: limits.itemCount)
        }
        guard count <= UInt64(bytes.count - offset) / itemsPerElement else {
            throw .endOfInput(offset: bytes.count)
        }
        return Int(count)
    }

    private mutating func readByte() throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw .endOfInput(offset: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }
}
