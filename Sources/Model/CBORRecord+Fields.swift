package import Bitcoin
package import Curve
package import Primitives

extension CBORLimits {
    /// Definitions and key sets: the largest is a participant's one-time keys.
    static let model = CBORLimits(
        byteCount: 16 << 20, depth: 6, itemCount: 100_000, stringByteCount: 16 << 20)
}

extension CBORRecord {
    package mutating func xOnlyKey(_ key: UInt64) throws -> XOnlyPublicKey {
        guard let value = XOnlyPublicKey(try bytes(key)) else {
            throw ModelError.invalidField(
                name: "field \(key)", reason: "not the x coordinate of a curve point")
        }
        return value
    }

    package mutating func unsigned32(_ key: UInt64) throws -> UInt32 {
        let value = try unsigned(key)
        guard let small = UInt32(exactly: value) else {
            throw ModelError.invalidField(
                name: "field \(key)", reason: "\(value) is above \(UInt32.max)")
        }
        return small
    }

    package mutating func blockCount(_ key: UInt64) throws -> BlockCount {
        let value = try unsigned(key)
        guard let small = UInt16(exactly: value) else {
            throw ModelError.invalidField(
                name: "field \(key)", reason: "\(value) blocks; at most \(UInt16.max)")
        }
        return BlockCount(small)
    }

    /// An array of byte strings.
    package mutating func byteStrings(_ key: UInt64) throws -> [[UInt8]] {
        try array(key).map { item in
            guard case .bytes(let bytes) = item else {
                throw ModelError.invalidField(
                    name: "field \(key)", reason: "byte strings expected")
            }
            return bytes
        }
    }
}
