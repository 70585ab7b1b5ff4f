package import Bitcoin
package import Model
import Primitives

extension LockParameters {
    /// A lock that every rule of the regtest policy accepts, for up to 15 operators.
    package static func fixture() throws -> LockParameters {
        LockParameters(
            user: try FixtureKey("user").xOnly,
            secretHash: SHA256.hash(CeremonyFixture.preimage), ordinalAmount: 10_000,
            feeAmount: 100_000, requestTimeout: BlockCount(20), endOfLife: BlockCount(60),
            feeRate: FeeRate(satoshiPerKilovirtualbyte: 2_000))
    }

    /// The same parameters with one of them replaced.
    package func changing<Value>(
        _ field: KeyPath<LockParameters, Value>, to value: Value
    ) -> LockParameters {
        func pick<Field>(_ path: KeyPath<LockParameters, Field>) -> Field {
            if path == field, let changed = value as? Field { return changed }
            return self[keyPath: path]
        }
        return LockParameters(
            user: pick(\.user), secretHash: pick(\.secretHash),
            ordinalAmount: pick(\.ordinalAmount), feeAmount: pick(\.feeAmount),
            requestTimeout: pick(\.requestTimeout), endOfLife: pick(\.endOfLife),
            feeRate: pick(\.feeRate))
    }
}

extension CeremonyDefinition {
    /// A definition of operators with names `op-00`, `op-01`, … and of what else is given.
    package static func fixture(
        operators: [FixtureOperator], network: Network = .regtest, title: String = "test lock",
        lastSigner: OperatorName? = nil, lock: LockParameters? = nil
    ) throws -> CeremonyDefinition {
        try CeremonyDefinition(
            network: network, title: title, instance: [UInt8](0..<16),
            participants: operators.map(\.participant), lastSigner: lastSigner,
            lock: lock ?? .fixture())
    }
}
