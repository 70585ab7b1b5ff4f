package import Bitcoin
import Exchange
import Foundation
import Model
import ProtocolBuilder
package import Protocols

extension ProgramCeremony {
    /// The lock as anybody can build it from the bundles on the stick, without our programs.
    package func outputs() throws -> LockOutputs {
        let names = try FileManager.default.contentsOfDirectory(atPath: stick.path).sorted()
        var definition: CeremonyDefinition?
        var keys: [ParticipantKeys] = []
        for name in names where name.hasSuffix(".bvx") {
            let bundle = try SignedBundle(
                decoding: [UInt8](Data(contentsOf: stick.appending(path: name))))
            let payload = bundle.envelope.payload
            switch (bundle.envelope.kind, bundle.envelope.direction) {
            case (.registration, .request):
                definition = try RegistrationRequest.decoded(from: payload).definition
            case (.keys, .response):
                keys.append(try KeysResponse.decoded(from: payload).keys)
            default: break
            }
        }
        guard let definition else {
            throw ProgramReport.Missing(description: "there is no registration on the stick")
        }
        return try ProgramAggregates(definition: definition, keys: keys).lockOutputs
    }

    /// The two addresses that the user pays to, as a watcher shows them.
    package func payments(_ id: String) throws -> [(address: String, satoshi: Int)] {
        let outputs = try operators[0].watcherReport("program", "show", id)["request"].items
        return try outputs.map { output in
            (address: try output.text("address"), satoshi: output["amount"].number ?? 0)
        }
    }

    /// The id of one of the program's transactions.
    package func txid(_ label: String, of id: String) throws -> String {
        let all = try operators[0].watcherReport("program", "show", id)["transactions"].items
        guard let found = all.first(where: { $0["label"] == .text(label) }) else {
            throw ProgramReport.Missing(description: "no transaction '\(label)'")
        }
        return try found.text("txid")
    }
}

extension ProgramUser {
    /// An output of a transaction with the tree that a lock gave it.
    package static func spendable(
        _ transaction: Transaction, _ index: Int, _ lock: LockOutputs, _ place: LockPlace
    ) -> Spendable {
        let taproot =
            switch place {
            case .requestedOrdinal: lock.request(.ordinal)
            case .requestedFee: lock.request(.fee)
            case .lockedOrdinal: lock.lockedOrdinal
            }
        return Spendable(
            transaction.outPoint(ofOutput: index), transaction.outputs[index], taproot)
    }

    /// Where the user can take something back.
    package enum LockPlace: Sendable {
        case requestedOrdinal
        case requestedFee
        case lockedOrdinal
    }
}
