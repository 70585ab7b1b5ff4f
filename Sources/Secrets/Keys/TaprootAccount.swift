package import Curve
import Primitives

/// The public part of an operator's BIP-86 account `m/86h/coin/0h`: where payouts go.
package struct TaprootAccount: Hashable, Sendable {
    package let network: KeyNetwork
    /// Fingerprint of the master key.
    package let masterFingerprint: UInt32
    /// The extended public key of the account.
    package let key: ExtendedPublicKey

    /// The account of a seed.
    package init(seed: borrowing Seed, network: KeyNetwork) throws(SecretsError) {
        let master = try ExtendedKey(masterOf: seed)
        let account = try master.derived(Self.path(network))
        self.network = network
        masterFingerprint = master.fingerprint
        key = account.publicPart
    }

    /// `86h/coin/0h`.
    package static func path(_ network: KeyNetwork) -> DerivationPath {
        DerivationPath([.hardened(86), .hardened(network.coinType), .hardened(0)])
    }

    /// The fingerprint as descriptors write it: eight hexadecimal digits.
    package var fingerprintText: String {
        let digits = String(masterFingerprint, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// `tr([fingerprint/86h/coin/0h]xpub/0/*)#checksum`, which other wallets import.
    package var descriptor: String {
        let origin = "[\(fingerprintText)/\(Self.path(network))]"
        let body = "tr(\(origin)\(key.text(network))/0/*)"
        guard let checksum = DescriptorChecksum.letters(for: body) else {
            preconditionFailure("a descriptor is made of descriptor letters")
        }
        return "\(body)#\(checksum)"
    }

    /// The output at `m/86h/coin/0h/0/index`.
    ///
    /// - Parameter index: Below 2³¹.
    package func output(at index: UInt32) throws(SecretsError) -> TaprootOutput {
        try TaprootOutput(key: try key.child(0).child(index).publicKey, index: index)
    }
}

/// A pay-to-taproot output without script tree, as BIP-86 makes it.
package struct TaprootOutput: Hashable, Sendable {
    package let index: UInt32
    package let internalKey: XOnlyPublicKey
    package let outputKey: XOnlyPublicKey

    /// - Throws: `noKeyAtIndex` where the tweak is out of range (probability below 2^-127).
    init(key: PublicKey, index: UInt32) throws(SecretsError) {
        self.index = index
        internalKey = key.xOnly
        do throws(CurveError) {
            outputKey = try internalKey.tapTweaked(merkleRoot: nil).outputKey
        } catch {
            throw .noKeyAtIndex(index)
        }
    }

    /// The 34 bytes `OP_1 <32-byte output key>`.
    package var scriptPubKey: [UInt8] { [0x51, 0x20] + outputKey.bytes }
}
