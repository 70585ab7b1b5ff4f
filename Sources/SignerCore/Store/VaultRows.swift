import Primitives

/// The single row that holds the sealed head.
enum HeadRow {
    static func write(_ head: VaultHead, _ book: RecordBook) throws(VaultError) {
        let sealed = book.keys.seal(head.encoded().span, name: VaultHead.recordName)
        try book.database.execute(
            "INSERT OR REPLACE INTO head (id, nonce, sealed) VALUES (1, ?, ?)",
            [.blob(sealed.nonce), .blob(sealed.box)])
    }

    static func read(
        _ database: VaultDatabase, _ keys: borrowing VaultKeys
    ) throws(VaultError) -> VaultHead {
        let rows = try database.rows("SELECT nonce, sealed FROM head")
        guard let row = rows.first else {
            throw .damaged(.recordMissing(VaultHead.reference))
        }
        guard let nonce = row.blob(0), let box = row.blob(1),
            let page = try keys.open(
                SealedBox(nonce: nonce, box: box), name: VaultHead.recordName)
        else { throw .damaged(.recordChanged(VaultHead.reference)) }
        do throws(CBORError) {
            let head = try page.withBytes { bytes throws(CBORError) in
                try VaultHead(decoding: bytes.indices.map { bytes[$0] })
            }
            guard head.vault == keys.vault else { throw .unknownKey(2) }
            return head
        } catch {
            throw .damaged(.recordMalformed(VaultHead.reference))
        }
    }
}

/// The single row that holds the wrapped data key.
enum KeySlotRow {
    private static let reference = RecordReference(table: "key_slot", key: [])

    static func write(_ slot: KeySlot, _ database: VaultDatabase) throws(VaultError) {
        try database.execute(
            """
            INSERT OR REPLACE INTO key_slot
                (id, format, vault, log2n, r, p, salt, nonce, wrapped, checksum)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(Int64(slot.format)), .blob(slot.vault.bytes),
                .integer(Int64(slot.parameters.log2N)), .integer(Int64(slot.parameters.r)),
                .integer(Int64(slot.parameters.p)), .blob(slot.salt),
                .blob(slot.wrapped.nonce), .blob(slot.wrapped.box), .blob(slot.digest.bytes),
            ])
    }

    static func read(_ database: VaultDatabase) throws(VaultError) -> KeySlot {
        let rows = try database.rows(
            """
            SELECT format, vault, log2n, r, p, salt, nonce, wrapped, checksum FROM key_slot
            """)
        guard let row = rows.first else { throw .damaged(.recordMissing(reference)) }
        guard let format = row.integer(0).flatMap({ UInt64(exactly: $0) }) else {
            throw .damaged(.keySlotChanged)
        }
        guard format == VaultFormat.version else {
            throw .damaged(.unknownSchemaVersion(found: "format \(format)"))
        }
        guard let slot = slot(row, format: format), row.blob(8) == slot.digest.bytes else {
            throw .damaged(.keySlotChanged)
        }
        return slot
    }

    private static func slot(_ row: SQLRow, format: UInt64) -> KeySlot? {
        guard let vault = row.blob(1).flatMap({ Bytes32($0) }),
            let log2N = row.integer(2).flatMap({ UInt8(exactly: $0) }),
            let r = row.integer(3).flatMap({ UInt32(exactly: $0) }),
            let p = row.integer(4).flatMap({ UInt32(exactly: $0) }),
            let salt = row.blob(5), let nonce = row.blob(6), let wrapped = row.blob(7)
        else { return nil }
        return KeySlot(
            format: format, vault: vault,
            parameters: ScryptParameters(log2N: log2N, r: r, p: p), salt: salt,
            wrapped: SealedBox(nonce: nonce, box: wrapped))
    }
}
