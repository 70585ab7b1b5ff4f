package import Exchange
package import Primitives

/// Proof that a change is on the disk and anchored.
///
/// Only a commit makes one.
package struct Receipt: Hashable, Sendable {
    package let vault: Bytes32
    package let epoch: UInt64
    /// The number of the commit.
    package let commit: UInt64
    /// The newest entry of the log after the commit.
    package let head: LogHead
    private let authorised: Set<Bytes32>

    fileprivate init(_ head: VaultHead, authorised: Set<Bytes32>) {
        vault = head.vault
        epoch = head.epoch
        commit = head.commit
        self.head = head.log
        self.authorised = authorised
    }

    /// Lets bytes leave that the commit recorded.
    ///
    /// - Throws: `.refused(.notCommitted)` for any others.
    package func release(_ bytes: [UInt8]) throws(VaultError) -> Release {
        let digest = SHA256.hash(bytes)
        guard authorised.contains(digest) else {
            throw .refused(.notCommitted(digest: digest))
        }
        return Release(bytes: bytes, digest: digest, receipt: self)
    }
}

/// Bytes that may leave the signer, because a commit recorded them.
package struct Release: Hashable, Sendable {
    package let bytes: [UInt8]
    /// SHA-256 of the bytes.
    package let digest: Bytes32
    package let receipt: Receipt

    fileprivate init(bytes: [UInt8], digest: Bytes32, receipt: Receipt) {
        self.bytes = bytes
        self.digest = digest
        self.receipt = receipt
    }
}

/// The result of a transaction and the proof that it is durable.
package struct Committed<Value> {
    package let value: Value
    package let receipt: Receipt
}

extension Vault {
    /// Makes all changes of the body in one commit, or none of them.
    ///
    /// The commit is on the disk and the anchor is written when this returns. When the body throws,
    /// nothing has changed. When the commit itself fails, this `Vault` refuses everything from then
    /// on, because only opening it again tells what is on the disk; nothing can be released of it.
    ///
    /// - Parameter body: Must not start another transaction.
    @discardableResult
    package func transaction<Value>(
        _ body: (VaultTransaction) throws(VaultError) -> Value
    ) throws(VaultError) -> Committed<Value> {
        try requireSound()
        try book.database.begin()
        book.beginDraft()
        let value: Value
        do throws(VaultError) {
            value = try body(VaultTransaction(book: book))
        } catch {
            abandon()
            throw error
        }
        let authorised = book.authorised
        try commitDraft()
        return Committed(value: value, receipt: Receipt(book.head, authorised: authorised))
    }

    /// The stored response to a request of a nonce session; `nil` when the request is new.
    ///
    /// - Throws: `.spent` when the request was used up without a response that may be sent again.
    package func resend(requestDigest: Bytes32) throws(VaultError) -> Release? {
        try requireSound()
        return try nonceSessions.storedResponse(to: requestDigest).map(releaseAgain)
    }

    /// The stored response to the last request of a channel; `nil` for any other request.
    package func resend(
        channel: [UInt8], requestDigest: Bytes32
    ) throws(VaultError) -> Release? {
        try requireSound()
        guard let state = try channels.state(channel), state.request == requestDigest
        else { return nil }
        return releaseAgain(try blobs.required(state.response))
    }

    /// What a one-time key signed before, to be sent again; `nil` when it signed nothing.
    ///
    /// - Throws: as `OneTimeLedger.check`.
    package func resend(
        _ key: OneTimeKey, messageDigest: Bytes32
    ) throws(VaultError) -> Release? {
        try requireSound()
        switch try oneTime.check(key, messageDigest: messageDigest) {
        case .unspent: return nil
        case .signedBefore(let response): return releaseAgain(response)
        }
    }

    /// Bytes that an earlier commit recorded.
    private func releaseAgain(_ bytes: [UInt8]) -> Release {
        let digest = SHA256.hash(bytes)
        let receipt = Receipt(book.head, authorised: [digest])
        return Release(bytes: bytes, digest: digest, receipt: receipt)
    }
}
