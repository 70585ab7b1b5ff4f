package import Primitives

/// What a one-time key may do for a message.
package enum OneTimeVerdict: Hashable, Sendable {
    /// The key has signed nothing.
    case unspent
    /// It has signed this message: these bytes, and no others, are sent again.
    case signedBefore(response: [UInt8])
}

/// Which one-time keys were announced and what each has signed.
///
/// One key signs one message: the same message again gives the same bytes, another message is
/// refused for ever. That is all, as in the slashing protection of EIP-3076.
package struct OneTimeLedger<Access: StoreAccess> {
    let book: RecordBook

    /// Judges a message before the signature is made.
    ///
    /// - Throws: `.spent(.keySpent)` after another message; `.refused(.keyNotAnnounced)` for a key
    ///   that is not this signer's under this name; `.spent(.keyNotReconciled)` for an unspent key
    ///   when history was lost and nobody has vouched for its ceremony since.
    package func check(
        _ key: OneTimeKey, messageDigest: Bytes32
    ) throws(VaultError) -> OneTimeVerdict {
        let digest = key.publicKeyDigest
        guard key.name.owner == .me, try announcedName(digest, by: .me) == key.name
        else { throw .refused(.keyNotAnnounced(key.name)) }
        if let spent = try spent(digest) {
            guard spent.messageDigest == messageDigest else {
                throw .spent(
                    .keySpent(key: digest, first: spent.messageDigest, asked: messageDigest))
            }
            let response = try BlobStore<Access>(book: book).required(spent.response)
            return .signedBefore(response: response)
        }
        guard try isAccountedFor(key.name.ceremony) else {
            throw .spent(
                .keyNotReconciled(
                    key: digest, ceremony: key.name.ceremony, epoch: book.current.epoch))
        }
        return .unspent
    }

    /// What a key has signed; `nil` when nothing.
    package func spent(_ publicKeyDigest: Bytes32) throws(VaultError) -> SpentOneTimeKey? {
        let content = try book.load(SpentKeyContent.self, .oneTime, publicKeyDigest.bytes)
        return content.map {
            SpentOneTimeKey(
                publicKeyDigest: publicKeyDigest, messageDigest: $0.message,
                response: $0.response)
        }
    }

    /// Under which name somebody announced a public key; `nil` when that one did not.
    ///
    /// Others may have announced the same: whose it is, the registry does not know.
    package func announcedName(
        _ publicKeyDigest: Bytes32, by owner: OneTimeKeyOwner
    ) throws(VaultError) -> OneTimeKeyName? {
        let key = AnnouncedKey.key(publicKeyDigest, owner)
        return try book.load(AnnouncedKey.self, .announcedKey, key)?.name
    }

    /// The public key digest that was announced under a name.
    package func publicKeyDigest(_ name: OneTimeKeyName) throws(VaultError) -> Bytes32? {
        try book.load(AnnouncedName.self, .announcedName, name.key)?.publicKeyDigest
    }

    /// Whether everything that the keys of a ceremony signed is known.
    ///
    /// In the first epoch it is. Later even a ceremony that looks new may have been in the history
    /// that was lost, with the same keys, because they follow from the seed.
    private func isAccountedFor(_ ceremony: Bytes32) throws(VaultError) -> Bool {
        let epoch = book.current.epoch
        if epoch == 1 { return true }
        let record = try book.load(Reconciliation.self, .reconciliation, ceremony.bytes)
        return record?.epoch == epoch
    }
}

