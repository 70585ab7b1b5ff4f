package import Primitives

/// The open transaction of a vault: its views write as well as read.
///
/// Valid only inside the body that it is given to. A body that catches an error of a writing method
/// throws it on, so that nothing is committed by halves.
package struct VaultTransaction {
    let book: RecordBook

    package var log: HashChainedLog<WriteAccess> { HashChainedLog(book: book) }
    package var nonceSessions: NonceSessionStore<WriteAccess> { NonceSessionStore(book: book) }
    package var oneTime: OneTimeLedger<WriteAccess> { OneTimeLedger(book: book) }
    package var peers: PeerStore<WriteAccess> { PeerStore(book: book) }
    package var ceremonies: CeremonyStore<WriteAccess> { CeremonyStore(book: book) }
    package var channels: ChannelStore<WriteAccess> { ChannelStore(book: book) }
    package var counters: CounterStore<WriteAccess> { CounterStore(book: book) }
    package var settings: SettingStore<WriteAccess> { SettingStore(book: book) }
    package var secrets: SecretStore<WriteAccess> { SecretStore(book: book) }
    package var blobs: BlobStore<WriteAccess> { BlobStore(book: book) }

    /// The epoch in which the transaction happens.
    package var epoch: UInt64 { book.current.epoch }

    /// Lets bytes leave after the commit that no other record keeps, and logs their digest.
    ///
    /// For what is harmless to make again, such as an enrolment card.
    package func authoriseRelease(
        of bytes: [UInt8], subject: Bytes32, detail: String
    ) throws(VaultError) {
        let digest = SHA256.hash(bytes)
        book.authorise(digest)
        try log.append(LogEvent(.released, [subject, digest], detail: detail))
    }
}

extension Vault {
    package var log: HashChainedLog<ReadAccess> { HashChainedLog(book: book) }
    package var nonceSessions: NonceSessionStore<ReadAccess> { NonceSessionStore(book: book) }
    package var oneTime: OneTimeLedger<ReadAccess> { OneTimeLedger(book: book) }
    package var peers: PeerStore<ReadAccess> { PeerStore(book: book) }
    package var ceremonies: CeremonyStore<ReadAccess> { CeremonyStore(book: book) }
    package var channels: ChannelStore<ReadAccess> { ChannelStore(book: book) }
    package var counters: CounterStore<ReadAccess> { CounterStore(book: book) }
    package var settings: SettingStore<ReadAccess> { SettingStore(book: book) }
    package var secrets: SecretStore<ReadAccess> { SecretStore(book: book) }
    package var blobs: BlobStore<ReadAccess> { BlobStore(book: book) }
}
