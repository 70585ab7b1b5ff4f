import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault: peers, ceremonies, channels, counters, settings")
struct RecordStoresTests {
    private func vault() throws -> (VaultScene, Vault) {
        let scene = try VaultScene()
        return (scene, try scene.create())
    }

    @Test("A peer is enrolled once, by identity and by name")
    func peers() throws {
        let (scene, vault) = try vault()
        let alice = EnrolledPeer(identity: [1], name: "alice", record: [9])
        try enrol(vault, alice)
        let known = VaultError.refused(
            .exists(RecordReference(table: "peer", key: [1])))
        for peer in [
            EnrolledPeer(identity: [1], name: "eve", record: []),
            EnrolledPeer(identity: [2], name: "alice", record: []),
        ] {
            #expect(throws: known) { try enrol(vault, peer) }
        }
        #expect(try vault.peers.peer(identity: [1]) == alice)
        #expect(try vault.peers.peer(named: "alice") == alice)
        #expect(try vault.peers.peer(identity: [2]) == nil)
        try vault.transaction { transaction throws(VaultError) in
            try transaction.peers.remove(identity: [1])
        }
        _ = consume vault
        let again = try scene.open()
        #expect(try again.peers.all().isEmpty)
        try enrol(again, EnrolledPeer(identity: [1], name: "eve", record: []))
    }

