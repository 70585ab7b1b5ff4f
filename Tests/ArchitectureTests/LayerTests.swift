import Testing

/// The arrows between the targets, as the files draw them.
@Suite("Layers")
struct LayerTests {
    @Test("a row imports only from lower layers")
    func tableIsLayered() {
        let layers = Dictionary(uniqueKeysWithValues: LayerTable.rows.map { ($0.target, $0.layer) })
        for row in LayerTable.rows {
            for name in row.mayImport {
                #expect((layers[name] ?? -1) < row.layer, "\(row.target) may not import \(name)")
            }
        }
    }

    @Test("every import of the product stands in the layer table")
    func imports() {
        let files = Repository.files(under: "Sources", endings: ["swift"])
        #expect(!files.isEmpty)
        for file in files {
            let allowed = LayerTable.reach(of: file.target).union(LayerTable.toolchain)
            for statement in SwiftSource(file.text).imports
            where !allowed.contains(statement.module) && !isFoundation(statement.module) {
                Issue.record(
                    "\(file.path):\(statement.line): \(file.target) may not import \(statement.module)"
                )
            }
        }
    }

    @Test("Foundation is for shells, and its network half for one target")
    func foundation() {
        for file in Repository.files(under: "Sources", endings: ["swift"]) {
            for statement in SwiftSource(file.text).imports where isFoundation(statement.module) {
                let allowed =
                    statement.module == "FoundationNetworking"
                    ? file.target == LayerTable.networkUser
                    : LayerTable.foundationUsers.contains(file.target)
                #expect(
                    allowed,
                    "\(file.path):\(statement.line): \(file.target) may not import \(statement.module)"
                )
            }
        }
    }

    @Test("a library in C is called by one Swift target")
    func oneCaller() {
        let libraries = Set(LayerTable.rows.filter { $0.layer == 0 }.map(\.target))
        var callers: [String: Set<String>] = [:]
        for file in Repository.files(under: "Sources", endings: ["swift"]) {
            for statement in SwiftSource(file.text).imports
            where libraries.contains(statement.module) {
                callers[statement.module, default: []].insert(file.target)
            }
        }
        for (library, targets) in callers {
            #expect(targets.count == 1, "\(library) is called by \(targets.sorted())")
        }
    }

    @Test("docs/architecture.md shows the same table")
    func document() throws {
        var documented: [String: (layer: Int, mayImport: Set<String>)] = [:]
        for line in Repository.text(of: "docs/architecture.md").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(
                String.init)
            guard cells.count == 6, let layer = Int(cells[1].filter { $0 != " " }) else { continue }
            for target in codeWords(in: cells[2]) {
                documented[target] = (layer, Set(codeWords(in: cells[4])))
            }
        }
        try #require(Set(documented.keys) == Set(LayerTable.rows.map(\.target)))
        for row in LayerTable.rows {
            #expect(documented[row.target]?.layer == row.layer, "layer of \(row.target)")
            #expect(documented[row.target]?.mayImport == row.mayImport, "imports of \(row.target)")
        }
    }

    private func isFoundation(_ module: String) -> Bool {
        module.hasPrefix("Foundation")
    }

    /// The words between backticks.
    private func codeWords(in cell: String) -> [String] {
        let parts = cell.split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
