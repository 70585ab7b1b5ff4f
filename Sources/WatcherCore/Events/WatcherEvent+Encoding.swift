import Bitcoin
import Curve
import Model
import Primitives

// Canonical encodings of the event log. Numbers are never used again for something else.

extension WatcherEvent {
    /// The number that starts the event's record.
    private enum Kind: UInt64 {
        case initialised = 1
        case enrolled
        case programCreated
        case funded
        case attemptStarted
        case requested
        case accepted
        case published
        case confirmed
        case unconfirmed
    }

    package func encoded() -> [UInt8] {
        let (kind, fields) = content
        return CBORValue.record([0: .unsigned(kind.rawValue)].merging(fields) { $1 }).encode()
    }

    private var content: (Kind, [UInt64: CBORValue]) {
        switch self {
        case .initialised(let name, let network, let identity):
            let fields: [UInt64: CBORValue] = [
                1: .text(name.text), 2: .text(network.rawValue), 3: .bytes(identity.bytes),
            ]
            return (.initialised, fields)
        case .enrolled(let bundle, let relation):
            return (.enrolled, [1: .bytes(bundle), 2: .unsigned(relation.rawValue)])
        case .programCreated(let definition):
            return (.programCreated, [1: .bytes(definition.encoded())])
        case .funded(let ceremony, let funding):
            return (.funded, [1: ceremony.field].merging(funding.fields) { $1 })
        case .attemptStarted(let ceremony, let attempt):
            return (.attemptStarted, [1: ceremony.field, 2: .unsigned(UInt64(attempt))])
        case .requested(let bundle): return (.requested, [1: .bytes(bundle)])
        case .accepted(let bundle): return (.accepted, [1: .bytes(bundle)])
        case .published(let ceremony, let label, let txid):
            let fields: [UInt64: CBORValue] = [
                1: ceremony.field, 2: .text(label.text), 3: .bytes(txid.bytes.bytes),
            ]
            return (.published, fields)
        case .confirmed(let ceremony, let label, let position):
            let fields: [UInt64: CBORValue] = [
                1: ceremony.field, 2: .text(label.text),
                3: .bytes(position.txid.bytes.bytes),
                4: .bytes(position.blockHash.bytes.bytes),
                5: .unsigned(UInt64(position.height.value)),
            ]
            return (.confirmed, fields)
        case .unconfirmed(let ceremony, let label):
            return (.unconfirmed, [1: ceremony.field, 2: .text(label.text)])
        }
    }

    /// - Throws: `WatcherError.damagedEvent`; only what `encoded()` writes is accepted.
    package init(decoding bytes: [UInt8]) throws(WatcherError) {
        do {
            var record = try CBORRecord(CBORValue.decode(bytes, limits: .event))
            let number = try record.unsigned(0)
            guard let kind = Kind(rawValue: number) else {
                throw WatcherError.damagedEvent(reason: "unknown event kind \(number)")
            }
            self = try Self.event(kind, &record)
            try record.finish()
        } catch let error as WatcherError {
            throw error
        } catch {
            throw .damagedEvent(reason: "\(error)")
        }
    }

    private static func event(_ kind: Kind, _ record: inout CBORRecord) throws -> WatcherEvent {
        switch kind {
        case .initialised:
            let network = try Network(rawValue: record.text(2))
                .orDamaged("unknown network")
            return .initialised(
                name: try OperatorName(record.text(1)), network: network,
                identity: try record.xOnlyKey(3))
        case .enrolled:
            let relation = try SignerRelation(rawValue: record.unsigned(2))
                .orDamaged("unknown relation")
            return .enrolled(bundle: try record.bytes(1), relation: relation)
        case .programCreated:
            return .programCreated(try CeremonyDefinition(decoding: record.bytes(1)))
        case .funded:
            return .funded(try record.ceremony(1), try Funding(&record))
        case .attemptStarted:
            return .attemptStarted(
                try record.ceremony(1), attempt: try record.unsigned32(2))
        case .requested: return .requested(bundle: try record.bytes(1))
        case .accepted: return .accepted(bundle: try record.bytes(1))
        case .published:
            return .published(
                try record.ceremony(1), try record.label(2), Txid(try record.bytes32(3)))
        case .confirmed:
            let position = ChainPosition(
                txid: Txid(try record.bytes32(3)), blockHash: BlockHash(try record.bytes32(4)),
                height: BlockHeight(try record.unsigned32(5)))
            return .confirmed(try record.ceremony(1), try record.label(2), position)
        case .unconfirmed:
            return .unconfirmed(try record.ceremony(1), try record.label(2))
        }
    }
}

extension CeremonyID {
    var field: CBORValue { .bytes(digest.bytes) }
}

extension Funding {
    /// Fields 2 to 4 of a record.
    var fields: [UInt64: CBORValue] {
        [
            2: .bytes(transaction.encoded()), 3: .unsigned(UInt64(ordinalIndex)),
            4: .unsigned(UInt64(feeIndex)),
        ]
    }

    fileprivate init(_ record: inout CBORRecord) throws {
        self.init(
            transaction: try Transaction(decoding: record.bytes(2)),
            ordinalIndex: try record.unsigned32(3), feeIndex: try record.unsigned32(4))
    }
}

extension CBORRecord {
    fileprivate mutating func ceremony(_ key: UInt64) throws -> CeremonyID {
        CeremonyID(try bytes32(key))
    }

    fileprivate mutating func label(_ key: UInt64) throws -> TransactionLabel {
        try TransactionLabel(text(key), of: .cardinalLock).orDamaged("unknown transaction")
    }
}

extension Optional {
    fileprivate func orDamaged(_ reason: String) throws(WatcherError) -> Wrapped {
        guard let self else { throw .damagedEvent(reason: reason) }
        return self
    }
}

extension CBORLimits {
    /// An event holds at most one bundle.
    static let event = CBORLimits(
        byteCount: 65 << 20, depth: 3, itemCount: 1_000, stringByteCount: 64 << 20)
}
