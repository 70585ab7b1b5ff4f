import Curve
package import Foundation
import Primitives

/// Operators that set a lock up with the real programs, over one folder that stands for the stick.
package final class ProgramCeremony: Sendable {
    /// What the definition says besides the operators.
    package struct Terms: Sendable {
        package var user = ProgramUser()
        package var ordinalAmount = 10_000
        package var feeAmount = 60_000
        package var requestTimeout = 144
        package var endOfLife = 1008
        package var last: String?

        package init() {}
    }

    package let folder: ProgramFolder
    package let operators: [ProgramOperator]
    package let terms: Terms

    package var stick: URL { folder.url.appending(path: "stick") }

    /// Makes the states of all operators.
    package init(_ names: [String], _ terms: Terms = Terms()) throws {
        folder = try ProgramFolder("ceremony")
        self.terms = terms
        let parent = folder.url
        operators = try names.map { try ProgramOperator($0, in: parent) }
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        for who in operators {
            let network = ["--network", "regtest"]
            try who.signerReport(
                "init", "--name", who.name, network[0], network[1],
                "--words-fd", "2")
            try who.watcherReport("init", "--name", who.name, network[0], network[1])
        }
    }

    private init(copying other: ProgramCeremony) throws {
        let fresh = try ProgramFolder("ceremony")
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: other.folder.url.path) {
            try files.copyItem(
                at: other.folder.url.appending(path: name), to: fresh.url.appending(path: name))
        }
        folder = fresh
        terms = other.terms
        operators = try other.operators.map { try ProgramOperator($0.name, in: fresh.url) }
    }

    /// All states and the stick as they are now, in a folder of their own.
    package func copy() throws -> ProgramCeremony {
        try ProgramCeremony(copying: self)
    }

    package subscript(_ name: String) -> ProgramOperator {
        guard let found = operators.first(where: { $0.name == name }) else {
            preconditionFailure("the ceremony has no operator \(name)")
        }
        return found
    }

    // MARK: - Steps

    /// Everybody enrols everybody; the fingerprints stand for the words that people compare.
    package func enrol() throws {
        var signers: [String: ProgramReport] = [:]
        for who in operators {
            signers[who.name] = try who.signerReport("identity", "-o", stick.path)
        }
        for who in operators {
            let own = try who.watcherReport("identity", "-o", stick.path)
            try who.signerReport(
                "enrol", own.text("file"), "--yes", own.text("fingerprint"))
            for (name, card) in signers {
                let (file, print) = (try card.text("file"), try card.text("fingerprint"))
                try who.watcherReport("enrol", file, "--yes", print)
                if name != who.name { try who.signerReport("enrol", file, "--yes", print) }
            }
        }
    }

    /// The definition as people write it.
    package func definition() throws -> String {
        var lines = [
            "version: 1", "program: cardinal-lock/1", "title: Test lock", "network: regtest",
            "instance: " + String(repeating: "5a", count: 16), "operators:",
        ]
        for who in operators {
            let known = try operators[0].watcherReport("peers")["signers"].items
            guard let entry = known.first(where: { $0["name"] == .text(who.name) }) else {
                throw ProgramReport.Missing(description: "\(who.name) is not enrolled")
            }
            lines += ["  - name: \(who.name)", "    identity: \(try entry.text("identity"))"]
        }
        if let last = terms.last { lines.append("last: \(last)") }
        lines += [
            "lock:", "  user: \(try terms.user.publicKey.hex)",
            "  secret-hash: \(terms.user.secretHash.hex)",
            "  ordinal-amount: \(terms.ordinalAmount)", "  fee-amount: \(terms.feeAmount)",
            "  request-timeout: \(terms.requestTimeout)", "  end-of-life: \(terms.endOfLife)",
            "  fee-rate: 2",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every watcher creates the program.
    ///
    /// - Returns: Its id.
    @discardableResult
    package func create() throws -> String {
        let file = try folder.write(try definition(), to: "lock.yaml")
        let ids = try operators.map { who in
            try who.watcherReport("program", "create", file).text("id")
        }
        guard let id = ids.first, Set(ids).count == 1 else {
            throw ProgramReport.Missing(description: "the watchers computed other ids: \(ids)")
        }
        return id
    }

    /// The watcher writes what its signer is to do next.
    ///
    /// - Returns: The path of the request.
    package func request(_ who: ProgramOperator) throws -> String {
        try who.watcherReport("request", "next", "-o", stick.path).text("file")
    }

    /// The signer answers a request.
    ///
    /// - Returns: The path of the response.
    package func process(_ who: ProgramOperator, _ request: String) throws -> String {
        let digest = try who.signerReport("inspect", request).text("digest")
        return try who.signerReport("process", request, "-o", stick.path, "--yes", digest)
            .text("file")
    }

    /// Everybody's watcher reads a response.
    package func accept(_ response: String) throws {
        for who in operators { try who.watcherReport("accept", response) }
    }

    /// A whole trip of one operator.
    package func trip(_ who: ProgramOperator) throws {
        try accept(process(who, request(who)))
    }

    /// Every watcher learns which transaction has paid.
    ///
    /// - Parameter source: Options of `program fund` that say which.
    package func fund(_ id: String, _ source: String...) throws {
        for who in operators { try who.watcherReport(["program", "fund", id] + source) }
    }

    /// From keys to a complete certificate; the funding is known already.
    package func sign() throws {
        let others = operators.filter { $0.name != terms.last }
        try others.forEach(trip)
        try operators.filter { $0.name == terms.last }.forEach(trip)
        try others.forEach(trip)
    }
}
