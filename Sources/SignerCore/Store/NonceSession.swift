package import Primitives

/// The place of a nonce session in a ceremony: at most one session is open in it.
package struct NonceSlot: Hashable, Sendable {
    package let ceremony: Bytes32
    /// Which set of signatures, for example `setup`.
    package let round: String

    package init(ceremony: Bytes32, round: String) {
        self.ceremony = ceremony
        self.round = round
    }

    var key: [UInt8] { ceremony.bytes + Array(round.utf8) }
}

/// What a first-round request asks for.
package struct NonceReservation: Hashable, Sendable {
    package let slot: NonceSlot
    /// The digest of everything that the session binds: every transaction, input, leaf, sighash
    /// type and sighash in order, participants and tweaks, own key, protocol version.
    package let sessionDigest: Bytes32
    /// The digest of the request's bytes.
    package let requestDigest: Bytes32

    package init(slot: NonceSlot, sessionDigest: Bytes32, requestDigest: Bytes32) {
        self.slot = slot
        self.sessionDigest = sessionDigest
        self.requestDigest = requestDigest
    }
}

/// Where a session stands: reserved, nonces released, burnt, signed, in this order and never back;
/// aborted from any of the first three.
package enum NonceSessionState: Hashable, Sendable {
    /// The root is sealed; nothing has left.
    case reserved
    /// The public nonces may have left in this response.
    case noncesReleased(response: Bytes32)
    /// The root was handed out for this request and exists no more in the vault.
    case burnt(request: Bytes32)
    /// The signatures for the request are stored and may have left.
    case signed(request: Bytes32, response: Bytes32)
    /// Given up; the request is that of the tombstone, if the session was burnt before.
    case aborted(burntFor: Bytes32?)

    /// The state's name for reports.
    package var name: String {
        switch self {
        case .reserved: "reserved"
        case .noncesReleased: "nonces released"
        case .burnt: "burnt"
        case .signed: "signed"
        case .aborted: "aborted"
        }
    }

    /// Whether the vault still holds the root.
    package var isOpen: Bool {
        switch self {
        case .reserved, .noncesReleased: true
        case .burnt, .signed, .aborted: false
        }
    }
}

/// A nonce session as the vault records it.
package struct NonceSession: Hashable, Sendable {
    package let id: Bytes32
    package let slot: NonceSlot
    package let sessionDigest: Bytes32
    /// The digest of the first-round request.
    package let requestDigest: Bytes32
    package let epoch: UInt64
    package let state: NonceSessionState

    private static let tag = TaggedHash("BitVMX/vault/nonce-session")

    /// The id of a new session: unlike any other of this vault.
    ///
    /// - Parameter ordinal: How many sessions the slot has had, this one included.
    static func id(
        vault: Bytes32, _ reservation: NonceReservation, epoch: UInt64, ordinal: UInt64
    ) -> Bytes32 {
        tag.hash(
            CBORValue.array([
                .digest(vault), .digest(reservation.slot.ceremony),
                .text(reservation.slot.round), .digest(reservation.sessionDigest),
                .unsigned(epoch), .unsigned(ordinal),
            ]).encode())
    }

    func with(_ state: NonceSessionState) -> NonceSession {
        NonceSession(
            id: id, slot: slot, sessionDigest: sessionDigest, requestDigest: requestDigest,
            epoch: epoch, state: state)
    }
}

extension NonceSession: StoredRecord {
    var fields: [UInt64: CBORValue] {
        var fields: [UInt64: CBORValue] = [
            1: .digest(id), 2: .digest(slot.ceremony), 3: .text(slot.round),
            4: .digest(sessionDigest), 5: .digest(requestDigest), 6: .unsigned(epoch),
        ]
        switch state {
        case .reserved:
            fields[7] = .unsigned(0)
        case .noncesReleased(let response):
            fields[7] = .unsigned(1)
            fields[9] = .digest(response)
        case .burnt(let request):
            fields[7] = .unsigned(2)
            fields[8] = .digest(request)
        case .signed(let request, let response):
            fields[7] = .unsigned(3)
            fields[8] = .digest(request)
            fields[9] = .digest(response)
        case .aborted(let request):
            fields[7] = .unsigned(4)
            fields[8] = request.map(CBORValue.digest)
        }
        return fields
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        id = try record.bytes32(1)
        slot = NonceSlot(ceremony: try record.bytes32(2), round: try record.text(3))
        sessionDigest = try record.bytes32(4)
        requestDigest = try record.bytes32(5)
        epoch = try record.unsigned(6)
        switch try record.unsigned(7) {
        case 0: state = .reserved
        case 1: state = .noncesReleased(response: try record.bytes32(9))
        case 2: state = .burnt(request: try record.bytes32(8))
        case 3:
            state = .signed(
                request: try record.bytes32(8), response: try record.bytes32(9))
        case 4: state = .aborted(burntFor: try record.optionalBytes32(8))
        case let code: throw .outOfRange(code, maximum: 4)
        }
    }
}

/// What a slot remembers: how many sessions it had, and which one is open.
struct NonceSlotContent: StoredRecord {
    let sessionCount: UInt64
    let open: Bytes32?

    var fields: [UInt64: CBORValue] {
        var fields: [UInt64: CBORValue] = [1: .unsigned(sessionCount)]
        fields[2] = open.map(CBORValue.digest)
        return fields
    }

    init(sessionCount: UInt64, open: Bytes32?) {
        self.sessionCount = sessionCount
        self.open = open
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        sessionCount = try record.unsigned(1)
        open = try record.optionalBytes32(2)
    }
}

/// Which session a request belongs to.
struct SessionRequest: StoredRecord {
    enum Round: UInt8 {
        case first = 1
        case second = 2
    }

    let session: Bytes32

    static func key(_ request: Bytes32, _ round: Round) -> [UInt8] {
        request.bytes + [round.rawValue]
    }

    var fields: [UInt64: CBORValue] { [1: .digest(session)] }

    init(session: Bytes32) {
        self.session = session
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        session = try record.bytes32(1)
    }
}
