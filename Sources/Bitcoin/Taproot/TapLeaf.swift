public import Primitives

/// A leaf of a taproot script tree (BIP-341).
public struct TapLeaf: Hashable, Sendable {
    /// The leaf version of tapscript (BIP-342).
    public static let tapscriptVersion: UInt8 = 0xC0

    private static let leafHash = TaggedHash("TapLeaf")

    /// An even number; 0xC0 is tapscript.
    public let version: UInt8
    /// The script that a spender reveals and satisfies.
    public let script: Script

    /// A leaf; by default of tapscript.
    ///
    /// - Parameter version: Even, because the last bit is the parity in control blocks.
    public init(version: UInt8 = tapscriptVersion, script: Script) {
        precondition(version & 1 == 0, "a leaf version is even")
        self.version = version
        self.script = script
    }

    /// What sighashes and the tree commit to: version, length and script.
    public var hash: Bytes32 {
        var length = ByteWriter()
        length.appendCompactSize(UInt64(script.byteCount))
        return Self.leafHash.hash([version], length.bytes, script.bytes)
    }
}

/// Inner nodes of a taproot script tree.
enum TapBranch {
    private static let branchHash = TaggedHash("TapBranch")

    /// The hash over two children, the lexicographically smaller first.
    static func hash(_ one: Bytes32, _ other: Bytes32) -> Bytes32 {
        let (first, second) = one < other ? (one, other) : (other, one)
        return branchHash.hash(first.bytes, second.bytes)
    }
}
