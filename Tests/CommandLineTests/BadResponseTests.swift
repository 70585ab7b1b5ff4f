import Foundation
import TestSupport
import Testing

/// What comes back from a stick and is not what a signer has written.
@Suite("Files that a watcher refuses")
struct BadResponseTests {
    /// The watcher refuses a file, and its state does not change.
    private func expectRefusal(
        _ statuses: Set<Int32>, of bytes: [UInt8], by who: ProgramOperator, _ stage: Stage,
        _ what: String
    ) throws {
        let file = stage.ceremony.folder.path("case.bvx")
        try Data(bytes).write(to: URL(filePath: file))
        let before = try who.watcherState()
        let result = try who.watcher("accept", file, "--json")
        #expect(statuses.contains(result.status), "\(what): \(result.text)")
        #expect(try result.report()["ok"] == .flag(false))
        #expect(try who.watcherState() == before, "\(what)")
    }

    @Test("Changed and shortened responses are refused")
    func changed() throws {
        let stage = try Stage.copy(.registration)
        let answer = try stage.bytes(stage.ceremony.process(stage.alice, stage.request))
        for count in [0, 3, 10, answer.count / 2, answer.count - 1] {
            try expectRefusal(
                [9], of: Array(answer.prefix(count)), by: stage.alice, stage, "\(count) bytes")
        }
        for index in answer.indices where index < 16 || index % 97 == 0 {
            var bytes = answer
            bytes[index] ^= 0x20
            try expectRefusal([8, 9], of: bytes, by: stage.alice, stage, "byte \(index)")
        }
        let forger = ProgramForger(keyByte: 0x42)
        try expectRefusal(
            [8], of: forger.rewrite(answer, ProgramForger.Change()), by: stage.alice, stage,
            "an unknown signer")
        var change = ProgramForger.Change()
        change.network = "signet"
        try expectRefusal(
            [3], of: forger.rewrite(answer, change), by: stage.alice, stage, "another network")
        try expectRefusal(
            [9], of: stage.bytes(stage.request), by: stage.alice, stage, "a request")
    }

    @Test("Responses may come in any order and any number of times")
    func anyOrder() throws {
        let stage = try Stage.copy(.registration)
        let hers = try stage.ceremony.process(stage.alice, stage.request)
        let his = try stage.ceremony.process(
            stage.bob, stage.ceremony.request(stage.bob))
        for file in [his, hers, his, hers] {
            try stage.alice.watcherReport("accept", file)
        }
        let known = try stage.alice.watcherReport("program", "show", stage.id)["participants"]
        #expect(known.items.allSatisfy { $0["keys"] == .flag(true) })
    }

    @Test("Somebody else's identity does not match the words that were heard")
    func relayedIdentity() throws {
        let stage = try Stage.copy(.registration)
        let mallory = try ProgramCeremony(["mallory"])
        let card = try mallory["mallory"].signerReport("identity", "-o", mallory.stick.path)
        let heard = try stage.bob.signerReport("identity", "-o", mallory.stick.path)
        for who in [stage.alice] {
            let before = try who.signerState()
            try Refusal(4).check(
                who.signer(
                    "enrol", card.text("file"), "--words", heard.text("words"), "--json"),
                "signer")
            #expect(try who.signerState() == before)
            try Refusal(4).check(
                who.watcher(
                    "enrol", card.text("file"), "--as", "peer", "--words", heard.text("words"),
                    "--json"), "watcher")
        }
    }

    @Test("A node that is down is named, and nothing changes")
    func nodeDown() throws {
        let stage = try Stage.copy(.nonces)
        let before = try stage.alice.watcherState()
        let txid = String(repeating: "ab", count: 32)
        let result = try stage.alice.watcher(
            "program", "fund", stage.id, "--txid", txid, "--node", "http://127.0.0.1:9",
            "--json")
        try Refusal(15).check(result, "nobody listens")
        #expect(try stage.alice.watcherState() == before)
    }

    @Test("A program that is not signed yet publishes nothing")
    func notReady() throws {
        let stage = try Stage.copy(.partialSignatures)
        let result = try stage.alice.watcher(
            "transaction", "publish", "release", stage.id, "--dry-run", "--json")
        try Refusal(14).check(result, "not ready")
        try Refusal(14).check(
            stage.alice.watcher(
                "certificate", "export", stage.id, "-o", stage.ceremony.folder.path("none"),
                "--json"), "no certificate")
    }
}
