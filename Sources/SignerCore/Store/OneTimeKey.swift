package import Primitives

/// Names a one-time key: one variable of one instance of a ceremony, and whose it is.
package struct OneTimeKeyName: Hashable, Sendable {
    package let ceremony: Bytes32
    package let instance: String
    package let variable: String
    package let owner: OneTimeKeyOwner

    package init(
        ceremony: Bytes32, instance: String, variable: String, owner: OneTimeKeyOwner = .me
    ) {
        self.ceremony = ceremony
        self.instance = instance
        self.variable = variable
        self.owner = owner
    }

    /// The lengths of the parts keep different names apart.
    var key: [UInt8] { CBORValue.array(values).encode() }

    var values: [CBORValue] {
        let owner: CBORValue =
            switch owner {
            case .me: .null
            case .peer(let identity): .bytes(identity)
            }
        return [owner, .digest(ceremony), .text(instance), .text(variable)]
    }

    init(_ values: [CBORValue]) throws(CBORError) {
        guard values.count == 4 else {
            throw .outOfRange(UInt64(values.count), maximum: 4)
        }
        owner = values[0] == .null ? .me : .peer(identity: try values[0].bytes())
        ceremony = try values[1].bytes32()
        instance = try values[2].text()
        variable = try values[3].text()
    }
}

/// Who holds the secret of a one-time key.
package enum OneTimeKeyOwner: Hashable, Sendable {
    /// This signer.
    case me
    /// An enrolled peer, by its identity.
    case peer(identity: [UInt8])
}

/// A one-time key with the digest of its public key.
package struct OneTimeKey: Hashable, Sendable {
    package let name: OneTimeKeyName
    package let publicKeyDigest: Bytes32

    package init(name: OneTimeKeyName, publicKeyDigest: Bytes32) {
        self.name = name
        self.publicKeyDigest = publicKeyDigest
    }
}

/// What the registry remembers of a public key digest and whoever announced it.
struct AnnouncedKey: StoredRecord {
    let name: OneTimeKeyName
    let epoch: UInt64

    /// The record's key: the digest, and after it the identity of a peer.
    static func key(_ digest: Bytes32, _ owner: OneTimeKeyOwner) -> [UInt8] {
        switch owner {
        case .me: digest.bytes
        case .peer(let identity): digest.bytes + identity
        }
    }

    var fields: [UInt64: CBORValue] { [1: .array(name.values), 2: .unsigned(epoch)] }

    init(name: OneTimeKeyName, epoch: UInt64) {
        self.name = name
        self.epoch = epoch
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        name = try OneTimeKeyName(try record.array(1))
        epoch = try record.unsigned(2)
    }
}

/// Which public key a name has.
struct AnnouncedName: StoredRecord {
    let publicKeyDigest: Bytes32

    var fields: [UInt64: CBORValue] { [1: .digest(publicKeyDigest)] }

    init(publicKeyDigest: Bytes32) {
        self.publicKeyDigest = publicKeyDigest
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        publicKeyDigest = try record.bytes32(1)
    }
}

/// What a one-time key has signed, ever.
package struct SpentOneTimeKey: Hashable, Sendable {
    package let publicKeyDigest: Bytes32
    package let messageDigest: Bytes32
    /// SHA-256 of the stored bytes.
    package let response: Bytes32
}

struct SpentKeyContent: StoredRecord {
    let message: Bytes32
    let response: Bytes32

    var fields: [UInt64: CBORValue] { [1: .digest(message), 2: .digest(response)] }

    init(message: Bytes32, response: Bytes32) {
        self.message = message
        self.response = response
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        message = try record.bytes32(1)
        response = try record.bytes32(2)
    }
}

/// The word of a person that the one-time keys of a ceremony are accounted for.
struct Reconciliation: StoredRecord {
    let epoch: UInt64
    let evidence: Bytes32

    var fields: [UInt64: CBORValue] { [1: .unsigned(epoch), 2: .digest(evidence)] }

    init(epoch: UInt64, evidence: Bytes32) {
        self.epoch = epoch
        self.evidence = evidence
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        epoch = try record.unsigned(1)
        evidence = try record.bytes32(2)
    }
}
