import Foundation
import TestSupport
import Testing

/// Sticks that are full or cannot be written.
@Suite("Media that cannot take an answer", .enabled(if: SmallMedium.isAvailable, "needs a mount"))
struct BadMediumTests {
    @Test("A full stick costs nothing: the same answer is written to the next one")
    func full() throws {
        let stage = try Stage.copy(.nonces)
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        let command = ["process", stage.request, "--yes", digest, "--json"]
        let result = try SmallMedium.full.run(stage.alice, "bitvmx-signer", command)
        try Refusal(10).check(result, "a full stick")

        let head = try stage.alice.signerReport("log", "head")
        let first = try stage.ceremony.process(stage.alice, stage.request)
        let second = try stage.ceremony.process(stage.alice, stage.request)
        #expect(first == second)
        #expect(try stage.alice.signerReport("log", "head") == head)
        try stage.ceremony.accept(first)
    }

    @Test("A stick that cannot be written stops the signer before it does anything")
    func readOnly() throws {
        let stage = try Stage.copy(.nonces)
        let before = try stage.alice.signerState()
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        let command = ["process", stage.request, "--yes", digest, "--json"]
        let result = try SmallMedium.readOnly.run(stage.alice, "bitvmx-signer", command)
        try Refusal(10).check(result, "a read-only stick")
        #expect(try stage.alice.signerState() == before)
    }

    @Test("A watcher writes the same request to the next stick", arguments: SmallMedium.allCases)
    func watcher(_ medium: SmallMedium) throws {
        let stage = try Stage.copy(.nonces)
        let result = try medium.run(
            stage.alice, "bitvmx-watcher", ["request", "next", "--json"])
        try Refusal(10).check(result, "\(medium)")
        #expect(try stage.ceremony.request(stage.alice) == stage.request)
    }
}

/// A file system of a few pages, seen by one process only.
enum SmallMedium: String, CaseIterable {
    case full
    case readOnly

    /// Mounts, fills, and becomes the program: `$0` is the medium's folder.
    private var script: String {
        switch self {
        case .full:
            "mount -t tmpfs -o size=8k none \"$0\" && { head -c 8192 /dev/zero >\"$0/old\"; exec \"$@\"; }"
        case .readOnly: "mount -t tmpfs -o size=8k,ro none \"$0\" && exec \"$@\""
        }
    }

    static let isAvailable: Bool = {
        guard let folder = try? ProgramFolder("medium") else { return false }
        let command = ["--map-root-user", "--mount", "sh", "-c"]
        let result = try? Program("unshare").run(
            command + ["mount -t tmpfs none \"$0\"", folder.url.path],
            in: Program.Place(folder.url))
        return result?.status == 0
    }()

    func run(
        _ who: ProgramOperator, _ program: String, _ arguments: [String]
    ) throws -> ProgramResult {
        let medium = try ProgramFolder("medium")
        var words =
            try ["--map-root-user", "--mount", "sh", "-c", script, medium.url.path]
            + [Program(built: program).path] + arguments + ["-o", medium.url.path]
        if program == "bitvmx-signer" {
            words += ["--passphrase-file", who.folder.appending(path: "passphrase").path]
        }
        return try Program("unshare").run(words, in: who.place)
    }
}
