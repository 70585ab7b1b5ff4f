import Bitcoin
import Curve
import Foundation
import Model
import Primitives
import ProtocolBuilder
import TestSupport
import Testing

/// The Swift builder against the plain Python builder of Tests/Vectors/graph.
@Suite("Graphs of a second builder")
struct GraphOracleTests {
    struct Expected: Decodable {
        struct Transaction: Decodable {
            let label: String
            let txid: String
            let raw: String
            let fee: UInt64
            let largestWeight: Int
        }

        struct Task: Decodable {
            let label: String
            let input: Int
            let path: Int?
            let item: String
            let owner: String
            let key: String
            let untweakedKey: String
            let tweak: String?
            let leafHash: String?
            let type: UInt8
            let sighash: String
        }

        let name: String
        let digest: String
        let transactions: [Transaction]
        let tasks: [Task]
    }

    @Test("order, amounts, transactions, sighashes and digest are the same", arguments: 0..<4)
    func sameGraph(index: Int) throws {
        let described = try Vectors.load(DescribedGraph.self, "graph/descriptions")[index]
        let expected = try Vectors.load(Expected.self, "graph/graphs")[index]
        let graph = try Graph(building: try described.description())
        #expect(graph.name == expected.name)
        #expect(graph.transactions.map { $0.label.text } == expected.transactions.map { $0.label })
        for (made, wanted) in zip(graph.transactions, expected.transactions) {
            #expect(made.txid.description == wanted.txid, "\(wanted.label)")
            #expect(Hex.encode(made.transaction.encodedWithoutWitness()) == wanted.raw)
            #expect(made.fee.satoshi == wanted.fee, "\(wanted.label)")
            #expect(made.largestWeight.units == wanted.largestWeight, "\(wanted.label)")
        }
        #expect(graph.plan.tasks.count == expected.tasks.count)
        for (made, wanted) in zip(graph.plan.tasks, expected.tasks) {
            compare(made, wanted)
        }
        #expect(graph.digest.hex == expected.digest)
    }

    private func compare(_ made: SigningTask<TestLabel>, _ wanted: Expected.Task) {
        #expect(
            made.id
                == SigningTask<TestLabel>.ID(
                    label: TestLabel(wanted.label), inputIndex: wanted.input,
                    path: wanted.path.map { .leaf($0) } ?? .keyPath, item: wanted.item))
        #expect(made.owner.text == wanted.owner)
        #expect(made.key.hex == wanted.key)
        #expect(made.untweakedKey.hex == wanted.untweakedKey)
        #expect(made.tweak?.hex == wanted.tweak)
        #expect(made.leafHash?.hex == wanted.leafHash)
        #expect(made.sighashType.rawValue == wanted.type)
        #expect(made.sighash.hex == wanted.sighash)
    }

    static let python: URL? = ProcessInfo.processInfo.environment["PATH", default: ""]
        .split(separator: ":")
        .map { URL(filePath: String($0)).appending(path: "python3") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }

    @Test("the stored figures are what the second builder prints", .enabled(if: python != nil))
    func storedFigures() throws {
        let process = Process()
        process.executableURL = Self.python
        process.arguments = [
            "-B",
            Vectors.folder.appending(path: "graph/graph_builder.py").path(percentEncoded: false),
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try printed == Vectors.data("graph/graphs.json"))
    }
}
