import Bitcoin
import Curve
import Model
import Primitives
import TestSupport

/// What a definition is made of, each field to be changed by itself.
struct DefinitionFields: Sendable {
    var network = Network.regtest
    var title = "test lock"
    var instance = [UInt8](0..<16)
    var participants: [Participant]
    var lastSigner: OperatorName?
    var lock: LockParameters

    init(operatorCount: Int = 3) throws {
        participants = try (0..<operatorCount).map { index in
            Participant(
                name: try OperatorName(CeremonyFixture.name(index)),
                identity: try FixtureKey("identity/\(index)").xOnly)
        }
        lock = try .fixture()
    }

    func definition() throws(ModelError) -> CeremonyDefinition {
        try CeremonyDefinition(
            network: network, title: title, instance: instance, participants: participants,
            lastSigner: lastSigner, lock: lock)
    }

    func changing(_ change: (inout DefinitionFields) throws -> Void) rethrows -> DefinitionFields {
        var copy = self
        try change(&copy)
        return copy
    }

    /// One change of every field that a definition has, by name.
    func changes() throws -> [(name: String, fields: DefinitionFields)] {
        let key = try FixtureKey("somebody else").xOnly
        let other = Participant(name: participants[0].name, identity: key)
        let renamed = Participant(
            name: try OperatorName("renamed"), identity: participants[0].identity)
        let rate = FeeRate(satoshiPerKilovirtualbyte: 2_001)
        return [
            ("network", changing { $0.network = .signet }),
            ("title", changing { $0.title += "." }),
            ("instance", changing { $0.instance[15] ^= 1 }),
            ("a participant less", changing { $0.participants.removeLast() }),
            ("a participant's identity", changing { $0.participants[0] = other }),
            ("a participant's name", changing { $0.participants[0] = renamed }),
            ("last signer", changing { $0.lastSigner = $0.participants[0].name }),
            ("another last signer", changing { $0.lastSigner = $0.participants[1].name }),
            ("user", changing { $0.lock = lock.changing(\.user, to: key) }),
            ("secret hash", changing { $0.lock = lock.changing(\.secretHash, to: .zero) }),
            ("asset", changing { $0.lock = lock.changing(\.ordinalAmount, to: 10_001) }),
            ("fee", changing { $0.lock = lock.changing(\.feeAmount, to: 100_001) }),
            (
                "request time-out",
                changing { $0.lock = lock.changing(\.requestTimeout, to: BlockCount(21)) }
            ),
            ("end of life", changing { $0.lock = lock.changing(\.endOfLife, to: BlockCount(61)) }),
            ("fee rate", changing { $0.lock = lock.changing(\.feeRate, to: rate) }),
        ]
    }
}
