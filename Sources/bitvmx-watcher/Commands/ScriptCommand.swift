import ArgumentParser
import Bitcoin
import Model
import Primitives
import Tapscript
import Terminal

/// `script`: what leaves do.
struct ScriptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script",
        abstract: "Replays tapscripts.",
        discussion: """
            EXAMPLES
              bitvmx-watcher script run 935887 --witness 02 --witness 06
            """,
        subcommands: [ScriptRunCommand.self])

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

            EXAMPLES
              bitvmx-watcher script run 935887 --witness 02 --witness 06
              bitvmx-watcher script run --script-file leaf.hex --witness-file w.txt
              bitvmx-watcher script run 935887 --witness-file - < w.txt
            """)

    private static let byteLimit = 8_000_000

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The script in hex.")
    var script: String?

    @Option(help: ArgumentHelp("File with the script in hex.", valueName: "file"))
    var scriptFile: String?

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
        guard (script == nil) != (scriptFile == nil) else {
            throw ValidationError("give the script, or --script-file")
        }
        guard witness.isEmpty || witnessFile == nil else {
            throw ValidationError("either --witness or --witness-file, not both")
        }
        guard items > 0 else { throw ValidationError("--items is at least 1") }
    }

    func perform(_ printer: Printer) throws {
        let text = try scriptFile.map { try PlainFile.text($0, limit: Self.byteLimit) } ?? script
        let lines = try witnessFile.map(Self.lines) ?? witness.map { ("", $0) }
        let stack = try lines.map { try Self.bytes($0.hex, of: "the witness") }
        let checker: any SignatureChecker = assume ? AssumingChecker() : NoTransactionChecker()
        let trace = Interpreter.trace(
            Script(try Self.bytes(text ?? "", of: "the script")), stack: stack,
            context: ScriptContext(flags: standard ? .standard : .consensus, checker: checker))
        let annotations = ScriptAnnotations(itemNames: lines.map { $0.name })
        report(trace, annotations, printer)
    }

    private func report(
        _ trace: ScriptTrace, _ annotations: ScriptAnnotations, _ printer: Printer
    ) {
        let verdict =
            if let failure = trace.failure {
                "refused: \(failure.rawValue)"
                    + (trace.steps.last.map { " (last operation \($0.operationIndex))" } ?? "")
            } else { "accepted" }
        var table = TextTable([
            ("", .right), ("operation", .left), ("stack", .left), ("alt stack", .left),
            ("", .left),
        ])
        for row in trace.rows(annotations, itemCount: items) {
            table.add([row.index, row.operation, row.stack, row.altStack, row.note])
        }
        let peak = trace.steps.map { $0.stack.count + $0.altStack.count }.max() ?? 0
        printer.report(
            JSONObject([
                ("verdict", .text(trace.failure?.rawValue ?? "OK")),
                ("operations", .number(UInt64(trace.steps.count))),
                ("peak_items", .number(UInt64(max(peak, trace.firstStack.count)))),
                ("steps", .array(trace.steps.map { .object(Self.object($0)) })),
            ]),
            lines: table.lines + [
                "",
                "\(verdict); \(trace.steps.count) operations, at most "
                    + "\(max(peak, trace.firstStack.count)) items",
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
            ("alt_stack", .array(step.altStack.map { .text(Hex.encode($0.bytes)) })),
        ])
    }

    /// The lines of a file: an item each, with or without a name; the empty item is `''`.
    private static func lines(_ path: String) throws -> [(name: String, hex: String)] {
        try PlainFile.text(path, limit: byteLimit).split(separator: "\n").map { line in
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
