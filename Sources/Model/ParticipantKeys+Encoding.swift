import Bitcoin
import Curve
import Primitives
import Winternitz

extension ParticipantKeys {
    package func encoded() -> [UInt8] {
        let signingRecord = signing.reduce(into: [UInt64: CBORValue]()) { fields, entry in
            fields[UInt64(entry.key.rawValue)] = .array([
                .bytes(entry.value.key.bytes), .bytes(entry.value.proof.bytes),
            ])
        }
        let oneTime = oneTimeKeys.sorted { $0.key < $1.key }.map { name, key in
            CBORValue.array([.text(name.text), .bytes(key.encoded())])
        }
        return CBORValue.record([
            1: .bytes(identity.bytes), 2: .record(signingRecord), 3: .bytes(payout.bytes),
            4: .unsigned(UInt64(payoutIndex)), 5: .array(oneTime),
        ]).encode()
    }

    /// - Throws: `ModelError`; anything but the canonical encoding is refused.
    package init(decoding bytes: [UInt8]) throws(ModelError) {
        do {
            var record = try CBORRecord(CBORValue.decode(bytes, limits: .model))
            let identity = try record.xOnlyKey(1)
            let signing = try Self.signingKeys(record.take(2))
            let payout = Script(try record.bytes(3))
            let payoutIndex = try record.unsigned32(4)
            let oneTimeKeys = try Self.oneTimeKeys(record.array(5))
            try record.finish()
            self.init(
                identity: identity, signing: signing, payout: payout,
                payoutIndex: payoutIndex, oneTimeKeys: oneTimeKeys)
        } catch let error as ModelError {
            throw error
        } catch {
            throw .malformed(record: "participant keys", reason: "\(error)")
        }
        guard encoded() == bytes else {
            throw .malformed(record: "participant keys", reason: "not in canonical order")
        }
    }

    private static func signingKeys(_ value: CBORValue) throws -> [KeyRole: ProvenKey] {
        var record = try CBORRecord(value)
        var keys: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            let parts = try record.byteStrings(UInt64(role.rawValue))
            guard parts.count == 2, let key = PublicKey(parts[0]),
                let proof = SchnorrSignature(parts[1])
            else {
                throw ModelError.invalidField(
                    name: "\(role.text) key", reason: "33-byte point and 64-byte proof expected")
            }
            keys[role] = ProvenKey(key: key, proof: proof)
        }
        try record.finish()
        return keys
    }

    private static func oneTimeKeys(
        _ values: [CBORValue]
    ) throws -> [VariableName: OneTimePublicKey] {
        var keys: [VariableName: OneTimePublicKey] = [:]
        for value in values {
            guard case .array(let parts) = value, parts.count == 2,
                case .text(let name) = parts[0], case .bytes(let bytes) = parts[1]
            else {
                throw ModelError.invalidField(
                    name: "one-time keys", reason: "name and key expected")
            }
            keys[try VariableName(name)] = try OneTimePublicKey(decoding: bytes)
        }
        return keys
    }
}
