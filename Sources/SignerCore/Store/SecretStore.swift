package import Primitives

/// Sealed secrets by name, such as the signer's seed.
package struct SecretStore<Access: StoreAccess> {
    let book: RecordBook

    /// Opens a secret onto locked memory; `nil` when there is none of that name.
    package func open(_ name: String) throws(VaultError) -> SecretPage? {
        try SealedRecords(book: book, table: .secret).open(name)
    }

    package func contains(_ name: String) throws(VaultError) -> Bool {
        try book.value(.secret, Array(name.utf8)) != nil
    }
}

extension SecretStore where Access == WriteAccess {
    /// Seals a secret under a name that has none yet.
    ///
    /// - Parameter secret: At least one byte. The caller's copy stays the caller's to wipe.
    package func store(_ name: String, _ secret: Span<UInt8>) throws(VaultError) {
        guard try !contains(name) else {
            throw .refused(
                .exists(
                    RecordReference(
                        table: RecordTable.secret.rawValue, key: Array(name.utf8))))
        }
        try SealedRecords(book: book, table: .secret).seal(name, secret)
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(LogEvent(.secretStored, detail: name))
    }
}

/// Sealed records of one table.
///
/// The seal is bound to table and name.
struct SealedRecords {
    let book: RecordBook
    let table: RecordTable

    func seal(_ name: String, _ secret: Span<UInt8>) throws(VaultError) {
        precondition(!secret.isEmpty, "an empty secret is not sealed")
        let sealed = book.keys.seal(secret, name: context(name))
        try book.save(table, Array(name.utf8), sealed)
    }

    func open(_ name: String) throws(VaultError) -> SecretPage? {
        let key = Array(name.utf8)
        guard let sealed = try book.load(SealedBox.self, table, key) else { return nil }
        guard let page = try book.keys.open(sealed, name: context(name)) else {
            throw .damaged(
                .recordChanged(RecordReference(table: table.rawValue, key: key)))
        }
        return page
    }

    func remove(_ name: String) throws(VaultError) {
        try book.remove(table, Array(name.utf8))
    }

    private func context(_ name: String) -> String { table.rawValue + "/" + name }
}

extension SealedBox: StoredRecord {
    var fields: [UInt64: CBORValue] { [1: .bytes(nonce), 2: .bytes(box)] }

    init(taking record: inout CBORRecord) throws(CBORError) {
        self.init(nonce: try record.bytes(1), box: try record.bytes(2))
    }
}
