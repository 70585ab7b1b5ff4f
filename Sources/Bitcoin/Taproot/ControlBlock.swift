public import Primitives

/// Why bytes are not a control block.
public enum ControlBlockError: Error, Equatable {
    /// Not 33 bytes and a whole number of hashes, 0 to 128.
    case invalidLength(byteCount: Int)
}

/// What the last item of a script-path witness proves with: leaf version and parity, internal
/// key, and the path from the leaf to the root (BIP-341).
public struct ControlBlock: Hashable, Sendable {
    /// Bytes before the path.
    public static let baseByteCount = 33

    /// Even; 0xC0 is tapscript.
    public let leafVersion: UInt8
    /// 0 or 1, the parity of the output key's y coordinate.
    public let outputKeyParity: UInt8
    /// The x-only key that the output key was tweaked from; not checked to be on the curve.
    public let internalKey: Bytes32
    /// The siblings' hashes from the leaf upwards; at most 128.
    public let merklePath: [Bytes32]

    /// A control block of these parts.
    public init(
        leafVersion: UInt8, outputKeyParity: UInt8, internalKey: Bytes32, merklePath: [Bytes32]
    ) {
        precondition(leafVersion & 1 == 0, "a leaf version is even")
        precondition(outputKeyParity <= 1, "a parity is 0 or 1")
        precondition(merklePath.count <= TapTree.maximumDepth, "a path has at most 128 hashes")
        self.leafVersion = leafVersion
        self.outputKeyParity = outputKeyParity
        self.internalKey = internalKey
        self.merklePath = merklePath
    }

    /// Reads a control block and consumes all bytes.
    public init(decoding bytes: [UInt8]) throws(ControlBlockError) {
        let pathByteCount = bytes.count - Self.baseByteCount
        guard pathByteCount >= 0, pathByteCount.isMultiple(of: Bytes32.byteCount),
            pathByteCount / Bytes32.byteCount <= TapTree.maximumDepth
        else { throw .invalidLength(byteCount: bytes.count) }
        var hashes: [Bytes32] = []
        for start in stride(from: 1, to: bytes.count, by: Bytes32.byteCount) {
            guard let hash = Bytes32(bytes[start..<start + Bytes32.byteCount]) else {
                preconditionFailure("a slice of 32 bytes has 32 bytes")
            }
            hashes.append(hash)
        }
        self.init(
            leafVersion: bytes[0] & 0xFE, outputKeyParity: bytes[0] & 1, internalKey: hashes[0],
            merklePath: Array(hashes.dropFirst()))
    }

    /// The control block as a witness holds it.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: byteCount)
        writer.appendUInt8(leafVersion | outputKeyParity)
        writer.append(internalKey)
        for hash in merklePath {
            writer.append(hash)
        }
        return writer.bytes
    }

    /// Bytes of the control block: 33, and 32 for each step of the path.
    public var byteCount: Int {
        Self.byteCount(depth: merklePath.count)
    }

    /// Bytes of the control block of a leaf at a depth.
    public static func byteCount(depth: Int) -> Int {
        baseByteCount + Bytes32.byteCount * depth
    }

    /// The root that the path leads to from a leaf hash.
    public func merkleRoot(leafHash: Bytes32) -> Bytes32 {
        merklePath.reduce(leafHash, TapBranch.hash)
    }

    /// The root that the path leads to from a script under this block's leaf version.
    public func merkleRoot(script: Script) -> Bytes32 {
        merkleRoot(leafHash: TapLeaf(version: leafVersion, script: script).hash)
    }
}
