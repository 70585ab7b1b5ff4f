package import Curve
package import Primitives

/// `keyagg_ctx` of BIP-327: the aggregate of individual public keys, with tweaks.
///
/// Aggregation happens once; copies, and sessions made from one context, share the key list and
/// its coefficients.
package struct KeyAggContext: Hashable, Sendable {
    /// The individual keys in the order that was aggregated.
    package let publicKeys: [PublicKey]
    /// Q: the aggregate key with all tweaks.
    package private(set) var aggregateKey: PublicKey
    /// gacc: 1 or -1, the sign that the x-only tweaks so far gave the individual keys.
    package private(set) var accumulatedSign = Scalar.one
    /// tacc: the sum of all tweaks, each with its sign.
    package private(set) var accumulatedTweak = Scalar.zero
    /// KeyAggCoef of each key, by index.
    private let coefficients: [Scalar]

    private static let listHash = TaggedHash("KeyAgg list")
    private static let coefficientHash = TaggedHash("KeyAgg coefficient")

    /// KeyAgg of keys in the order given; sort them first where the parties agree on a set.
    ///
    /// - Throws: `noContribution`; `aggregateKeyAtInfinity` for keys that nobody meets by chance.
    package init(_ publicKeys: [PublicKey]) throws(MuSig2Error) {
        guard let first = publicKeys.first else { throw .noContribution(.publicKey) }
        let second = publicKeys.first { $0 != first }
        let list = Self.listHash.hash(publicKeys.flatMap(\.bytes)).bytes
        coefficients = publicKeys.map { key in
            key == second
                ? .one : Scalar(reducing: Self.coefficientHash.hash(list, key.bytes))
        }
        let terms = zip(publicKeys, coefficients).map { key, coefficient in
            coefficient == .one ? .point(key) : CurvePoint.point(key).multiplied(by: coefficient)
        }
        guard let aggregateKey = CurvePoint.sum(of: terms).key else {
            throw .aggregateKeyAtInfinity
        }
        self.publicKeys = publicKeys
        self.aggregateKey = aggregateKey
    }

    /// KeyAgg of encoded keys in the order given.
    ///
    /// - Throws: `invalidContribution` with the index of the first key that is none, and as above.
    package init(decoding publicKeys: [[UInt8]]) throws(MuSig2Error) {
        var keys: [PublicKey] = []
        for (signerIndex, bytes) in publicKeys.enumerated() {
            guard let key = PublicKey(bytes) else {
                throw .invalidContribution(.publicKey, signerIndex: signerIndex)
            }
            keys.append(key)
        }
        try self.init(keys)
    }

    /// The aggregate key as BIP-340 verifies with it.
    package var xOnly: XOnlyPublicKey { aggregateKey.xOnly }

    /// ApplyTweak of BIP-327.
    ///
    /// - Throws: `aggregateKeyAtInfinity`.
    package func applying(_ tweak: Tweak) throws(MuSig2Error) -> KeyAggContext {
        let flips = tweak.mode == .xOnly && aggregateKey.parity == 1
        let base = flips ? aggregateKey.negated : aggregateKey
        guard let tweaked = CurvePoint.point(base).tweakAdded(tweak.scalar).key else {
            throw .aggregateKeyAtInfinity
        }
        var context = self
        context.aggregateKey = tweaked
        context.accumulatedSign = flips ? -accumulatedSign : accumulatedSign
        context.accumulatedTweak =
            tweak.scalar + (flips ? -accumulatedTweak : accumulatedTweak)
        return context
    }

    /// ApplyTweak of BIP-327.
    package func applyingTweak(
        _ scalar: Scalar, _ mode: TweakMode
    ) throws(MuSig2Error) -> KeyAggContext {
        try applying(Tweak(scalar, mode))
    }

    /// ApplyTweak of BIP-327.
    ///
    /// - Throws: `tweakOutOfRange` as well.
    package func applyingTweak(
        _ bytes: Bytes32, _ mode: TweakMode
    ) throws(MuSig2Error) -> KeyAggContext {
        try applying(Tweak(bytes, mode))
    }

    /// KeyAggCoef of a key; nil where it is not among the keys.
    package func coefficient(of key: PublicKey) -> Scalar? {
        publicKeys.firstIndex(of: key).map { coefficients[$0] }
    }

    /// `g * gacc` of BIP-327: the sign that every secret key takes when it signs.
    package var signingSign: Scalar {
        aggregateKey.parity == 0 ? accumulatedSign : -accumulatedSign
    }

    /// `g * tacc` of BIP-327: what the tweaks add to a signature, before the challenge.
    package var signingTweak: Scalar {
        aggregateKey.parity == 0 ? accumulatedTweak : -accumulatedTweak
    }
}
