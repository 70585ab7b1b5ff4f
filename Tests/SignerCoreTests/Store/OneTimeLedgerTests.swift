import Foundation
import Model
import Primitives
import SignerCore
import Testing

@Suite("One-time ledger")
struct OneTimeLedgerTests {
    private let key = Sample.key("x")
    private let message = Sample.digest("message")
    private let other = Sample.digest("other message")

    private func scene() throws -> VaultScene {
        let scene = try VaultScene()
        try announce(scene.create(), [key])
        return scene
    }

    @Test("The same message gives the same bytes, also after opening anew")
    func sameMessage() throws {
        let scene = try scene()
        let vault = try scene.open()
        #expect(try vault.oneTime.check(key, messageDigest: message) == .unspent)
        #expect(try vault.resend(key, messageDigest: message) == nil)
        let release = try record(vault, message, [1, 2, 3]).receipt.release([1, 2, 3])
        #expect(release.bytes == [1, 2, 3])
        _ = consume vault
        let again = try scene.open()
        #expect(
            try again.oneTime.check(key, messageDigest: message)
                == .signedBefore(response: [1, 2, 3]))
        #expect(try again.resend(key, messageDigest: message)?.bytes == [1, 2, 3])
        let commit = again.commit
        #expect(try record(again, message, [1, 2, 3]).receipt.release([1, 2, 3]).bytes.count == 3)
        #expect(again.commit == commit)
    }

    @Test("Another message is refused for ever")
    func otherMessage() throws {
        let scene = try scene()
        try record(scene.open(), message, [1])
        let error = VaultError.spent(
            .keySpent(key: key.publicKeyDigest, first: message, asked: other))
        let vault = try scene.open()
        #expect(throws: error) { try vault.oneTime.check(key, messageDigest: other) }
        #expect(throws: error) { try record(vault, other, [2]) }
        #expect(throws: error) { try vault.resend(key, messageDigest: other) }
        #expect(error.exit == .alreadySpent)
    }

    @Test("Other bytes for the same message are refused")
    func otherBytes() throws {
        let vault = try scene().open()
        try record(vault, message, [1])
        let error = VaultError.spent(.keyAnsweredDifferently(key: key.publicKeyDigest))
        #expect(throws: error) { try record(vault, message, [2]) }
    }

    @Test("A key that was not announced by this signer under this name does not sign")
    func notAnnounced() throws {
        let vault = try scene().open()
        let peerKey = Sample.key("y", owner: .peer(identity: [1]))
        try announce(vault, [peerKey])
        let renamed = OneTimeKey(
            name: Sample.key("z").name, publicKeyDigest: key.publicKeyDigest)
        for wrong in [Sample.key("unknown"), peerKey, renamed] {
            #expect(throws: VaultError.refused(.keyNotAnnounced(wrong.name))) {
                try vault.oneTime.check(wrong, messageDigest: message)
            }
        }
    }

    @Test("A peer's copy bars nobody from a key: neither this signer nor its true owner")
    func copiedKeys() throws {
        let vault = try scene().open()
        let (copier, owner) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        func named(_ name: String, _ peer: [UInt8]?, _ digest: Bytes32) -> OneTimeKey {
            OneTimeKey(
                name: Sample.key(name, owner: peer.map { .peer(identity: $0) } ?? .me).name,
                publicKeyDigest: digest)
        }
        let (theirs, mine) = (Sample.digest("their key"), Sample.digest("a later key of mine"))
        try announce(vault, [named("copy", copier, theirs), named("guess", copier, mine)])
        try announce(vault, [named("true", owner, theirs), named("later", nil, mine)])
        try record(vault, message, [1], named("later", nil, mine))
        for (again, first) in [
            (named("again", copier, theirs), named("copy", copier, theirs)),
            (named("again", owner, theirs), named("true", owner, theirs)),
            (named("again", nil, mine), named("later", nil, mine)),
            (named("again", owner, mine), named("later", nil, mine)),
        ] {
            #expect(
                throws: VaultError.refused(
                    .keyAnnounced(digest: again.publicKeyDigest, by: first.name))
            ) { try announce(vault, [again]) }
        }
    }

    @Test("A public key or a name is announced once by its owner, and no key of mine by a peer")
    func duplicates() throws {
        let vault = try scene().open()
        #expect(
            throws: VaultError.refused(
                .keyAnnounced(digest: key.publicKeyDigest, by: key.name))
        ) { try announce(vault, [Sample.key("y"), key]) }
        #expect(
            try vault.oneTime.announcedName(Sample.key("y").publicKeyDigest, by: .me) == nil)
        let stolen = OneTimeKey(
            name: Sample.key("x", owner: .peer(identity: [1])).name,
            publicKeyDigest: key.publicKeyDigest)
        #expect(
            throws: VaultError.refused(
                .keyAnnounced(digest: key.publicKeyDigest, by: key.name))
        ) { try announce(vault, [stolen]) }
        let second = OneTimeKey(name: key.name, publicKeyDigest: other)
        #expect(
            throws: VaultError.refused(.nameTaken(key.name, by: key.publicKeyDigest))
        ) { try announce(vault, [second]) }
        let twins = [Sample.key("a"), Sample.key("a")]
        #expect(
            throws: VaultError.refused(
                .keyAnnounced(digest: twins[0].publicKeyDigest, by: twins[0].name))
        ) { try announce(vault, twins) }
    }

    @Test("Names that differ in one part are different names")
    func names() throws {
        let vault = try scene().open()
        let names = [
            OneTimeKeyName(ceremony: Sample.ceremony, instance: "", variable: "0x"),
            OneTimeKeyName(ceremony: Sample.ceremony, instance: "0x", variable: ""),
            OneTimeKeyName(ceremony: other, instance: "0", variable: "x"),
            OneTimeKeyName(
                ceremony: Sample.ceremony, instance: "0", variable: "x",
                owner: .peer(identity: [])),
        ]
        try announce(
            vault,
            names.enumerated().map {
                OneTimeKey(name: $1, publicKeyDigest: Sample.digest("\($0)"))
            })
        for (index, name) in names.enumerated() {
            #expect(try vault.oneTime.publicKeyDigest(name) == Sample.digest("\(index)"))
        }
    }

    @Test("After a lost anchor nothing new is signed before the ceremony is reconciled")
    func reconciliation() throws {
        let scene = try scene()
        let vault = try scene.open()
        let spent = Sample.key("spent")
        try announce(vault, [spent])
        try record(vault, message, [1], spent)
        _ = consume vault
        try FileManager.default.removeItem(atPath: scene.anchor)
        let after = try scene.acknowledgeLostAnchor()
        let error = VaultError.spent(
            .keyNotReconciled(
                key: key.publicKeyDigest, ceremony: Sample.ceremony, epoch: 2))
        #expect(throws: error) { try record(after, message, [1]) }
        #expect(try after.resend(spent, messageDigest: message)?.bytes == [1])
        try after.transaction { transaction throws(VaultError) in
            try transaction.oneTime.reconcile(
                ceremony: Sample.ceremony, evidence: Sample.digest("evidence"))
        }
        try record(after, message, [1])
    }

    @Test("A vault around a recovered seed signs nothing before reconciliation")
    func recoveredSeed() throws {
        let scene = try VaultScene()
        let vault = try scene.create(origin: .recoveredSeed)
        try announce(vault, [key])
        let error = VaultError.spent(
            .keyNotReconciled(
                key: key.publicKeyDigest, ceremony: Sample.ceremony, epoch: 2))
        #expect(throws: error) { try record(vault, message, [1]) }
    }

    @Test("What others have seen is adopted and binds the key")
    func adopted() throws {
        let scene = try VaultScene()
        let vault = try scene.create(origin: .recoveredSeed)
        try announce(vault, [key])
        try vault.transaction { transaction throws(VaultError) in
            try transaction.oneTime.adopt(key, messageDigest: message, response: [5])
            try transaction.oneTime.reconcile(
                ceremony: Sample.ceremony, evidence: Sample.digest("evidence"))
        }
        let error = VaultError.spent(
            .keySpent(key: key.publicKeyDigest, first: message, asked: other))
        #expect(throws: error) { try record(vault, other, [6]) }
        #expect(try vault.resend(key, messageDigest: message)?.bytes == [5])
    }

    private func announce(_ vault: Vault, _ keys: [OneTimeKey]) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.oneTime.announce(keys)
        }
    }

    @discardableResult
    private func record(
        _ vault: Vault, _ message: Bytes32, _ response: [UInt8], _ other: OneTimeKey? = nil
    ) throws -> Committed<Void> {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.oneTime.record(
                other ?? key, messageDigest: message, response: response)
        }
    }
}
