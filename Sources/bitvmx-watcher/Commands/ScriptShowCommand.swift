import ArgumentParser
import Bitcoin
import Dispute
import DisputeLeaves
import Model
import Tapscript
import Terminal

/// `script show`.
struct ScriptShowCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints a leaf of a dispute with names, stack and costs.",
        discussion: """
            Without a name, all leaves are listed. Leaves that hold constants of a
            program need it: --definition or --elf. The others are the same for all
            programs of one --step-limit and --arity.

            There is no ceremony here: keys in the script are examples, made from
            public text. Sizes are those of real leaves.

            EXAMPLES
              bitvmx-watcher script show
              bitvmx-watcher script show addi
              bitvmx-watcher script show trace_hash --summary
              bitvmx-watcher script show 'opcode[0]' --definition hello.yaml --body
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Name of the leaf.")
    var leaf: String?

    @OptionGroup var leaves: LeafOptions

    @Flag(help: "The body alone: without signature and one-time signatures.")
    var body = false

    @Flag(help: "Layout and costs only, without the script.")
    var summary = false

    func validate() throws {
        guard leaf != nil || (!body && !summary) else {
            throw ValidationError("--body and --summary are about one leaf: name it")
        }
    }

    func perform(_ printer: Printer) throws {
        let catalogue = try leaves.catalogue()
        guard let leaf else {
            LeafList(catalogue).report(printer)
            return
        }
        let kind = try leaves.kind(named: leaf, in: catalogue)
        let shown =
            body
            ? try ShownLeaf(body: kind, catalogue.context)
            : try ShownLeaf(whole: kind, catalogue.context)
        shown.report(summary ? .summary : .script, printer)
    }
}

/// All leaves as a table.
private struct LeafList {
    private let catalogue: LeafCatalogue

    init(_ catalogue: LeafCatalogue) {
        self.catalogue = catalogue
    }

    func report(_ printer: Printer) {
        var table = TextTable([
            ("leaf", .left), ("values", .right), ("bytes", .right), ("read", .right),
        ])
        var objects: [JSON] = []
        for kind in catalogue.kinds {
            let entries = kind.layout(catalogue.context).entries
            let byteCount = entries.reduce(0) { $0 + $1.value.byteCount }
            let readCount = entries.count(where: \.isRead)
            table.add([
                kind.name, String(entries.count), String(byteCount), String(readCount),
            ])
            objects.append(
                .object(
                    JSONObject([
                        ("name", .text(kind.name)), ("values", .number(UInt64(entries.count))),
                        ("bytes", .number(UInt64(byteCount))),
                        ("read", .number(UInt64(readCount))),
                    ])))
        }
        let context = catalogue.context
        printer.report(
            JSONObject([
                ("stepLimit", .number(context.stepLimit)),
                ("arity", .number(UInt64(context.shape.arity))), ("leaves", .array(objects)),
            ]),
            lines: [ShownLeaf.searchLine(context)] + table.lines + [
                "",
                "\(catalogue.kinds.count) leaves"
                    + (context.commitment == nil
                        ? " of any program; --definition or --elf adds those of one" : ""),
            ])
    }
}
