import Exchange
import Primitives

/// The newest state of a vault in a few figures; sealed, and renewed by every commit.
///
/// It is also the record that tells the right data key from any other.
struct VaultHead: Hashable {
    let vault: Bytes32
    /// Begins at 1, or at 2 when the seed is older than the vault; a lost anchor ends an epoch.
    var epoch: UInt64
    /// The number of this commit; the first has 1.
    var commit: UInt64
    /// The digest of the state before this commit.
    var previous: Bytes32
    var keySlot: Bytes32
    /// The newest entry of the log.
    var log: LogHead
    var tables: [RecordTable: TableSum]

    static let recordName = "head"
    static let reference = RecordReference(table: "head", key: [])

    private static let tag = TaggedHash("BitVMX/vault/state")

    /// The state before the first commit.
    init(vault: Bytes32, keySlot: Bytes32, epoch: UInt64) {
        self.vault = vault
        self.epoch = epoch
        commit = 0
        previous = .zero
        self.keySlot = keySlot
        log = .empty
        tables = [:]
    }

    /// The digest that anchors and later states refer to.
    var digest: Bytes32 { Self.tag.hash(encoded()) }

    func sum(of table: RecordTable) -> TableSum { tables[table] ?? TableSum() }

    func encoded() -> [UInt8] {
        let sums = RecordTable.allCases.compactMap { table in
            tables[table].map { sum in
                CBORMapEntry(
                    key: .text(table.rawValue),
                    value: .array([.unsigned(sum.count), .bytes(sum.sum.bytes)]))
            }
        }
        return CBORValue.record([
            1: .unsigned(VaultFormat.version), 2: .bytes(vault.bytes), 3: .unsigned(epoch),
            4: .unsigned(commit), 5: .bytes(previous.bytes), 6: .bytes(keySlot.bytes),
            7: .unsigned(log.index), 8: .bytes(log.hash.bytes), 9: .map(sums),
        ]).encode()
    }

    init(decoding bytes: [UInt8]) throws(CBORError) {
        let value = try CBORValue.decode(bytes, limits: .standard)
        var record = try CBORRecord(value, known: 1, 2, 3, 4, 5, 6, 7, 8, 9)
        let version = try record.unsigned(1)
        guard version == VaultFormat.version else {
            throw .outOfRange(version, maximum: VaultFormat.version)
        }
        vault = try record.bytes32(2)
        epoch = try record.unsigned(3)
        commit = try record.unsigned(4)
        previous = try record.bytes32(5)
        keySlot = try record.bytes32(6)
        log = LogHead(index: try record.unsigned(7), hash: try record.bytes32(8))
        tables = try Self.decodeTables(record.take(9))
    }

    private static func decodeTables(
        _ value: CBORValue
    ) throws(CBORError) -> [RecordTable: TableSum] {
        var tables: [RecordTable: TableSum] = [:]
        for entry in try value.map() {
            let fields = try entry.value.array()
            guard let table = RecordTable(rawValue: try entry.key.text()), fields.count == 2
            else { throw .unknownKey(9) }
            tables[table] = TableSum(
                count: try fields[0].unsigned(), sum: try fields[1].bytes32())
        }
        return tables
    }
}
