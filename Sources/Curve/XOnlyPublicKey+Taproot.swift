public import Primitives

extension XOnlyPublicKey {
    private static let tapTweakHash = TaggedHash("TapTweak")
    private static let unspendableHash = TaggedHash("BitVMX/unspendable")

    /// BIP-341's point H, of which nobody knows the discrete logarithm.
    ///
    /// - Source: BIP-341, "Constructing and spending Taproot outputs".
    public static let nums: XOnlyPublicKey = {
        let x = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0"
        guard let key = XOnlyPublicKey(hex: x) else { preconditionFailure("H is on the curve") }
        return key
    }()

    /// `H + r * G`, r being the tagged hash "BitVMX/unspendable" of a digest: an internal key whose
    /// key path nobody can spend, which whoever knows the digest can check.
    public static func unspendable(derivedFrom digest: Bytes32) -> XOnlyPublicKey {
        let offset = Scalar(reducing: unspendableHash.hash(digest.bytes))
        do throws(CurveError) {
            return try nums.lifted.tweakAdded(offset).xOnly
        } catch {
            preconditionFailure("a hash is no discrete logarithm of -H")
        }
    }

    /// The scalar t of BIP-341: tagged hash "TapTweak" of the internal key and the Merkle root.
    ///
    /// - Parameter merkleRoot: nil for an output without script tree.
    /// - Throws: `scalarOutOfRange` where the hash is n or more.
    public func tapTweak(merkleRoot: Bytes32?) throws(CurveError) -> Scalar {
        guard let tweak = Scalar(Self.tapTweakHash.hash(bytes, merkleRoot?.bytes ?? [])) else {
            throw .scalarOutOfRange
        }
        return tweak
    }

    /// The output key of BIP-341 for this internal key.
    ///
    /// - Parameter merkleRoot: nil for an output without script tree.
    /// - Returns: The key, and the parity of its y (0 or 1) for control blocks.
    public func tapTweaked(
        merkleRoot: Bytes32?
    ) throws(CurveError) -> (outputKey: XOnlyPublicKey, parity: UInt8) {
        let output = try lifted.tweakAdded(tapTweak(merkleRoot: merkleRoot))
        return (output.xOnly, output.parity)
    }
}
