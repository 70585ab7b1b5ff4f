import Bitcoin
import Dispute
import DisputeLeaves
import Model
import Tapscript
import Terminal

/// A leaf as people read it: layout, costs, script.
struct ShownLeaf {
    /// How much is printed.
    enum Detail {
        case script
        case summary
    }

    /// The deepest place in a tree with a control block that every node relays.
    private static let depth = 7

    private let name: String
    private let title: String
    private let context: LeafContext
    private let layout: LeafLayout
    private let script: AssembledScript
    /// nil for a body, which nobody can spend.
    private let costs: LeafCosts?

    /// A leaf as it stands in a tree.
    init(whole kind: LeafKind, _ context: LeafContext) throws {
        let leaf: CommittedLeaf
        do throws(LeafFault) {
            leaf = try CommittedLeaf(example: kind, context)
        } catch {
            throw Self.failure(kind, error)
        }
        name = kind.name
        title = "whole leaf"
        self.context = context
        layout = leaf.layout
        script = leaf.script
        costs = leaf.costs
    }

    /// The check of a leaf without signatures.
    init(body kind: LeafKind, _ context: LeafContext) throws {
        let body = try Self.body(kind, context)
        name = kind.name
        title = "body alone"
        self.context = context
        layout = body.layout
        script = body.script
        costs = nil
    }

    /// The check of a leaf without signatures.
    static func body(_ kind: LeafKind, _ context: LeafContext) throws -> LeafBody {
        do throws(AssemblerError) {
            if let body = try kind.body(context) { return body }
        } catch {
            throw failure(kind, .script(error))
        }
        throw ProgramFailure(
            .usage, "leaf '\(kind.name)' has no body: it checks signatures only",
            next: "show the whole leaf, without '--body'")
    }

    private static func failure(_ kind: LeafKind, _ fault: LeafFault) -> ProgramFailure {
        guard case .script(.tooManyItems(let count)) = fault else {
            preconditionFailure("example keys fit the layout: \(fault)")
        }
        return ProgramFailure(
            .malformed, "leaf '\(kind.name)' would need \(count) items; consensus allows 1000",
            next: "choose a smaller '--arity'")
    }

    // MARK: Report

    func report(_ detail: Detail, _ printer: Printer) {
        var lines = head + ["", "layout, the deepest value first"] + layoutLines
        lines += ["", "costs"] + costLines + ["", "sections"] + sectionLines
        if detail == .script {
            lines += ["", "script: operation, items on the stack, the uppermost ones"]
            lines += script.listing.split(separator: "\n").map(String.init)
        }
        printer.report(json(detail), lines: lines)
    }

    /// How steps are searched.
    static func searchLine(_ context: LeafContext) -> String {
        "search: at most \(context.stepLimit) steps, \(context.shape.arity) parts a round, "
            + "published hashes in profile \(context.publishedHashes.rawValue)"
    }

    private var head: [String] {
        var lines = ["leaf: \(name), \(title)", Self.searchLine(context)]
        if costs != nil {
            lines.append("keys: examples from public text; no ceremony has them")
        }
        return lines
    }

    private var layoutLines: [String] {
        guard !layout.entries.isEmpty else { return ["no values"] }
        var table = TextTable([
            (LayoutRow.headings[0], .left), (LayoutRow.headings[1], .left),
            (LayoutRow.headings[2], .right), (LayoutRow.headings[3], .right),
            (LayoutRow.headings[4], .left),
        ])
        for row in layout.rows { table.add(row.cells) }
        return table.lines
    }

    private var costLines: [String] {
        let properties = script.properties
        let stack =
            "stack: at most \(properties.peakItemCount) items of "
            + "\(AssembledScript.maximumItemCount)"
        let conditions =
            "OP_IF: \(script.hasConditions ? "yes, some nodes do not relay it" : "none")"
        guard let costs else {
            return [
                "script: \(properties.byteCount) bytes",
                "witness: \(Self.items(properties.inputItemCount))", stack, conditions,
            ]
        }
        return [
            "script: \(costs.scriptByteCount) bytes",
            "witness: \(Self.items(costs.itemCount)), "
                + "\(costs.meanWitnessByteCount) bytes on average, "
                + "at most \(costs.mostWitnessByteCount)",
            stack, conditions,
            "input: \(costs.inputVirtualSize(depth: Self.depth)) vB at depth \(Self.depth), "
                + "where the control block has 257 bytes; each step of depth has 32",
        ]
    }

    private static func items(_ count: Int) -> String {
        "\(count) \(count == 1 ? "item" : "items")"
    }

    private var sectionLines: [String] {
        var table = TextTable([("section", .left), ("bytes", .right)])
        for section in Self.merged(script.sectionByteCounts) {
            table.add([section.name.isEmpty ? "(leaf)" : section.name, String(section.byteCount)])
        }
        return table.lines
    }

    /// Sections of one name together, where the first of them stands.
    private static func merged(
        _ sections: [(name: String, byteCount: Int)]
    ) -> [(name: String, byteCount: Int)] {
        var merged: [(name: String, byteCount: Int)] = []
        for section in sections {
            if let index = merged.firstIndex(where: { $0.name == section.name }) {
                merged[index].byteCount += section.byteCount
            } else {
                merged.append(section)
            }
        }
        return merged
    }

    private func json(_ detail: Detail) -> JSONObject {
        let properties = script.properties
        var fields: [(String, JSON)] = [
            ("leaf", .text(name)), ("part", .text(costs == nil ? "body" : "whole")),
            ("stepLimit", .number(context.stepLimit)),
            ("arity", .number(UInt64(context.shape.arity))),
            ("hashProfile", .number(UInt64(context.publishedHashes.rawValue))),
            ("layout", .array(layout.rows.map { .object(Self.object($0)) })),
            ("scriptBytes", .number(UInt64(properties.byteCount))),
            ("witnessItems", .number(UInt64(properties.inputItemCount))),
            ("peakItems", .number(UInt64(properties.peakItemCount))),
            ("conditions", .bool(script.hasConditions)),
        ]
        if let costs {
            fields += [
                ("witnessMeanBytes", .number(UInt64(costs.meanWitnessByteCount))),
                ("witnessMostBytes", .number(UInt64(costs.mostWitnessByteCount))),
                ("inputVirtualSize", .number(UInt64(costs.inputVirtualSize(depth: Self.depth)))),
            ]
        }
        fields.append(
            (
                "sections",
                .array(
                    Self.merged(script.sectionByteCounts).map { section in
                        .object(
                            JSONObject([
                                ("name", .text(section.name)),
                                ("bytes", .number(UInt64(section.byteCount))),
                            ]))
                    })
            ))
        if detail == .script { fields.append(("script", .text(script.script.hex))) }
        return JSONObject(fields)
    }

    private static func object(_ row: LayoutRow) -> JSONObject {
        JSONObject([
            ("value", .text(row.name)), ("committer", .text(row.committer)),
            ("bytes", .number(UInt64(row.byteCount))),
            ("profile", .number(UInt64(row.profile))), ("body", .text(row.use)),
        ])
    }
}
