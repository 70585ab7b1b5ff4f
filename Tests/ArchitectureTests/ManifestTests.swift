import Foundation
import Testing

/// What the two programs are made of, by Package.swift and by the objects that were linked.
@Suite("Manifest")
struct ManifestTests {
    private static let loaded = Result { try Manifest.load() }

    let manifest: Manifest

    init() throws {
        manifest = try Self.loaded.get()
    }

    @Test("the layer table and the manifest name the same targets")
    func sameTargets() {
        let support: Set = ["TestSupport", "MachineSupport", "ScriptSupport", "DisputeSupport"]
        let ours = manifest.targets.filter { $0.type != "test" && !support.contains($0.name) }
        #expect(Set(ours.map(\.name)) == Set(LayerTable.rows.map(\.target)))
    }

    @Test("a target depends only on what its row allows")
    func dependencies() {
        for row in LayerTable.rows {
            let allowed = LayerTable.reach(of: row.target)
            for dependency in manifest.target(row.target)?.dependencies ?? [] {
                #expect(
                    allowed.contains(dependency.name),
                    "\(row.target) may not depend on \(dependency.name)")
            }
        }
    }

    @Test("the signer contains no target of the watcher and no package beyond two")
    func signer() {
        let targets = manifest.targets(in: "bitvmx-signer")
        #expect(targets.contains("SignerCore"))
        #expect(targets.isDisjoint(with: LayerTable.watcherOnly))
        #expect(manifest.packages(in: "bitvmx-signer") == ["GRDB.swift", "swift-argument-parser"])
    }

    @Test("the watcher contains no target of the signer")
    func watcher() {
        let targets = manifest.targets(in: "bitvmx-watcher")
        #expect(targets.contains("WatcherCore"))
        #expect(targets.isDisjoint(with: LayerTable.signerOnly))
    }

    @Test("the refusals of CNoNetwork reach the signer and nothing that needs a network")
    func refusals() {
        let users = manifest.targets.filter {
            $0.name != "CNoNetwork" && manifest.targets(in: $0.name).contains("CNoNetwork")
        }
        #expect(users.map(\.name) == ["bitvmx-signer"])
    }

    @Test("our Swift targets are memory safe and free of warnings by declaration")
    func settings() {
        let inC: Set = ["CHash", "CLockdown", "CNoNetwork"]
        for target in manifest.targets where target.type != "system" && !inC.contains(target.name) {
            let kinds = Set(target.settings.filter { $0.tool == "swift" }.flatMap(\.kind.keys))
            #expect(
                kinds.isSuperset(of: ["strictMemorySafety", "treatAllWarnings"]),
                "\(target.name) has \(kinds.sorted())")
        }
    }

    @Test("programs are the only products")
    func products() {
        for product in manifest.products {
            #expect(product.type.keys.contains("executable"), "\(product.name)")
        }
    }

    @Test(
        "linked programs contain no object of the other side",
        arguments: [
            ("bitvmx-signer", LayerTable.watcherOnly), ("bitvmx-watcher", LayerTable.signerOnly),
        ])
    func linkedObjects(program: String, foreign: Set<String>) throws {
        let list = try BuildFolder.current.appending(
            path: "\(program).product/Objects.LinkFileList")
        let objects = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
        let modules = Set(
            objects.flatMap { $0.split(separator: "/") }.filter { $0.hasSuffix(".build") }
                .map { String($0.dropLast(".build".count)).replacing("_", with: "-") })
        #expect(modules.contains("Validation"))
        #expect(modules.isDisjoint(with: foreign), "\(modules.sorted())")
    }
}

/// Where the running tests were built.
enum BuildFolder {
    /// The folder that holds this test program, and beside it the products.
    static var current: URL {
        get throws {
            let program = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
            return URL(filePath: program).deletingLastPathComponent()
        }
    }
}
