import Bitcoin
import Curve
import Primitives

// Canonical encodings of the model: deterministic CBOR records with integer keys. Field numbers
// are never used again for something else. Documented in docs/protocol/bundles.md.

extension CeremonyDefinition {
    static let encodingVersion: UInt64 = 1

    /// The canonical bytes that `id` is the digest of.
    package func encoded() -> [UInt8] {
        var fields: [UInt64: CBORValue] = [
            1: .unsigned(Self.encodingVersion),
            2: .text(program.rawValue),
            3: .text(network.rawValue),
            4: .text(title),
            5: .bytes(instance),
            6: .array(participants.map(\.record)),
            8: lock.record,
        ]
        fields[7] = lastSigner.map { .unsigned(UInt64($0)) }
        return CBORValue.record(fields).encode()
    }

    /// - Throws: `ModelError`; anything but the canonical encoding is refused.
    package init(decoding bytes: [UInt8]) throws(ModelError) {
        do {
            try self.init(
                record: CBORValue.decode(bytes, limits: .model))
        } catch let error as ModelError {
            throw error
        } catch {
            throw .malformed(record: "definition", reason: "\(error)")
        }
        guard encoded() == bytes else {
            throw .malformed(record: "definition", reason: "not in canonical order")
        }
    }

    private init(record value: CBORValue) throws {
        var record = try CBORRecord(value)
        let version = try record.unsigned(1)
        guard version == Self.encodingVersion else {
            throw ModelError.malformed(record: "definition", reason: "version \(version)")
        }
        let program = try record.text(2)
        guard ProgramKind(rawValue: program) == .cardinalLock else {
            throw ModelError.unknownProgram(NameRule.printable(program))
        }
        let networkName = try record.text(3)
        guard let network = Network(rawValue: networkName) else {
            throw ModelError.invalidField(name: "network", reason: "unknown")
        }
        let title = try record.text(4)
        let instance = try record.bytes(5)
        let participants = try record.array(6).map(Participant.init(record:))
        var last: OperatorName?
        if let index = try record.optionalUnsigned(7) {
            guard index < UInt64(participants.count) else {
                throw ModelError.unknownLastSigner("number \(index)")
            }
            last = participants[Int(index)].name
        }
        let lock = try LockParameters(record: record.take(8))
        try record.finish()
        try self.init(
            network: network, title: title, instance: instance, participants: participants,
            lastSigner: last, lock: lock)
    }
}

extension Participant {
    var record: CBORValue {
        .record([1: .text(name.text), 2: .bytes(identity.bytes)])
    }

    init(record value: CBORValue) throws {
        var record = try CBORRecord(value)
        name = try OperatorName(record.text(1))
        identity = try record.xOnlyKey(2)
        try record.finish()
    }
}

extension LockParameters {
    var record: CBORValue {
        .record([
            1: .bytes(user.bytes), 2: .bytes(secretHash.bytes),
            3: .unsigned(ordinalAmount.satoshi), 4: .unsigned(feeAmount.satoshi),
            5: .unsigned(UInt64(requestTimeout.value)), 6: .unsigned(UInt64(endOfLife.value)),
            7: .unsigned(feeRate.satoshiPerKilovirtualbyte),
        ])
    }

    init(record value: CBORValue) throws {
        var record = try CBORRecord(value)
        user = try record.xOnlyKey(1)
        secretHash = try record.bytes32(2)
        ordinalAmount = try Amount(record.unsigned(3))
        feeAmount = try Amount(record.unsigned(4))
        requestTimeout = try record.blockCount(5)
        endOfLife = try record.blockCount(6)
        feeRate = FeeRate(satoshiPerKilovirtualbyte: try record.unsigned(7))
        try record.finish()
    }
}
