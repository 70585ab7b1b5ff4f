import Foundation
import Primitives
import TestSupport

/// A ceremony of alice and bob at a moment where a request of alice's watcher waits for her signer.
///
/// Every test gets a copy of its own; the programs made the original once.
struct Stage {
    enum Moment {
        case registration
        case nonces
        case partialSignatures
    }

    let ceremony: ProgramCeremony
    /// The id of the program.
    let id: String
    private let requestName: String
    private let earlierNames: [String]

    var alice: ProgramOperator { ceremony["alice"] }
    var bob: ProgramOperator { ceremony["bob"] }
    var stick: URL { ceremony.stick }
    /// The request that waits.
    var request: String { stick.appending(path: requestName).path }
    /// Requests of alice's watcher that were answered, oldest first.
    var earlier: [String] { earlierNames.map { stick.appending(path: $0).path } }

    static func copy(_ moment: Moment) throws -> Stage {
        let stage = try all.get()[moment]
        guard let stage else { preconditionFailure("every moment has a stage") }
        return Stage(stage, try stage.ceremony.copy())
    }

    private init(_ other: Stage, _ ceremony: ProgramCeremony) {
        self.ceremony = ceremony
        id = other.id
        requestName = other.requestName
        earlierNames = other.earlierNames
    }

    private init(_ ceremony: ProgramCeremony, _ id: String, _ requests: [String]) throws {
        self.ceremony = try ceremony.copy()
        self.id = id
        let names = requests.map { URL(filePath: $0).lastPathComponent }
        guard let last = names.last else { preconditionFailure("a stage has a request") }
        requestName = last
        earlierNames = Array(names.dropLast())
    }

    private static let all = Result { try make() }

    private static func make() throws -> [Moment: Stage] {
        let ceremony = try ProgramCeremony(["alice", "bob"])
        let (alice, bob) = (ceremony["alice"], ceremony["bob"])
        try ceremony.enrol()
        let id = try ceremony.create()
        var requests = [try ceremony.request(alice)]
        var stages = [Moment.registration: try Stage(ceremony, id, requests)]
        try ceremony.trip(alice)
        try ceremony.trip(bob)
        try ceremony.fund(id, "--transaction", payment(ceremony, id))
        requests.append(try ceremony.request(alice))
        stages[.nonces] = try Stage(ceremony, id, requests)
        try ceremony.trip(alice)
        try ceremony.trip(bob)
        requests.append(try ceremony.request(alice))
        stages[.partialSignatures] = try Stage(ceremony, id, requests)
        return stages
    }

    /// A file with a transaction that pays what the program asks for; no chain has it.
    private static func payment(_ ceremony: ProgramCeremony, _ id: String) throws -> String {
        let request = try ceremony["alice"].watcherReport("program", "show", id)["request"].items
        var outputs: [[UInt8]] = []
        for output in request {
            var writer = ByteWriter()
            writer.appendUInt64LE(UInt64(output["amount"].number ?? 0))
            let script = try Hex.decode(output.text("script"))
            writer.append([UInt8(script.count)] + script)
            outputs.append(writer.bytes)
        }
        let input =
            [UInt8](repeating: 0xA5, count: 32) + [0, 0, 0, 0, 0] + [0xFD, 0xFF, 0xFF, 0xFF]
        let bytes =
            [2, 0, 0, 0, 1] + input + [UInt8(outputs.count)] + outputs.flatMap { $0 }
            + [0, 0, 0, 0]
        return try ceremony.folder.write(Hex.encode(bytes) + "\n", to: "payment.hex")
    }
}
