import Primitives

/// Public byte strings by name that must not be changed unnoticed, such as a policy's digest.
package struct SettingStore<Access: StoreAccess> {
    let book: RecordBook

    /// The value of a name; `nil` when there is none.
    package func bytes(_ name: String) throws(VaultError) -> [UInt8]? {
        try book.load(Setting.self, .setting, Array(name.utf8))?.bytes
    }

    /// All names with their values, by name.
    package func all() throws(VaultError) -> [(name: String, bytes: [UInt8])] {
        try book.loadAll(Setting.self, .setting).map {
            (String(decoding: $0.key, as: UTF8.self), $0.content.bytes)
        }
    }
}

extension SettingStore where Access == WriteAccess {
    /// Sets or replaces a value.
    ///
    /// Nothing is logged: append a note where people should know.
    package func set(_ name: String, _ bytes: [UInt8]) throws(VaultError) {
        precondition(name != AnchorPlace.settingName, "the anchor is moved by Vault.moveAnchor")
        try book.save(.setting, Array(name.utf8), Setting(bytes: bytes))
    }

    package func remove(_ name: String) throws(VaultError) {
        precondition(name != AnchorPlace.settingName, "the anchor is moved by Vault.moveAnchor")
        try book.remove(.setting, Array(name.utf8))
    }
}

struct Setting: StoredRecord {
    let bytes: [UInt8]

    var fields: [UInt64: CBORValue] { [1: .bytes(bytes)] }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        bytes = try record.bytes(1)
    }
}

extension AnchorPlace {
    static let settingName = "vault/anchor"

    /// Reads the place that a vault remembers.
    init(_ book: RecordBook) throws(VaultError) {
        let key = Array(Self.settingName.utf8)
        guard let setting = try book.load(Setting.self, .setting, key) else {
            throw .damaged(
                .recordMissing(
                    RecordReference(table: RecordTable.setting.rawValue, key: key)))
        }
        self =
            setting.bytes.isEmpty
            ? .sibling : .directory(String(decoding: setting.bytes, as: UTF8.self))
    }

    func record(in book: RecordBook) throws(VaultError) {
        let path: String =
            switch self {
            case .sibling: ""
            case .directory(let path): path
            }
        try book.save(
            .setting, Array(Self.settingName.utf8), Setting(bytes: Array(path.utf8)))
    }
}
