import Foundation
import Primitives
import TestSupport
import Testing

/// What comes on a stick and is not what it should be; the signer's state never changes.
@Suite("Requests that a signer refuses")
struct BadRequestTests {
    @Test("A truncated request is malformed, wherever it ends")
    func truncated() throws {
        let stage = try Stage.copy(.registration)
        let bytes = try stage.bytes(stage.request)
        for count in [0, 1, 3, 4, 5, 7, 8, bytes.count / 2, bytes.count - 65, bytes.count - 1] {
            try stage.expectRefusal(
                .malformed, of: Array(bytes.prefix(count)), "first \(count) bytes")
        }
        try stage.expectRefusal(.malformed, of: bytes + [0], "one byte more")
    }

    @Test("No byte of a request can be changed")
    func flipped() throws {
        let stage = try Stage.copy(.registration)
        let bytes = try stage.bytes(stage.request)
        // The envelope's own fields come first; then every eleventh byte of payload and signature.
        for index in bytes.indices where index < 24 || index % 11 == 0 || index + 8 > bytes.count {
            var changed = bytes
            changed[index] ^= 0x10
            try stage.expectRefusalOfChangedBytes(changed, "byte \(index)")
        }
    }

    @Test("A request says for whom, from whom and where it is")
    func misdirected() throws {
        let stage = try Stage.copy(.registration)
        let bytes = try stage.bytes(stage.request)
        let forger = try ProgramForger(watcherOf: stage.alice)

        var change = ProgramForger.Change()
        change.recipient = try stage.bob.signerReport("status").text("identity")
        try stage.expectRefusal(
            Refusal(3, rule: "BND-RECIPIENT"), of: forger.rewrite(bytes, change), "recipient")

        change = ProgramForger.Change()
        change.network = "signet"
        try stage.expectRefusal(
            Refusal(3, rule: "BND-NETWORK"), of: forger.rewrite(bytes, change), "network")

        try stage.expectRefusal(
            Refusal(8, rule: "BND-SENDER"),
            of: ProgramForger(keyByte: 0x42).rewrite(bytes, ProgramForger.Change()), "stranger")
        try stage.expectRefusal(
            Refusal(8, rule: "BND-SENDER"),
            of: ProgramForger(watcherOf: stage.bob).rewrite(bytes, ProgramForger.Change()),
            "another operator's watcher")
    }

    @Test("Requests come in their order, each once")
    func order() throws {
        let stage = try Stage.copy(.partialSignatures)
        for earlier in stage.earlier {
            let isLast = earlier == stage.earlier.last
            if isLast { continue }
            try stage.expectRefusal(
                Refusal(6, rule: "BND-SEQUENCE"), ofFile: earlier, "replayed")
        }
        let forger = try ProgramForger(watcherOf: stage.alice)
        let bytes = try stage.bytes(stage.request)
        var change = ProgramForger.Change()
        change.sequence = 9
        try stage.expectRefusal(
            Refusal(6, rule: "BND-SEQUENCE"), of: forger.rewrite(bytes, change), "out of order")
        change = ProgramForger.Change()
        change.previous = .zero
        try stage.expectRefusal(
            Refusal(6, rule: "BND-PREVIOUS"), of: forger.rewrite(bytes, change),
            "another history")
    }

    @Test("A request that was answered gets the same bytes again, and nothing else happens")
    func repeated() throws {
        let stage = try Stage.copy(.partialSignatures)
        let again = try #require(stage.earlier.last)
        let before = try stage.alice.signerState()
        let answer = stage.ceremony.folder.url.appending(path: "again")
        try FileManager.default.createDirectory(at: answer, withIntermediateDirectories: false)
        let report = try stage.alice.signerReport("process", again, "-o", answer.path)
        #expect(report["repeated"] == .flag(true))
        let name = URL(filePath: try report.text("file")).lastPathComponent
        #expect(
            try Data(contentsOf: answer.appending(path: name))
                == Data(contentsOf: stage.stick.appending(path: name)))
        #expect(try stage.alice.signerState() == before)
    }

    @Test("What this format does not say is refused")
    func format() throws {
        let stage = try Stage.copy(.registration)
        let bytes = try stage.bytes(stage.request)
        let forger = try ProgramForger(watcherOf: stage.alice)
        try stage.expectRefusal(
            .malformed, of: forger.rewrite(bytes, field: 1, .unsigned(2)), "unknown version")
        try stage.expectRefusal(
            .malformed, of: forger.rewrite(bytes, field: 2, .unsigned(99)), "unknown kind")
        try stage.expectRefusal(
            .malformed, of: forger.rewrite(bytes, field: 13, .unsigned(1)),
            "unknown critical field")

        var body = try ProgramForger.body(bytes)
        #expect(body[1] == 1)
        body.replaceSubrange(1..<2, with: [0x18, 0x01])
        try stage.expectRefusal(.malformed, of: forger.signed(body), "a longer integer")

        let gigabyte = Array("BVXB".utf8) + [0x82, 0x5A, 0x40, 0, 0, 0] + bytes.dropFirst(8)
        try stage.expectRefusal(.malformed, of: gigabyte, "a length of a gigabyte")
        let items = Array("BVXB".utf8) + [0x9A, 0x40, 0, 0, 0] + bytes.dropFirst(8)
        try stage.expectRefusal(.malformed, of: items, "a thousand million items")
    }

    @Test("A file larger than any bundle is not read")
    func large() throws {
        let stage = try Stage.copy(.registration)
        let file = stage.ceremony.folder.path("large.bvx")
        try Data(stage.bytes(stage.request)).write(to: URL(filePath: file))
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        try stage.expectRefusal(.malformed, ofFile: file, "a file of a gigabyte")
    }

    @Test("A watcher cannot put its own key in a peer's place")
    func replacedKey() throws {
        let stage = try Stage.copy(.nonces)
        let bytes = try stage.bytes(stage.request)
        let forged = try ProgramForger(watcherOf: stage.alice)
            .replacingKeys(bytes, notOf: stage.alice, by: ProgramForger(keyByte: 0x42))
        try stage.expectRefusal(Refusal(3, rule: "KEY-COUNT"), of: forged, "peer's keys")
    }

    @Test("A watcher cannot claim another graph")
    func otherGraph() throws {
        let stage = try Stage.copy(.nonces)
        let forged = try ProgramForger(watcherOf: stage.alice)
            .changingAmount(try stage.bytes(stage.request))
        try stage.expectRefusal(
            Refusal(5, rule: "GRF-TRANSACTION"), of: forged, "an amount of one satoshi less")
    }

    @Test("A watcher cannot put its own nonces in a peer's place")
    func replacedNonces() throws {
        let stage = try Stage.copy(.partialSignatures)
        let forged = try ProgramForger(watcherOf: stage.alice)
            .replacingNonces(
                try stage.bytes(stage.request), by: ProgramForger(keyByte: 0x42))
        try stage.expectRefusal(Refusal(14, rule: "MUS-SENDERS"), of: forged, "peer's nonces")
    }
}

extension Stage {
    /// Malformed or badly signed, depending on what the byte meant.
    fileprivate func expectRefusalOfChangedBytes(_ bytes: [UInt8], _ what: String) throws {
        let file = ceremony.folder.path("case.bvx")
        try Data(bytes).write(to: URL(filePath: file))
        let before = try alice.signerState()
        let result = try alice.signer(
            "process", file, "-o", stick.path, "--json", "--yes",
            String(repeating: "0", count: 64))
        #expect([8, 9].contains(result.status), "\(what): \(result.text)")
        #expect(try alice.signerState() == before, "\(what)")
    }
}
