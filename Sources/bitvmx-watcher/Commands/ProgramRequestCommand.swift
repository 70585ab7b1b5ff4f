import ArgumentParser
import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Protocols
import Terminal
import WatcherCore
import WatcherStore

/// `program request`: what the user needs, before paying and for ever after.
struct ProgramRequestCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Writes what the user needs to check the addresses and to use the time-outs.",
        discussion: """
            For each output that the user's time-outs can spend: internal key, leaves, control
            blocks and delay. The user computes the addresses again from it before paying, and
            keeps the file: without it the time-outs cannot be used.

            EXAMPLES
              bitvmx-watcher program request 3f9a -o request.json
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The new file.", valueName: "file"))
    var output: String

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let assessment = try watcher.assessment(id)
        guard let aggregates = assessment.aggregates else {
            throw WatcherError.notReady(id, wait: watcher.nextStep(assessment).text)
        }
        let document = UserRequest(aggregates).json
        try PlainFile.write(Array((document.text + "\n").utf8), to: output)
        printer.report(
            JSONObject([("id", .text(id.description)), ("file", .text(output))]),
            lines: [
                "written: \(output)",
                "next: give it to the user, who checks both addresses with it before paying",
            ])
    }
}

/// The user's side of a lock: every output that the user can spend, and how.
private struct UserRequest {
    let aggregates: ProgramAggregates

    init(_ aggregates: ProgramAggregates) {
        self.aggregates = aggregates
    }

    private var definition: CeremonyDefinition { aggregates.definition }

    var json: JSONObject {
        let lock = aggregates.lockOutputs
        let requests = LockOutput.allCases.map { output in
            self.output(
                "request \(output.rawValue)", lock.request(output),
                timeout: LockOutputs.LeafName.timeout, after: definition.lock.requestTimeout)
        }
        let locked = output(
            "accept ordinal", lock.lockedOrdinal, timeout: LockOutputs.LeafName.endOfLife,
            after: definition.lock.endOfLife)
        return JSONObject([
            ("version", .number(1)), ("id", .text(definition.id.description)),
            ("title", .text(definition.title)), ("network", .text(definition.network.rawValue)),
            ("user", .text(definition.lock.user.hex)),
            ("secretHash", .text(definition.lock.secretHash.hex)),
            ("operators", .text(lock.operators.hex)),
            ("ordinalAmount", .number(definition.lock.ordinalAmount.satoshi)),
            ("feeAmount", .number(definition.lock.feeAmount.satoshi)),
            ("outputs", .array(requests + [locked])),
        ])
    }

    private func output(
        _ name: String, _ taproot: TaprootDescription, timeout: String, after delay: BlockCount
    ) -> JSON {
        let script = taproot.scriptPubKey
        let address = Address(scriptPubKey: script, network: definition.network)
        let leaves = taproot.leaves.indices.map { index in
            JSON.object(
                JSONObject([
                    ("name", .text(taproot.leaves[index].name)),
                    ("script", .text(taproot.leaves[index].script.hex)),
                    ("text", .text(taproot.leaves[index].script.disassembly)),
                    ("controlBlock", .text(Hex.encode(taproot.controlBlock(ofLeaf: index)))),
                ]))
        }
        return .object(
            JSONObject([
                ("name", .text(name)), ("script", .text(script.hex)),
                ("address", address.map { .text($0.description) } ?? .null),
                ("internalKey", .text(taproot.internalKey.hex)), ("leaves", .array(leaves)),
                ("yourLeaf", .text(timeout)), ("afterBlocks", .number(UInt64(delay.value))),
            ]))
    }
}
