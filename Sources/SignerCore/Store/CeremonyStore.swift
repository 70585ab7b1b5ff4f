package import Primitives

/// A registered ceremony.
package struct CeremonyRecord: Hashable, Sendable {
    package let ceremony: Bytes32
    /// SHA-256 of the definition's bytes.
    package let definition: Bytes32
    /// The digest of the graph, once it is known; never changed.
    package let graph: Bytes32?
    /// In which epoch it was registered.
    package let epoch: UInt64
}

/// The keys that a participant gave for a ceremony.
package struct KeyBundleRecord: Hashable, Sendable {
    package let ceremony: Bytes32
    /// The participant's identity; opaque to the vault.
    package let participant: [UInt8]
    package let bytes: [UInt8]

    package init(ceremony: Bytes32, participant: [UInt8], bytes: [UInt8]) {
        self.ceremony = ceremony
        self.participant = participant
        self.bytes = bytes
    }
}

/// The ceremonies: registered once, bound to one graph, one key bundle for each participant.
package struct CeremonyStore<Access: StoreAccess> {
    let book: RecordBook

    package func ceremony(_ id: Bytes32) throws(VaultError) -> CeremonyRecord? {
        try book.load(CeremonyContent.self, .ceremony, id.bytes)?.record(id)
    }

    /// All ceremonies, by id.
    package func all() throws(VaultError) -> [CeremonyRecord] {
        var records: [CeremonyRecord] = []
        for (key, content) in try book.loadAll(CeremonyContent.self, .ceremony) {
            guard let id = Bytes32(key) else {
                throw .damaged(
                    .recordMalformed(
                        RecordReference(table: RecordTable.ceremony.rawValue, key: key)))
            }
            records.append(content.record(id))
        }
        return records
    }

    /// The bytes of a registered definition; `nil` when the ceremony is unknown.
    package func definition(_ id: Bytes32) throws(VaultError) -> [UInt8]? {
        guard let record = try ceremony(id) else { return nil }
        return try BlobStore<Access>(book: book).required(record.definition)
    }

    package func keyBundle(
        _ id: Bytes32, participant: [UInt8]
    ) throws(VaultError) -> KeyBundleRecord? {
        let key = Self.bundleKey(id, participant)
        guard let content = try book.load(BundleContent.self, .keyBundle, key) else { return nil }
        return try bundle(content)
    }

    /// The key bundles of a ceremony, by participant.
    package func keyBundles(_ id: Bytes32) throws(VaultError) -> [KeyBundleRecord] {
        var result: [KeyBundleRecord] = []
        for (_, content) in try book.loadAll(BundleContent.self, .keyBundle)
        where content.ceremony == id {
            result.append(try bundle(content))
        }
        return result
    }

    private func bundle(_ content: BundleContent) throws(VaultError) -> KeyBundleRecord {
        KeyBundleRecord(
            ceremony: content.ceremony, participant: content.participant,
            bytes: try BlobStore<Access>(book: book).required(content.bytes))
    }

    fileprivate static func bundleKey(_ id: Bytes32, _ participant: [UInt8]) -> [UInt8] {
        id.bytes + participant
    }
}

extension CeremonyStore where Access == WriteAccess {
    /// Registers a ceremony that is not registered.
    package func register(_ id: Bytes32, definition: [UInt8]) throws(VaultError) {
        guard try ceremony(id) == nil else { throw .refused(.exists(reference(id))) }
        let digest = try BlobStore<WriteAccess>(book: book).store(definition)
        let content = CeremonyContent(
            definition: digest, graph: nil, epoch: book.current.epoch)
        try book.save(.ceremony, id.bytes, content)
        try log(LogEvent(.ceremonyRegistered, [id, digest]))
    }

    /// Binds a ceremony to its graph; binding it to the same graph again changes nothing.
    package func bindGraph(_ id: Bytes32, digest: Bytes32) throws(VaultError) {
        guard let record = try ceremony(id) else { throw .refused(.unknown(reference(id))) }
        if let bound = record.graph {
            guard bound == digest else {
                throw .refused(.alreadyBound(reference(id), to: bound, asked: digest))
            }
            return
        }
        let content = CeremonyContent(
            definition: record.definition, graph: digest, epoch: record.epoch)
        try book.save(.ceremony, id.bytes, content)
        try log(LogEvent(.graphBound, [id, digest]))
    }

    /// Stores a participant's keys; storing the same bytes again changes nothing.
    package func storeKeyBundle(_ bundle: KeyBundleRecord) throws(VaultError) {
        guard try ceremony(bundle.ceremony) != nil else {
            throw .refused(.unknown(reference(bundle.ceremony)))
        }
        let key = Self.bundleKey(bundle.ceremony, bundle.participant)
        let digest = SHA256.hash(bundle.bytes)
        if let known = try book.load(BundleContent.self, .keyBundle, key) {
            guard known.bytes == digest else {
                let reference = RecordReference(
                    table: RecordTable.keyBundle.rawValue, key: key)
                throw .refused(.alreadyBound(reference, to: known.bytes, asked: digest))
            }
            return
        }
        try BlobStore<WriteAccess>(book: book).store(bundle.bytes)
        let content = BundleContent(
            ceremony: bundle.ceremony, participant: bundle.participant, bytes: digest)
        try book.save(.keyBundle, key, content)
        try log(
            LogEvent(
                .keyBundleStored, [bundle.ceremony, SHA256.hash(bundle.participant), digest]))
    }

    private func log(_ event: LogEvent) throws(VaultError) {
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(event)
    }

    private func reference(_ id: Bytes32) -> RecordReference {
        RecordReference(table: RecordTable.ceremony.rawValue, key: id.bytes)
    }
}

private struct CeremonyContent: StoredRecord {
    let definition: Bytes32
    let graph: Bytes32?
    let epoch: UInt64

    var fields: [UInt64: CBORValue] {
        var fields: [UInt64: CBORValue] = [1: .digest(definition), 3: .unsigned(epoch)]
        fields[2] = graph.map(CBORValue.digest)
        return fields
    }

    init(definition: Bytes32, graph: Bytes32?, epoch: UInt64) {
        self.definition = definition
        self.graph = graph
        self.epoch = epoch
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        definition = try record.bytes32(1)
        graph = try record.optionalBytes32(2)
        epoch = try record.unsigned(3)
    }

    func record(_ id: Bytes32) -> CeremonyRecord {
        CeremonyRecord(ceremony: id, definition: definition, graph: graph, epoch: epoch)
    }
}

private struct BundleContent: StoredRecord {
    let ceremony: Bytes32
    let participant: [UInt8]
    let bytes: Bytes32

    var fields: [UInt64: CBORValue] {
        [1: .digest(ceremony), 2: .bytes(participant), 3: .digest(bytes)]
    }

    init(ceremony: Bytes32, participant: [UInt8], bytes: Bytes32) {
        self.ceremony = ceremony
        self.participant = participant
        self.bytes = bytes
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        ceremony = try record.bytes32(1)
        participant = try record.bytes(2)
        bytes = try record.bytes32(3)
    }
}
