package import Curve
package import Primitives

/// How a tweak changes an aggregate key (BIP-327, "Tweaking").
package enum TweakMode: Hashable, Sendable {
    /// To the key as it is, as BIP-32 derives.
    case plain
    /// To the key with even y, as BIP-341 makes output keys.
    case xOnly
}

/// A number to add to an aggregate key.
package struct Tweak: Hashable, Sendable {
    /// The number.
    package let scalar: Scalar
    /// What it is added to.
    package let mode: TweakMode

    package init(_ scalar: Scalar, _ mode: TweakMode) {
        self.scalar = scalar
        self.mode = mode
    }

    /// Exact decoding.
    ///
    /// - Throws: `tweakOutOfRange` for the group order or more.
    package init(_ bytes: Bytes32, _ mode: TweakMode) throws(MuSig2Error) {
        guard let scalar = Scalar(bytes) else { throw .tweakOutOfRange }
        self.init(scalar, mode)
    }
}
