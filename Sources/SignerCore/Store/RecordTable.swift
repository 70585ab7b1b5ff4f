import Primitives

/// The tables whose rows are authenticated, by their names in SQLite.
///
/// All have the same three columns: key, value (deterministic CBOR) and code.
enum RecordTable: String, CaseIterable, Hashable {
    /// Sealed secrets of the signer, such as its seed.
    case secret
    /// Sealed roots of nonce sessions that are not burnt.
    case nonceRoot = "nonce_root"
    case nonceSession = "nonce_session"
    /// The open session and the number of sessions so far, by ceremony and round.
    case nonceSlot = "nonce_slot"
    /// Which session answers a request, by the request's digest.
    case sessionRequest = "session_request"
    /// Every public key digest that was ever announced.
    case announcedKey = "announced_key"
    /// The same by owner and name.
    case announcedName = "announced_name"
    case oneTime = "one_time"
    /// Up to which epoch a person vouches for the one-time keys of a ceremony.
    case reconciliation
    case peer
    case ceremony
    case keyBundle = "key_bundle"
    case channel
    case counter
    case setting
    /// Long byte strings, by their SHA-256.
    case blob
}

/// One row of an authenticated table.
struct Record: Hashable {
    let table: RecordTable
    let key: [UInt8]
    let value: [UInt8]

    var reference: RecordReference { RecordReference(table: table.rawValue, key: key) }

    /// What the code of the row covers; the lengths keep key and value apart.
    func authenticatedBytes(vault: Bytes32) -> [UInt8] {
        let name = Array(table.rawValue.utf8)
        var writer = ByteWriter()
        writer.append(vault.bytes)
        writer.appendUInt64BE(VaultFormat.version)
        writer.appendUInt64BE(UInt64(name.count))
        writer.append(name)
        writer.appendUInt64BE(UInt64(key.count))
        writer.append(key)
        writer.append(value)
        return writer.bytes
    }
}

/// How many rows a table has, and the sum of their tokens.
///
/// Tokens are secret and the sum is sealed, so nobody can choose rows that cancel each other.
struct TableSum: Hashable {
    private(set) var count: UInt64 = 0
    private(set) var sum = Bytes32.zero

    init() {}

    init(count: UInt64, sum: Bytes32) {
        self.count = count
        self.sum = sum
    }

    mutating func add(_ token: Bytes32) {
        count += 1
        combine(token)
    }

    mutating func remove(_ token: Bytes32) {
        count -= 1
        combine(token)
    }

    private mutating func combine(_ token: Bytes32) {
        let mixed = zip(sum.bytes, token.bytes).map { $0 ^ $1 }
        guard let exact = Bytes32(mixed) else {
            preconditionFailure("the exclusive or of 32 bytes has 32 bytes")
        }
        sum = exact
    }
}