extension OneTimeLedger where Access == WriteAccess {
    /// Enters public keys into the registry, this signer's or a peer's.
    ///
    /// - Throws: `.refused` when its owner ever announced the public key or the name before, and
    ///   when a peer announces a key of this signer's. A key that another peer has announced is
    ///   entered: whoever copies a key must not be able to bar its owner from it.
    package func announce(_ keys: [OneTimeKey]) throws(VaultError) {
        try requireNew(keys)
        for key in keys {
            let announced = AnnouncedKey(name: key.name, epoch: book.current.epoch)
            let record = AnnouncedKey.key(key.publicKeyDigest, key.name.owner)
            try book.save(.announcedKey, record, announced)
            let name = AnnouncedName(publicKeyDigest: key.publicKeyDigest)
            try book.save(.announcedName, key.name.key, name)
        }
        let digests = keys.flatMap(\.publicKeyDigest.bytes)
        try append(.keysAnnounced, [SHA256.hash(digests)], detail: "\(keys.count)")
    }

    /// Records what a key signs.
    ///
    /// The bytes may leave after the commit.
    ///
    /// Recording the same message with the same bytes again changes nothing.
    ///
    /// - Parameter response: The signature, or whatever is to be sent again for this message.
    package func record(
        _ key: OneTimeKey, messageDigest: Bytes32, response: [UInt8]
    ) throws(VaultError) {
        let digest = key.publicKeyDigest
        switch try check(key, messageDigest: messageDigest) {
        case .signedBefore(let first):
            guard first == response else {
                throw .spent(.keyAnsweredDifferently(key: digest))
            }
            book.authorise(SHA256.hash(first))
        case .unspent:
            try spend(key, messageDigest, response)
        }
    }

    /// Records what a key signed according to somebody who has the signature.
    ///
    /// For keys whose ledger row was lost with an older state: after it, only this message is
    /// answered. The key need not be reconciled.
    package func adopt(
        _ key: OneTimeKey, messageDigest: Bytes32, response: [UInt8]
    ) throws(VaultError) {
        do throws(VaultError) {
            try record(key, messageDigest: messageDigest, response: response)
        } catch .spent(.keyNotReconciled) {
            try spend(key, messageDigest, response)
        }
    }

    /// Vouches, after a lost anchor or a recovery from the seed, that every message which the keys
    /// of a ceremony have signed is in this ledger.
    ///
    /// - Parameter evidence: The digest of what the person has compared.
    package func reconcile(
        ceremony: Bytes32, evidence: Bytes32
    ) throws(VaultError) {
        let record = Reconciliation(epoch: book.current.epoch, evidence: evidence)
        try book.save(.reconciliation, ceremony.bytes, record)
        try append(.keysReconciled, [ceremony, evidence], detail: "")
    }

    /// Compares with the registry and with each other, before anything is written.
    private func requireNew(_ keys: [OneTimeKey]) throws(VaultError) {
        var added: [[UInt8]: OneTimeKeyName] = [:]
        var names: [OneTimeKeyName: Bytes32] = [:]
        for key in keys {
            let digest = key.publicKeyDigest
            let record = AnnouncedKey.key(digest, key.name.owner)
            var known = added.updateValue(key.name, forKey: record)
            if known == nil { known = try announcedName(digest, by: key.name.owner) }
            if known == nil { known = try announcedName(digest, by: .me) }
            if let known {
                throw .refused(.keyAnnounced(digest: digest, by: known))
            }
            var other = names.updateValue(digest, forKey: key.name)
            if other == nil { other = try publicKeyDigest(key.name) }
            if let other {
                throw .refused(.nameTaken(key.name, by: other))
            }
        }
    }

    private func spend(
        _ key: OneTimeKey, _ message: Bytes32, _ response: [UInt8]
    ) throws(VaultError) {
        let stored = try BlobStore<WriteAccess>(book: book).storeForRelease(response)
        let content = SpentKeyContent(message: message, response: stored)
        try book.save(.oneTime, key.publicKeyDigest.bytes, content)
        try append(
            .oneTimeKeySpent, [key.name.ceremony, key.publicKeyDigest, message],
            detail: "\(key.name.instance)/\(key.name.variable)")
    }

    private func append(
        _ kind: LogEventKind, _ subjects: [Bytes32], detail: String
    ) throws(VaultError) {
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(LogEvent(kind, subjects, detail: detail))
    }
}
