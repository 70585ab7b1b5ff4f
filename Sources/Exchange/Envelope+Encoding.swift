import Bitcoin
import Curve
import Model
import Primitives

extension Envelope {
    /// Keys below this number are critical: a reader that does not know one refuses the bundle.
    ///
    /// From here on a newer program may add what older readers can safely ignore.
    static let firstOptionalKey: UInt64 = 128

    package func encoded() -> [UInt8] {
        var fields: [UInt64: CBORValue] = [
            1: .unsigned(Self.formatVersion), 2: .unsigned(kind.rawValue),
            3: .unsigned(direction.rawValue), 4: .text(network.rawValue),
            6: .bytes(sender.bytes), 8: .unsigned(sequence), 9: .bytes(previous.bytes),
            10: .unsigned(head.index), 11: .bytes(head.hash.bytes), 12: .bytes(payload),
        ]
        fields[5] = ceremony.map { .bytes($0.digest.bytes) }
        fields[7] = recipient.map { .bytes($0.bytes) }
        return CBORValue.record(fields).encode()
    }

    /// - Throws: `ExchangeError.malformed`, `.unsupportedVersion` or `.unknownKind`.
    package init(decoding bytes: [UInt8]) throws(ExchangeError) {
        let value = try Decoding.value(bytes, part: "envelope")
        do {
            try self.init(record: value)
        } catch let error as ExchangeError {
            throw error
        } catch {
            throw .malformed(part: "envelope", reason: "\(error)")
        }
    }

    private init(record value: CBORValue) throws {
        var record = try CBORRecord(value)
        let version = try record.unsigned(1)
        guard version == Self.formatVersion else {
            throw ExchangeError.unsupportedVersion(version, supported: Self.formatVersion)
        }
        let kindNumber = try record.unsigned(2)
        guard let kind = BundleKind(rawValue: kindNumber) else {
            throw ExchangeError.unknownKind(kindNumber)
        }
        let directionNumber = try record.unsigned(3)
        guard let direction = BundleDirection(rawValue: directionNumber) else {
            throw ModelError.invalidField(
                name: "direction", reason: "unknown value \(directionNumber)")
        }
        guard let network = Network(rawValue: try record.text(4)) else {
            throw ModelError.invalidField(name: "network", reason: "unknown")
        }
        let ceremony = try record.contains(5) ? CeremonyID(record.bytes32(5)) : nil
        let sender = try record.xOnlyKey(6)
        let recipient = try record.contains(7) ? record.xOnlyKey(7) : nil
        let sequence = try record.unsigned(8)
        let previous = try record.bytes32(9)
        let head = LogHead(index: try record.unsigned(10), hash: try record.bytes32(11))
        let payload = try record.bytes(12)
        try record.finish(ignoringKeysFrom: Self.firstOptionalKey)
        self.init(
            kind: kind, direction: direction, network: network, ceremony: ceremony,
            sender: sender, recipient: recipient, sequence: sequence, previous: previous,
            head: head, payload: payload)
    }
}
