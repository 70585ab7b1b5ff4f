import Foundation
import TestSupport
import Testing

/// The YAML file of a program, through the program that reads it.
@Suite("A program's YAML file")
struct DefinitionFileTests {
    private let folder: ProgramFolder
    private let watcher: Program

    init() throws {
        folder = try ProgramFolder("definition")
        watcher = try Program(built: "bitvmx-watcher")
    }

    private static let good = """
        version: 1
        program: cardinal-lock/1
        title: Test lock
        network: regtest
        instance: 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
        operators:
          - name: alice
            identity: 79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798
          - name: bob
            identity: c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5
        lock:
          user: f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9
          secret-hash: 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
          ordinal-amount: 10000
          fee-amount: 60000
          request-timeout: 144
          end-of-life: 1008
          fee-rate: 2.5
        """

    /// Runs `program create` on a text; a state is there.
    private func create(_ text: String) throws -> ProgramResult {
        let file = try folder.write(text, to: "lock.yaml")
        let place = Program.Place(folder.url)
        let state = ["--state", folder.path("state"), "--json"]
        _ = try watcher.run(["init", "--name", "alice", "--network", "regtest"] + state, in: place)
        return try watcher.run(["program", "create", file] + state, in: place)
    }

    @Test("gives the same id for the same content in another order and with comments")
    func order() throws {
        let first = try create(Self.good)
        #expect(first.status == 0, "\(first.text)")
        let id = try first.report().text("id")
        let lines = Self.good.split(separator: "\n").map(String.init)
        let moved =
            Array(lines[10...]) + ["# a comment"] + Array(lines[..<6])
            + Array(lines[8..<10]) + Array(lines[6..<8])
        let second = try create(moved.joined(separator: "\n"))
        #expect(try second.report().text("id") == id)
        let other = try create(Self.good.replacing("fee-rate: 2.5", with: "fee-rate: 2.501"))
        #expect(try other.report().text("id") != id)
    }

    @Test(
        "refuses what is unknown, missing, mistyped or doubled, with key and line",
        arguments: [
            ("title: Test lock", "titel: Test lock", "line 3: unknown key 'titel'"),
            ("  fee-rate: 2.5", "  fee-rat: 2.5", "line 18: unknown key 'fee-rat'"),
            ("network: regtest\n", "", "lacks network"),
            ("  user: f9", "  user: zz", "'user'"),
            ("fee-amount: 60000", "fee-amount: 6e4", "must be a whole number of satoshi"),
            ("fee-amount: 60000", "fee-amount: -1", "must be a whole number of satoshi"),
            ("fee-amount: 60000", "fee-amount: 2100000000000001", "21 million"),
            ("request-timeout: 144", "request-timeout: 70000", "at most 65535"),
            ("fee-rate: 2.5", "fee-rate: 2.5001", "3 decimal places"),
            ("fee-rate: 2.5", "fee-rate: .5", "3 decimal places"),
            ("fee-rate: 2.5", "fee-rate: [2]", "not a list"),
            ("title: Test lock", "title:", "not empty"),
            ("title: Test lock", "title: a\ntitle: b", "stands twice"),
            ("version: 1", "version: 2", "line 1: 'version'"),
            ("cardinal-lock/1", "cardinal-lock/2", "is unknown"),
            ("network: regtest", "network: testnet3", "mainnet, testnet4, signet, regtest"),
            ("instance: 5a", "instance: 5", "32 hex digits"),
            ("name: bob", "name: alice", "two operators"),
            ("name: bob", "name: Bob", "'Bob'"),
            ("lock:", "last: carol\nlock:", "'last'"),
            ("operators:\n", "operators: alice\nx:\n", "unknown key 'x'"),
            ("title: Test lock", "title: [", "not YAML"),
        ])
    func broken(_ found: String, _ replacement: String, _ message: String) throws {
        let text = Self.good.replacing(found, with: replacement)
        #expect(text != Self.good)
        let result = try create(text)
        #expect(result.status == 9, "\(result.text)")
        let report = try result.report()
        #expect(try report.text("detail").contains(message), "\(result.text)")
        #expect(try !report.text("next").isEmpty)
    }

    @Test("the template is complete but for what only people know, and fresh every time")
    func template() throws {
        let place = Program.Place(folder.url)
        let none = ["--state", folder.path("none")]
        let first = try watcher.run(["program", "template"] + none, in: place)
        let second = try watcher.run(["program", "template"] + none, in: place)
        #expect(first.status == 0)
        #expect(first.output != second.output)
        let filled = first.output
            .replacing(
                "name: alice\n    identity: \"\"", with: "name: alice\n    identity: \(Self.key)"
            )
            .replacing("identity: \"\"", with: "identity: \(Self.other)")
            .replacing("user: \"\"", with: "user: \(Self.third)")
            .replacing("secret-hash: \"\"", with: "secret-hash: \(Self.key)")
        let result = try create(filled)
        #expect(result.status == 0, "\(result.text)")
    }

    private static let key = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    private static let other = "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"
    private static let third = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"
}
