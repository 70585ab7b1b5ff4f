import Foundation
import TestSupport
import Testing

/// Sticks that are full or cannot be written.
@Suite("Media that cannot take an answer", .enabled(if: SmallMedium.isAvailable, "needs a mount"))
struct BadMediumTests {
    @Test(
        "A stick without room for the whole answer stops the signer before it does anything",
        arguments: [SmallMedium.full, .oneBlock, .oneFile],
        [Stage.Moment.registration, .nonces, .partialSignatures])
    func full(_ medium: SmallMedium, _ moment: Stage.Moment) throws {
        let stage = try Stage.copy(moment)
        let before = try stage.alice.signerState()
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        let command = ["process", stage.request, "--yes", digest, "--json"]
        let result = try medium.run(stage.alice, "bitvmx-signer", command)
        try Refusal(10).check(result, "\(medium)")
        #expect(try stage.alice.signerState() == before)
        try stage.ceremony.accept(stage.ceremony.process(stage.alice, stage.request))
    }

    @Test("A stick that vanishes after the answer was committed: the same bytes go to the next one")
    func vanished() throws {
        let stage = try Stage.copy(.partialSignatures)
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        let command = ["process", stage.request, "--yes", digest, "--json"]
        let result = try SmallMedium.noNames.run(stage.alice, "bitvmx-signer", command)
        try Refusal(10).check(result, "no name can be given")
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
    /// Room for one page: an answer, but not its checksum.
    case oneBlock
    /// Room for one file.
    case oneFile
    /// Room for both files, but not for their names: a second link takes a place of its own on a
    /// tmpfs. So it fails when everything is committed, as a stick does that is pulled out.
    case noNames
    case readOnly

    /// Mounts, fills, and becomes the program: `$0` is the medium's folder.
    private var script: String {
        "mount -t tmpfs -o \(options) none \"$0\" && { \(filling); exec \"$@\"; }"
    }

    private var options: String {
        switch self {
        case .full, .oneBlock: "size=8k"
        case .oneFile: "size=1m,nr_inodes=2"
        case .noNames: "size=1m,nr_inodes=3"
        case .readOnly: "size=8k,ro"
        }
    }

    private var filling: String {
        switch self {
        case .full: "head -c 8192 /dev/zero >\"$0/old\""
        case .oneBlock: "head -c 4096 /dev/zero >\"$0/old\""
        case .oneFile, .noNames, .readOnly: ":"
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
