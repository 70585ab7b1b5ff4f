import Foundation
import TestSupport
import Testing

/// Where the anchor of a signer with real money may be.
@Suite("The anchor on mainnet")
struct AnchorPlaceTests {
    @Test("On the disk of the state it needs a word; elsewhere, or with that word, it does not")
    func place() throws {
        let folder = try ProgramFolder("mainnet")
        let who = try ProgramOperator("alice", in: folder.url)
        let state = who.folder.appending(path: "signer").path
        for options in [[], ["--anchor", folder.path("anchor")]] {
            let result = try initialise(who, "mainnet", options)
            try Refusal(12).check(result, "\(options)")
            #expect(try result.report().text("detail").contains("anchor"))
            #expect(try result.report().text("next").contains("--anchor-on-same-disk"))
            #expect(!FileManager.default.fileExists(atPath: state))
        }
        // What else the machine lacks for mainnet is another matter.
        var accepted = [["--anchor-on-same-disk"]]
        if let other = Self.otherDisk(than: folder.url) { accepted.append(["--anchor", other]) }
        for options in accepted {
            let result = try initialise(who, "mainnet", options)
            if result.status == 0 {
                try FileManager.default.removeItem(atPath: state)
                continue
            }
            try Refusal(12).check(result, "\(options)")
            #expect(try !result.report().text("detail").contains("anchor"))
        }
        #expect(try initialise(who, "regtest", []).status == 0)
    }

    private func initialise(
        _ who: ProgramOperator, _ network: String, _ options: [String]
    ) throws -> ProgramResult {
        let command = ["init", "--name", "alice", "--network", network, "--words-fd", "2"]
        return try Program(built: "bitvmx-signer").run(
            command + options + [
                "--json", "--passphrase-file", who.folder.appending(path: "passphrase").path,
            ], in: who.place)
    }

    /// A folder on another file system than a folder's, where there is one.
    private static func otherDisk(than folder: URL) -> String? {
        let memory = "/dev/shm"
        var (here, there) = (stat(), stat())
        guard unsafe stat(folder.path, &here) == 0, unsafe stat(memory, &there) == 0,
            here.st_dev != there.st_dev
        else { return nil }
        return memory + "/bitvmx-anchor-\(ProcessInfo.processInfo.processIdentifier)"
    }
}
