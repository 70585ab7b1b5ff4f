import Bitcoin
import Curve
import Model
import Primitives
import TestSupport
import Testing
import Winternitz

@Suite("Participant keys")
struct ParticipantKeysTests {
    static func keys() throws -> (owner: FixtureOperator, keys: ParticipantKeys) {
        let fixture = try CeremonyFixture(operatorCount: 2)
        return (fixture.operators[0], fixture.keys[0])
    }

    @Test("what is encoded decodes to the same")
    func roundTrip() throws {
        let keys = try Self.keys().keys
        #expect(try ParticipantKeys(decoding: keys.encoded()) == keys)
        let last = keys.changing(payoutIndex: .max)
        #expect(try ParticipantKeys(decoding: last.encoded()) == last)
    }

    @Test("every single field is part of the digest")
    func everyFieldCounts() throws {
        let (_, keys) = try Self.keys()
        let other = try FixtureKey("other")
        var changed = [
            keys, keys.changing(identity: other.xOnly), keys.changing(payoutIndex: 1),
            keys.changing(payout: .payToTaproot(outputKey: other.xOnly.bytes32)),
            keys.changing(oneTimeKeys: [:]),
        ]
        for role in KeyRole.allCases {
            let proven = try #require(keys.signing[role])
            var signing = keys.signing
            signing[role] = ProvenKey(key: other.publicKey, proof: proven.proof)
            changed.append(keys.changing(signing: signing))
            signing[role] = ProvenKey(key: proven.key.negated, proof: proven.proof)
            changed.append(keys.changing(signing: signing))
            signing[role] = ProvenKey(key: proven.key, proof: try other.sign(.zero))
            changed.append(keys.changing(signing: signing))
        }
        let key = try #require(keys.oneTimeKeys[.acceptance])
        for index in key.chains.indices {
            var chains = key.chains
            chains[index] = Hash160.hash(chains[index].bytes)
            let tampered = try OneTimePublicKey(parameters: key.parameters, chains: chains)
            changed.append(keys.changing(oneTimeKeys: [.acceptance: tampered]))
        }
        changed.append(keys.changing(oneTimeKeys: [try VariableName("other"): key]))
        #expect(Set(changed.map(\.digest)).count == changed.count)
    }

    @Test("a proof of possession is for one ceremony, owner, role and key")
    func possession() throws {
        let owner = try FixtureKey("owner")
        let key = try FixtureKey("key")
        func message(
            _ ceremony: UInt8 = 1, _ identity: FixtureKey = owner, _ role: KeyRole = .operators,
            _ key: PublicKey = key.publicKey
        ) -> Bytes32 {
            ParticipantKeys.possessionMessage(
                ceremony: CeremonyID(SHA256.hash([ceremony])), identity: identity.xOnly,
                role: role, key: key)
        }
        let messages = [
            message(), message(2), message(1, key), message(1, owner, .release),
            message(1, owner, .operators, key.publicKey.negated),
        ]
        #expect(Set(messages).count == messages.count)
    }

    @Test("other encodings of the same record are refused", arguments: NonCanonicalCBOR.allCases)
    func nonCanonical(_ fault: NonCanonicalCBOR) throws {
        let record = try CBORValue.decode(Self.keys().keys.encoded())
        #expect(throws: ModelError.self) {
            try ParticipantKeys(decoding: fault.encode(record))
        }
    }

    @Test("every field is there and of its kind, and there is no other")
    func fields() throws {
        let record = try CBORValue.decode(Self.keys().keys.encoded())
        for key in 1...5 as ClosedRange<UInt64> {
            for wrong in [nil, .null, .bool(true), .negative(0)] as [CBORValue?] {
                let bytes = record.setting(key, to: wrong).encode()
                #expect(throws: ModelError.self) { try ParticipantKeys(decoding: bytes) }
            }
        }
        let more = record.setting(6, to: .null).encode()
        #expect(throws: ModelError.self) { try ParticipantKeys(decoding: more) }
        let index = record.setting(4, to: .unsigned(1 << 32)).encode()
        #expect(throws: ModelError.self) { try ParticipantKeys(decoding: index) }
    }

    @Test("a key of a role that is missing, unknown or no point is refused")
    func roles() throws {
        let record = try CBORValue.decode(Self.keys().keys.encoded())
        let signing = try #require(record.field(2))
        let proof = CBORValue.bytes([UInt8](repeating: 0, count: 64))
        let wrong: [CBORValue?] = [
            nil, .array([]), .array([.bytes([]), proof]),
            .array([.bytes([2] + [UInt8](repeating: 0xFF, count: 32)), proof]),
            .array([.bytes(try FixtureKey("x").publicKey.bytes), .bytes([])]),
        ]
        for role in KeyRole.allCases {
            for value in wrong {
                let changed = signing.setting(UInt64(role.rawValue), to: value)
                let bytes = record.setting(2, to: changed).encode()
                #expect(throws: ModelError.self) { try ParticipantKeys(decoding: bytes) }
            }
        }
        let third = signing.setting(3, to: signing.field(1))
        #expect(throws: ModelError.self) {
            try ParticipantKeys(decoding: record.setting(2, to: third).encode())
        }
    }

    @Test("one-time keys stand once, in the order of their names")
    func oneTimeKeys() throws {
        let (_, keys) = try Self.keys()
        let key = try #require(keys.oneTimeKeys[.acceptance])
        let two = keys.changing(oneTimeKeys: [.acceptance: key, try VariableName("b"): key])
        #expect(try ParticipantKeys(decoding: two.encoded()) == two)
        let record = try CBORValue.decode(two.encoded())
        guard case .array(let entries) = record.field(5) else {
            Issue.record("one-time keys are an array")
            return
        }
        for wrong in [entries.reversed(), entries + [entries[1]], [.null], [.array([])]] {
            let bytes = record.setting(5, to: .array(wrong)).encode()
            #expect(throws: ModelError.self) { try ParticipantKeys(decoding: bytes) }
        }
    }

    @Test("keys cut off anywhere are refused")
    func truncation() throws {
        let bytes = try Self.keys().keys.encoded()
        for count in bytes.indices {
            #expect(throws: ModelError.self) {
                try ParticipantKeys(decoding: Array(bytes.prefix(count)))
            }
        }
    }
}