    private func enrol(_ vault: Vault, _ peer: EnrolledPeer) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.peers.enrol(peer)
        }
    }

    @Test("A ceremony is registered once and bound to one graph")
    func ceremonies() throws {
        let (scene, vault) = try vault()
        let id = Sample.ceremony
        let reference = RecordReference(table: "ceremony", key: id.bytes)
        #expect(throws: VaultError.refused(.unknown(reference))) {
            try bind(vault, id, Sample.digest("graph"))
        }
        try register(vault, id, [1])
        #expect(throws: VaultError.refused(.exists(reference))) { try register(vault, id, [1]) }
        try bind(vault, id, Sample.digest("graph"))
        try bind(vault, id, Sample.digest("graph"))
        let bound = VaultError.refused(
            .alreadyBound(
                reference, to: Sample.digest("graph"), asked: Sample.digest("other")))
        #expect(throws: bound) { try bind(vault, id, Sample.digest("other")) }
        _ = consume vault
        let record = try #require(try scene.open().ceremonies.ceremony(id))
        #expect(record.graph == Sample.digest("graph"))
        #expect(record.definition == SHA256.hash([1]))
        #expect(try scene.open().ceremonies.all() == [record])
    }

    private func register(_ vault: Vault, _ id: Bytes32, _ bytes: [UInt8]) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.ceremonies.register(id, definition: bytes)
        }
    }

    private func bind(_ vault: Vault, _ id: Bytes32, _ digest: Bytes32) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.ceremonies.bindGraph(id, digest: digest)
        }
    }

    @Test("A participant gives one key bundle for a ceremony")
    func keyBundles() throws {
        let (_, vault) = try vault()
        try register(vault, Sample.ceremony, [1])
        try store(vault, [1], [1, 1])
        try store(vault, [2], [2, 2])
        try store(vault, [1], [1, 1])
        let reference = RecordReference(
            table: "key_bundle", key: Sample.ceremony.bytes + [1])
        let bound = VaultError.refused(
            .alreadyBound(
                reference, to: SHA256.hash([1, 1] as [UInt8]), asked: SHA256.hash([3] as [UInt8])))
        #expect(throws: bound) { try store(vault, [1], [3]) }
        let bundles = try vault.ceremonies.keyBundles(Sample.ceremony)
        #expect(bundles.map(\.bytes) == [[1, 1], [2, 2]])
        #expect(try vault.ceremonies.keyBundles(Sample.digest("none")).isEmpty)
        let one = try vault.ceremonies.keyBundle(Sample.ceremony, participant: [2])
        #expect(one?.bytes == [2, 2])
    }

    private func store(_ vault: Vault, _ participant: [UInt8], _ bytes: [UInt8]) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.ceremonies.storeKeyBundle(
                KeyBundleRecord(
                    ceremony: Sample.ceremony, participant: participant, bytes: bytes))
        }
    }

    @Test("A channel takes requests in order, without gap, each from the last response")
    func channels() throws {
        let (_, vault) = try vault()
        let channel = Sample.channel
        #expect(
            throws: VaultError.refused(.sequenceGap(channel: channel, last: 0, asked: 2))
        ) { try advance(vault, 2, nil, "a") }
        let release = try advance(vault, 1, nil, "a")
        let other = Sample.digest("other")
        #expect(
            throws: VaultError.refused(
                .sequenceRepeated(channel: channel, last: 1, asked: 1))
        ) { try advance(vault, 1, nil, "b") }
        #expect(
            throws: VaultError.refused(
                .previousResponseDiffers(
                    channel: channel, last: release.digest, asked: other))
        ) { try advance(vault, 2, other, "b") }
        #expect(
            throws: VaultError.refused(.sequenceGap(channel: channel, last: 1, asked: 3))
        ) { try advance(vault, 3, release.digest, "b") }
        try advance(vault, 2, release.digest, "b")
        #expect(try vault.channels.state(channel)?.sequence == 2)
        let last = Sample.digest("b")
        #expect(
            try vault.resend(channel: channel, requestDigest: last)?.bytes
                == Array("response to b".utf8))
        #expect(try vault.resend(channel: channel, requestDigest: Sample.digest("a")) == nil)
        #expect(
            VaultError.refused(.sequenceGap(channel: [], last: 0, asked: 2)).exit
                == .replayOrRollback)
    }

    @discardableResult
    private func advance(
        _ vault: Vault, _ sequence: UInt64, _ previous: Bytes32?, _ request: String
    ) throws -> Release {
        let response = Array("response to \(request)".utf8)
        let step = ChannelStep(
            channel: Sample.channel, sequence: sequence, previousResponse: previous,
            request: Sample.digest(request))
        return try vault.transaction { transaction throws(VaultError) in
            try transaction.channels.advance(step, response: response)
        }.receipt.release(response)
    }

    @Test("Counters never give a number twice, also when a transaction is undone")
    func counters() throws {
        let (scene, vault) = try vault()
        var given: [UInt64] = []
        for _ in 0..<3 {
            given.append(
                try vault.transaction { transaction throws(VaultError) in
                    try transaction.counters.next("serial")
                }.value)
        }
        _ = consume vault
        given.append(
            try scene.open().transaction { transaction throws(VaultError) in
                try transaction.counters.next("serial")
            }.value)
        #expect(given == [1, 2, 3, 4])
        #expect(try scene.open().counters.last("other") == 0)
    }

    @Test("Settings are set, replaced and removed; secrets are stored once")
    func settings() throws {
        let (scene, vault) = try vault()
        let secret: [UInt8] = [1]
        try vault.transaction { transaction throws(VaultError) in
            try transaction.settings.set("policy", [1])
            try transaction.settings.set("policy", [2])
            try transaction.settings.set("gone", [])
            try transaction.settings.remove("gone")
            try transaction.secrets.store("seed", secret.span)
        }
        let exists = RecordReference(table: "secret", key: Array("seed".utf8))
        #expect(throws: VaultError.refused(.exists(exists))) {
            try vault.transaction { transaction throws(VaultError) in
                try transaction.secrets.store("seed", secret.span)
            }
        }
        _ = consume vault
        let again = try scene.open()
        #expect(try again.settings.bytes("policy") == [2])
        #expect(try again.settings.bytes("gone") == nil)
        #expect(try again.settings.all().map(\.name) == ["policy", "vault/anchor"])
        #expect(try !again.secrets.contains("none"))
    }
}
