import Foundation
import TestSupport
import Testing

/// A signer's state that is not what its owner left, and what protects it.
@Suite("States that a signer does not use")
struct BadStateTests {
    private static func vault(_ who: ProgramOperator) -> URL {
        who.folder.appending(path: "signer/vault.sqlite")
    }

    private func refuse(
        _ who: ProgramOperator, _ refusal: Refusal, _ what: String
    ) throws {
        try refusal.check(try who.signer("log", "head", "--json"), what)
    }

    @Test("A wrong passphrase opens nothing and is named")
    func passphrase() throws {
        let stage = try Stage.copy(.registration)
        let before = try stage.alice.signerState()
        try Data("not the passphrase\n".utf8).write(
            to: stage.alice.folder.appending(path: "passphrase"))
        try refuse(stage.alice, Refusal(11), "wrong passphrase")
        #expect(try stage.alice.signerState() == before)
    }

    /// Where sealed records are: 64 bytes of which nearly all differ.
    private func sealedOffsets(_ bytes: Data, count: Int) -> [Int] {
        let all = stride(from: 0, to: bytes.count - 64, by: 16).filter { offset in
            Set(bytes[offset..<offset + 64]).count > 48
        }
        return stride(from: 0, to: all.count, by: max(1, all.count / count)).map { all[$0] + 32 }
    }

    /// Every byte of the header is tried where the vault is tested, in `DamagedFileTests`.
    @Test("A vault with one changed byte of its header or of a sealed record is refused")
    func tampered() throws {
        let stage = try Stage.copy(.partialSignatures)
        let file = Self.vault(stage.alice)
        let genuine = try Data(contentsOf: file)
        let header = [0, 17, 18, 20, 27, 31, 47, 59, 63, 71, 80, 95]
        let sealed = sealedOffsets(genuine, count: 10)
        #expect(sealed.count >= 10)
        for offset in header + sealed {
            var changed = genuine
            changed[offset] ^= 0x01
            try changed.write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file.path)
            try refuse(stage.alice, Refusal(11), "byte \(offset) of \(genuine.count)")
        }
        try genuine.prefix(genuine.count / 2).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path)
        try refuse(stage.alice, Refusal(11), "the first half")
    }

    @Test("A vault from an older copy is refused, and no second signature is made")
    func rolledBack() throws {
        let stage = try Stage.copy(.partialSignatures)
        let older = try Data(contentsOf: Self.vault(stage.alice))
        _ = try stage.ceremony.process(stage.alice, stage.request)
        try older.write(to: Self.vault(stage.alice))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: Self.vault(stage.alice).path)
        try refuse(stage.alice, Refusal(6), "an older vault")
        try stage.expectRefusal(Refusal(6), ofFile: stage.request, "the request again")
    }

    @Test("An older copy of vault and anchor is found out by the next request")
    func rolledBackWithAnchor() throws {
        let stage = try Stage.copy(.partialSignatures)
        let older = try stage.ceremony.copy()
        try stage.ceremony.accept(stage.ceremony.process(stage.alice, stage.request))
        let next = try stage.alice.watcherReport("request", "status", "-o", stage.stick.path)
        let result = try older["alice"].signer(
            "process", next.text("file"), "-o", older.stick.path, "--json")
        #expect(result.status == 6, "\(result.text)")
        let rules = try result.report()["rules"].items
        #expect(rules.contains(.text("BND-HEAD")))
    }

    @Test("A state without its anchor is refused")
    func anchorMissing() throws {
        let stage = try Stage.copy(.registration)
        try FileManager.default.removeItem(
            at: stage.alice.folder.appending(path: "signer-anchor/anchor.cbor"))
        try refuse(stage.alice, Refusal(6), "no anchor")
    }

    @Test("A state that others can read is refused")
    func openToOthers() throws {
        let stage = try Stage.copy(.registration)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: stage.alice.folder.appending(path: "signer").path)
        try refuse(stage.alice, Refusal(12), "mode 755")
    }

    @Test("A state on a full disk stays as it is")
    func fullDisk() throws {
        let stage = try Stage.copy(.partialSignatures)
        let before = try stage.alice.signerState()
        var place = stage.alice.place
        place.fileByteLimit = 8_192
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        let result = try stage.alice.signer(
            "process", stage.request, "-o", stage.stick.path, "--yes", digest, "--json",
            in: place)
        try Refusal(10).check(result, "nothing more than 8 KiB can be written")
        #expect(try stage.alice.signerState() == before)
        let again = try stage.ceremony.process(stage.alice, stage.request)
        try stage.ceremony.accept(again)
    }
}
