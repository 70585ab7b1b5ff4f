import ArgumentParser
import Bitcoin
import DisputeLeaves
import Model
import Primitives
import Tapscript
import Terminal

/// `script`: what leaves do.
struct ScriptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script",
        abstract: "Shows leaves of disputes and replays tapscripts.",
        discussion: """
            EXAMPLES
              bitvmx-watcher script show addi
              bitvmx-watcher script run 935887 --witness 02 --witness 06
            """,
        subcommands: [ScriptShowCommand.self, ScriptRunCommand.self])

    @OptionGroup var options: WatcherOptions
}

/// `script run`.
struct ScriptRunCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Executes a tapscript and shows the stack after every operation.",
        discussion: """
            The script is executed as a node does, under the rules of consensus.
            Without its transaction no signature is valid and no lock is met:
            --assume takes them for good.

            The witness is what the script takes from the stack, bottom first,
            without script and control block: --witness for each item, or a file
            with one item on a line, where an item may have a name.

            With --leaf the script is the body of a dispute's leaf, and the witness
            comes from a file with its values, value=hex on each line, by the names of
            'script show LEAF --body'. Options of a program are those of 'script show'.

            EXAMPLES
              bitvmx-watcher script run 935887 --witness 02 --witness 06
              bitvmx-watcher script run --script-file leaf.hex --witness-file w.txt
              bitvmx-watcher script run 935887 --witness-file - < w.txt
              bitvmx-watcher script run --leaf entry_point --elf a.elf --values v.txt

            EXIT CODES
              0 accepted, 19 refused
            """)

    private static let byteLimit = 8_000_000

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The script in hex.")
    var script: String?

    @Option(help: ArgumentHelp("File with the script in hex.", valueName: "file"))
    var scriptFile: String?

    @Option(help: ArgumentHelp("Name of a leaf whose body is executed.", valueName: "name"))
    var leaf: String?

    @Option(
        help: ArgumentHelp(
            "With --leaf: file with its values, value=hex on each line.", valueName: "file"))
    var values: String?

    @OptionGroup var leaves: LeafOptions

    @Option(
        help: ArgumentHelp(
            "An item of the witness in hex, '' for the empty one; bottom first.",
            valueName: "hex"))
    var witness: [String] = []

    @Option(
        help: ArgumentHelp("File with an item on each line: hex or name=hex.", valueName: "file"))
    var witnessFile: String?

    @Flag(help: "Take every signature that is not empty for valid, and every lock for met.")
    var assume = false

    @Flag(help: "Under the rules of relay instead of consensus.")
    var standard = false

    @Option(help: ArgumentHelp("How many items of a stack are shown.", valueName: "count"))
    var items = 8

    func validate() throws {
        guard [script, scriptFile, leaf].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("give the script, --script-file, or --leaf")
        }
        guard (leaf == nil) == (values == nil) else {
            throw ValidationError("--leaf and --values go together")
        }
        guard leaf == nil || (witness.isEmpty && witnessFile == nil) else {
            throw ValidationError("with --leaf the witness comes from --values")
        }
        guard witness.isEmpty || witnessFile == nil else {
            throw ValidationError("either --witness or --witness-file, not both")
        }
        guard items > 0 else { throw ValidationError("--items is at least 1") }
    }

    func perform(_ printer: Printer) throws {
        if let leaf, let values {
            let run = try LeafRun(leaf, leaves, values: LeafRun.messages(values))
            try execute(
                NamedRun(
                    script: run.body.script.script, stack: run.witness,
                    names: run.body.script.inputs.map(\.name), heading: run.screen + [""]),
                printer)
            return
        }
        let text = try scriptFile.map { try PlainFile.text($0, limit: Self.byteLimit) } ?? script
        let lines = try witnessFile.map(Self.lines) ?? witness.map { ("", $0) }
        try execute(
            NamedRun(
                script: Script(try Self.bytes(text ?? "", of: "the script")),
                stack: try lines.map { try Self.bytes($0.hex, of: "the witness") },
                names: lines.map { $0.name }, heading: []),
            printer)
    }

    private func execute(_ run: NamedRun, _ printer: Printer) throws {
        let checker: any SignatureChecker = assume ? AssumingChecker() : NoTransactionChecker()
        let trace = Interpreter.trace(
            run.script, stack: run.stack,
            context: ScriptContext(flags: standard ? .standard : .consensus, checker: checker))
        var table = TextTable([
            ("", .right), ("operation", .left), ("stack", .left), ("alt stack", .left),
            ("", .left),
        ])
        for row in trace.rows(ScriptAnnotations(itemNames: run.names), itemCount: items) {
            table.add([row.index, row.operation, row.stack, row.altStack, row.note])
        }
        let peak = max(
            trace.steps.map { $0.stack.count + $0.altStack.count }.max() ?? 0,
            trace.firstStack.count)
        let lines =
            run.heading + table.lines + [
                "",
                "\(Self.verdict(of: trace)); \(trace.steps.count) operations, at most "
                    + "\(peak) items",
            ]
        try report(Self.object(trace, peak), lines, trace.failure, printer)
    }

    /// Prints what happened; a script that fails is no fault of the command.
    private func report(
        _ object: JSONObject, _ lines: [String], _ refusal: ScriptError?, _ printer: Printer
    ) throws {
        guard let refusal else { return printer.report(object, lines: lines) }
        let failure = ProgramFailure(
            .scriptRefused, "the script refuses the witness: \(refusal.rawValue)",
            next: "look at the last operation of the steps")
        guard printer.isMachineReadable else {
            lines.forEach(printer.say)
            throw failure
        }
        printer.report(failure, with: object)
        throw ReportedFailure(exit: failure.exit)
    }

    private static func verdict(of trace: ScriptTrace) -> String {
        guard let failure = trace.failure else { return "accepted" }
        return "refused: \(failure.rawValue)"
            + (trace.steps.last.map { " (last operation \($0.operationIndex))" } ?? "")
    }

    private static func object(_ trace: ScriptTrace, _ peak: Int) -> JSONObject {
        JSONObject([
            ("verdict", .text(trace.failure?.rawValue ?? "OK")),
            ("operations", .number(UInt64(trace.steps.count))),
            ("peakItems", .number(UInt64(peak))),
            ("steps", .array(trace.steps.map { .object(object($0)) })),
        ])
    }

    private static func object(_ step: ScriptTrace.Step) -> JSONObject {
        let operation =
            switch step.instruction {
            case .push(let data, let opcode): data.isEmpty ? opcode.name : Hex.encode(data)
            case .opcode(let opcode): opcode.name
            }
        return JSONObject([
            ("index", .number(UInt64(step.operationIndex))), ("operation", .text(operation)),
            ("executed", .bool(step.isExecuted)),
            ("stack", .array(step.stack.map { .text(Hex.encode($0.bytes)) })),
            ("altStack", .array(step.altStack.map { .text(Hex.encode($0.bytes)) })),
        ])
    }

    /// The lines of a file: an item each, with or without a name; the empty item is `''`.
    private static func lines(_ path: String) throws -> [(name: String, hex: String)] {
        var lines = try PlainFile.text(path, limit: byteLimit)
            .split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return try lines.enumerated().map { index, line in
            guard !line.isEmpty else {
                throw ProgramFailure(
                    .malformed, "line \(index + 1) of the witness is empty",
                    next: "write the empty item as ''")
            }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", String(line))
        }
    }

    private static func bytes(_ text: String, of part: String) throws -> [UInt8] {
        let hex = text.filter { !$0.isWhitespace }
        guard let bytes = try? Hex.decode(hex == "''" ? "" : hex) else {
            throw ProgramFailure(
                .malformed, "\(part) is not hexadecimal", next: "write it in hex")
        }
        return bytes
    }
}

/// A script with what it begins on.
private struct NamedRun {
    let script: Script
    /// Bottom first.
    let stack: [[UInt8]]
    /// Of the items; empty for those without.
    let names: [String]
    /// Printed before the steps.
    let heading: [String]
}

/// Answers as a transaction would that fits the script.
private struct AssumingChecker: SignatureChecker {
    func checkECDSASignature(
        _ signature: [UInt8], publicKey: [UInt8], scriptCode: Script, version: SignatureVersion
    ) -> Bool {
        !signature.isEmpty
    }

    func checkSchnorrSignature(
        _ signature: [UInt8], publicKey: [UInt8], spend: TaprootSpend
    ) throws(ScriptError) {
        guard signature.count == 64 || signature.count == 65 else { throw .schnorrSigSize }
    }

    func checkLockTime(_ lockTime: Int64) -> Bool {
        true
    }

    func checkSequence(_ sequence: Int64) -> Bool {
        true
    }
}
