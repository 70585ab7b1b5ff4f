package import Bitcoin
package import Curve
package import Model
import Primitives
import Secrets

/// Who a signer is: fixed when its vault is made.
package struct SignerProfile: Hashable, Sendable {
    package let name: OperatorName
    package let network: Network
    /// Blocks that a trip to the cold machine may take; nil for the network's standard.
    package let coldTripBlocks: BlockCount?
    /// The key that signs this signer's bundles.
    package let identity: XOnlyPublicKey

    static let settingName = "signer/profile"

    func encoded() -> [UInt8] {
        var fields: [UInt64: CBORValue] = [
            1: .text(name.text), 2: .text(network.rawValue), 4: .bytes(identity.bytes),
        ]
        fields[3] = coldTripBlocks.map { .unsigned(UInt64($0.value)) }
        return CBORValue.record(fields).encode()
    }

    init(
        name: OperatorName, network: Network, coldTripBlocks: BlockCount?,
        identity: XOnlyPublicKey
    ) {
        self.name = name
        self.network = network
        self.coldTripBlocks = coldTripBlocks
        self.identity = identity
    }

    /// - Returns: nil for anything but the encoding of a profile.
    init?(decoding bytes: [UInt8]) {
        do {
            try self.init(record: CBORValue.decode(bytes, limits: .standard))
        } catch { return nil }
    }

    private init(record value: CBORValue) throws {
        var record = try CBORRecord(value, known: 1, 2, 3, 4)
        let name = try OperatorName(record.text(1))
        let networkName = try record.text(2)
        let blocks = try record.optionalUnsigned(3)
        guard let network = Network(rawValue: networkName) else { throw CBORError.unknownKey(2) }
        guard let identity = XOnlyPublicKey(try record.bytes(4)) else {
            throw CBORError.unknownKey(4)
        }
        self.init(
            name: name, network: network,
            coldTripBlocks: blocks.flatMap { BlockCount(exactly: $0) }, identity: identity)
    }
}

extension SignerProfile {
    /// Writes what a signer is never without: its seed, this profile, and where payouts begin.
    func store(
        in transaction: VaultTransaction, _ new: NewSigner, _ seed: borrowing Seed
    ) throws(VaultError) {
        try seed.withBytes { bytes throws(VaultError) in
            try transaction.secrets.store(Signer.seedName, bytes)
        }
        try transaction.settings.set(Self.settingName, encoded())
        if new.payoutIndex > 0 {
            try transaction.counters.start(Signer.payoutCounter, at: UInt64(new.payoutIndex))
        }
        try transaction.log.append(
            LogEvent(.note, [identity.bytes32], detail: "signer \(name.text)"))
    }
}

/// What a person decides when a signer is made.
package struct NewSigner: Hashable, Sendable {
    package let name: OperatorName
    package let network: Network
    package let coldTripBlocks: BlockCount?
    package let origin: VaultOrigin
    /// The index of the first payout address; above those of programs that the words had before.
    package let payoutIndex: UInt32

    /// - Parameter payoutIndex: Below 2^31.
    package init(
        name: OperatorName, network: Network, coldTripBlocks: BlockCount?, origin: VaultOrigin,
        payoutIndex: UInt32 = 0
    ) {
        precondition(payoutIndex < 1 << 31, "a payout address has an unhardened index")
        self.name = name
        self.network = network
        self.coldTripBlocks = coldTripBlocks
        self.origin = origin
        self.payoutIndex = payoutIndex
    }
}

extension KeyNetwork {
    init(_ network: Network) {
        self =
            switch network {
            case .mainnet: .mainnet
            case .testnet4: .testnet4
            case .signet: .signet
            case .regtest: .regtest
            }
    }
}
