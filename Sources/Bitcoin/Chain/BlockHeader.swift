public import Primitives

/// Why bytes are not a block header.
public enum BlockHeaderError: Error, Equatable {
    /// A header has 80 bytes.
    case wrongLength(byteCount: Int)
}

/// The 80 bytes that proof of work is done on.
public struct BlockHeader: Hashable, Sendable {
    /// Bytes of the encoding.
    public static let byteCount = 80

    /// Version, today used as a field of signal bits.
    public let version: Int32
    /// The block before this one.
    public let previousBlockHash: BlockHash
    /// The root over the block's txids, in encoding order.
    public let merkleRoot: Bytes32
    /// Unix seconds, as the miner chose.
    public let time: UInt32
    /// The target in compact form.
    public let bits: UInt32
    /// What the miner varied.
    public let nonce: UInt32

    /// A header of these parts.
    public init(
        version: Int32, previousBlockHash: BlockHash, merkleRoot: Bytes32, time: UInt32,
        bits: UInt32, nonce: UInt32
    ) {
        self.version = version
        self.previousBlockHash = previousBlockHash
        self.merkleRoot = merkleRoot
        self.time = time
        self.bits = bits
        self.nonce = nonce
    }

    /// Reads exactly 80 bytes; proof of work is not checked.
    public init(decoding bytes: [UInt8]) throws(BlockHeaderError) {
        var reader = ByteReader(bytes)
        do {
            try self.init(from: &reader)
            try reader.finish()
        } catch {
            throw .wrongLength(byteCount: bytes.count)
        }
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        version = Int32(bitPattern: try reader.readUInt32LE())
        previousBlockHash = BlockHash(try reader.readBytes32())
        merkleRoot = try reader.readBytes32()
        time = try reader.readUInt32LE()
        bits = try reader.readUInt32LE()
        nonce = try reader.readUInt32LE()
    }

    /// The header as 80 bytes.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: Self.byteCount)
        writer.appendUInt32LE(UInt32(bitPattern: version))
        writer.append(previousBlockHash.bytes)
        writer.append(merkleRoot)
        writer.appendUInt32LE(time)
        writer.appendUInt32LE(bits)
        writer.appendUInt32LE(nonce)
        return writer.bytes
    }

    /// The hash that names the block.
    public var hash: BlockHash {
        BlockHash(SHA256.doubleHash(encoded()))
    }

    /// The largest hash that `bits` admits.
    public var target: ProofOfWorkTarget? {
        ProofOfWorkTarget(bits: bits)
    }

    /// Whether the hash meets the target that the header itself names.
    ///
    /// Anybody can name an easy target: use `meetsProofOfWork(on:)` for headers from outside.
    public var meetsOwnTarget: Bool {
        guard let target else { return false }
        return target.admits(hash)
    }

    /// Whether the hash meets the header's target, and that is no easier than a network allows.
    public func meetsProofOfWork(on network: Network) -> Bool {
        guard let target, let limit = ProofOfWorkTarget(bits: network.proofOfWorkLimitBits) else {
            return false
        }
        return target <= limit && target.admits(hash)
    }
}

/// The largest hash that a block may have, as a 256-bit number.
public struct ProofOfWorkTarget: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Most significant byte first.
    public let bytes: Bytes32

    /// Reads the compact form: a byte of size, three bytes of digits (Bitcoin Core: `SetCompact`).
    ///
    /// - Returns: `nil` for zero, negative numbers and numbers above 256 bits.
    public init?(bits: UInt32) {
        let size = Int(bits >> 24)
        guard bits & 0x80_0000 == 0 else { return nil }
        var target = Bytes32.zero
        for index in 0..<3 {
            let digit = UInt8(truncatingIfNeeded: bits >> (8 * (2 - index)))
            // The digits end `size` bytes from the end; those behind the last byte fall away.
            let position = Bytes32.byteCount - size + index
            guard position < Bytes32.byteCount, digit != 0 else { continue }
            guard position >= 0 else { return nil }
            target[position] = digit
        }
        guard target != .zero else { return nil }
        bytes = target
    }

    /// Whether a hash, read as a number, is at most the target.
    public func admits(_ hash: BlockHash) -> Bool {
        guard let number = Bytes32(hash.bytes.bytes.reversed()) else { return false }
        return number <= bytes
    }

    /// Smaller number, that is harder work, first.
    public static func < (left: ProofOfWorkTarget, right: ProofOfWorkTarget) -> Bool {
        left.bytes < right.bytes
    }

    /// 64 hexadecimal digits.
    public var description: String {
        bytes.hex
    }
}
