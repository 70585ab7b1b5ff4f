import Bitcoin
import Model
import Primitives
import ProtocolBuilder
import TestSupport
import Testing

/// Drawings: nothing covers anything, nothing can break out of its text.
@Suite("Drawings")
struct PictureTests {
    private func chain(count: Int, using generator: inout SplitMix64) -> Picture {
        var cards: [PictureCard] = []
        var edges: [PictureEdge] = []
        for index in 0..<count {
            var inputs: [PictureRow] = []
            for parent in Set((0..<2).map { _ in Int.random(in: 0...index, using: &generator) })
                .sorted() where parent < index
            {
                edges.append(
                    PictureEdge(
                        from: PictureEdge.End(
                            card: parent, row: Int.random(in: 0...1, using: &generator)),
                        to: PictureEdge.End(card: index, row: inputs.count), style: .direct))
                inputs.append(PictureRow(style: .contract, text: "\(inputs.count)", notes: []))
            }
            cards.append(
                PictureCard(
                    kind: inputs.isEmpty ? .external : .transaction, heading: "card-\(index)",
                    details: ["detail"], inputs: inputs,
                    outputs: [
                        PictureRow(style: .contract, text: "0 one", notes: ["1 sat", "leaf"]),
                        PictureRow(style: .payout, text: "1 two", notes: []),
                    ]))
        }
        return Picture(title: "chain", subtitle: "", cards: cards, edges: edges)
    }

    @Test("no card covers another, edges lead to the right", arguments: [2, 3, 10, 40, 120])
    func layout(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let layout = PictureLayout(chain(count: count, using: &generator))
        #expect(layout.boxes.count == count)
        for (index, box) in layout.boxes.enumerated() {
            #expect(box.x >= 0 && box.y >= 0)
            #expect(box.x + box.width <= layout.width && box.y + box.height <= layout.height)
            for other in layout.boxes[..<index] {
                #expect(!box.overlaps(other))
            }
        }
        for route in layout.routes {
            #expect(zip(route, route.dropFirst()).allSatisfy { $0.x <= $1.x })
            // The straight parts pass columns; there they keep clear of every card.
            for step in stride(from: 0, to: route.count - 1, by: 2) {
                let lane = PictureLayout.Box(
                    x: route[step].x, y: route[step].y,
                    width: route[step + 1].x - route[step].x + 1, height: 1)
                #expect(!layout.boxes.contains { $0.overlaps(lane) })
            }
        }
    }

    @Test("the sample's drawing shows what it is about")
    func sample() throws {
        let graph = try Graph(building: SampleGraph.description())
        let svg = graph.svg()
        for text in [
            "sample/1", "accept", "release", "collect", "request asset", "request fee", "after 144",
            "60,000 sat", "operators", "both by user + operators", "one of", "anchor", "3 bytes",
            String(graph.digest.hex.prefix(16)),
        ] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(svg.contains("prefers-color-scheme:dark"))
        #expect(svg.contains("class=\"edge delayed\""))
        #expect(graph.picture.cards.count { $0.kind == .external } == 2)
        #expect(graph.picture.edges.count == 5)
    }

    @Test("an output outside of the graph may be called like a transaction")
    func headings() throws {
        var description = try SampleGraph.description()
        for index in 0..<2 {
            var external = try SampleGraph.external(
                "release", UInt32(index), index == 0 ? 10_000 : 60_000, SampleGraph.request)
            external.outPoint = SampleGraph.outPoint(UInt32(index))
            description.transactions[0].inputs[index].source = .external(external)
        }
        let headings = try Graph(building: description).picture.cards.map { $0.heading }
        #expect(Set(headings).count == headings.count)
        #expect(headings.contains("release"))
    }

    @Test("names cannot break out of a drawing")
    func escaping() throws {
        var description = try SampleGraph.description()
        let hostile = "<script>alert(\"'&\\')</script>"
        description.name = hostile
        description.transactions[0].outputs[0].name = hostile
        var taproot = SampleGraph.locked
        taproot.leaves[2].name = hostile
        description.transactions[0].outputs[0].content = .taproot(taproot)
        let graph = try Graph(building: description)
        let svg = graph.svg()
        #expect(!svg.contains("<script"))
        #expect(svg.contains("&lt;script&gt;alert(&quot;&#39;&amp;\\&#39;)&lt;/script&gt;"))
        #expect(isWellFormed(svg))
        let dot = graph.dot()
        #expect(!dot.dropFirst(dot.prefix { $0 != "\n" }.count).contains("<script"))
        #expect(dot.hasPrefix("digraph \"<script>alert(\\\"'&\\\\')</script>\" {"))
        #expect(dot.contains("\"accept\":\"o0\":e -> \"release\":\"i0\":w"))
    }

    @Test("control characters and directions of text are taken out")
    func controls() throws {
        let card = PictureCard(
            kind: .transaction, heading: "a\u{202E}b\u{0}c\"d\\e\n", details: [], inputs: [],
            outputs: [])
        let picture = Picture(title: "t", subtitle: "", cards: [card], edges: [])
        #expect(picture.svg().contains(">a b c&quot;d\\e <"))
        #expect(picture.dot().contains("\"a b c\\\"d\\\\e \" [label="))
        #expect(isWellFormed(picture.svg()))
    }

    private func isWellFormed(_ text: String) -> Bool {
        XMLWellFormedness(text).isWellFormed
    }
}

/// Tags nest, attributes are quoted, entities are the five of XML.
private struct XMLWellFormedness {
    let isWellFormed: Bool

    init(_ text: String) {
        var open: [Substring] = []
        var rest = text[...]
        var isFine = true
        while let start = rest.firstIndex(of: "<") {
            isFine = isFine && Self.isText(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                isFine = false
                break
            }
            let tag = rest[rest.index(after: start)..<end]
            let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                isFine = isFine && open.popLast() == name
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
            isFine = isFine && tag.count { $0 == "\"" }.isMultiple(of: 2)
            rest = rest[rest.index(after: end)...]
        }
        isWellFormed = isFine && open.isEmpty && Self.isText(rest)
    }

    private static func isText(_ text: Substring) -> Bool {
        let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
        return text.indices.allSatisfy { index in
            text[index] != "&" || entities.contains { text[index...].hasPrefix($0) }
        }
    }
}
