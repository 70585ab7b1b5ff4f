package import Primitives

/// Long byte strings by their SHA-256, such as responses and definitions; nothing is removed.
package struct BlobStore<Access: StoreAccess> {
    let book: RecordBook

    /// The bytes with this SHA-256; `nil` when they were never stored.
    package func bytes(_ digest: Bytes32) throws(VaultError) -> [UInt8]? {
        guard let content = try book.load(Blob.self, .blob, digest.bytes) else { return nil }
        guard SHA256.hash(content.bytes) == digest else {
            throw .damaged(
                .recordMalformed(
                    RecordReference(table: RecordTable.blob.rawValue, key: digest.bytes)))
        }
        return content.bytes
    }

    /// Bytes that another record refers to.
    func required(_ digest: Bytes32) throws(VaultError) -> [UInt8] {
        guard let bytes = try bytes(digest) else {
            throw .damaged(
                .recordMissing(
                    RecordReference(table: RecordTable.blob.rawValue, key: digest.bytes)))
        }
        return bytes
    }
}

extension BlobStore where Access == WriteAccess {
    /// Stores bytes unless they are there.
    ///
    /// - Returns: Their SHA-256.
    @discardableResult
    package func store(_ bytes: [UInt8]) throws(VaultError) -> Bytes32 {
        let digest = SHA256.hash(bytes)
        if try book.value(.blob, digest.bytes) == nil {
            try book.save(.blob, digest.bytes, Blob(bytes: bytes))
        }
        return digest
    }

    /// Stores bytes that may leave after the commit.
    func storeForRelease(_ bytes: [UInt8]) throws(VaultError) -> Bytes32 {
        let digest = try store(bytes)
        book.authorise(digest)
        return digest
    }
}

private struct Blob: StoredRecord {
    let bytes: [UInt8]

    var fields: [UInt64: CBORValue] { [1: .bytes(bytes)] }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        bytes = try record.bytes(1)
    }
}
