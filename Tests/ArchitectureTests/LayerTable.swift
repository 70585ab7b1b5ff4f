/// Which target may import which: the table of docs/architecture.md as data.
///
/// A target may import what its row names and whatever Swift targets those stand on. Targets in C and libraries of
/// others count only where a row names them.
enum LayerTable {
    /// One target of Package.swift.
    struct Row {
        let layer: Int
        let target: String
        let mayImport: Set<String>

        init(_ layer: Int, _ target: String, _ mayImport: Set<String>) {
            self.layer = layer
            self.target = target
            self.mayImport = mayImport
        }
    }

    /// Targets that only the signer's program may contain.
    static let signerOnly: Set = [
        "CLockdown", "CNoNetwork", "Secrets", "SignerCore", "bitvmx-signer",
    ]

    /// Targets that only the watcher's program may contain.
    static let watcherOnly: Set = ["WatcherCore", "WatcherStore", "BitcoinNode", "bitvmx-watcher"]

    /// Targets that may use Foundation: shells, which have files, clocks and terminals.
    ///
    /// The rest is pure.
    static let foundationUsers: Set = [
        "Terminal", "SignerCore", "WatcherStore", "BitcoinNode", "bitvmx-signer", "bitvmx-watcher",
        "bitvmx-bench",
    ]

    /// The one target that may open connections.
    static let networkUser = "BitcoinNode"

    /// Modules of the toolchain that every target may import.
    static let toolchain: Set = ["Swift", "Glibc", "Synchronization", "Dispatch"]

    static let rows: [Row] = [
        Row(0, "CSecp256k1", []),
        Row(0, "CCrypto", []),
        Row(0, "CHash", []),
        Row(0, "CLockdown", []),
        Row(0, "CNoNetwork", []),
        Row(1, "Primitives", ["CHash", "CCrypto"]),
        Row(2, "Bitcoin", ["Primitives"]),
        Row(2, "Curve", ["CSecp256k1", "Primitives"]),
        Row(2, "Winternitz", ["Primitives"]),
        Row(2, "RiscV", ["Primitives"]),
        Row(3, "Dispute", ["RiscV"]),
        Row(3, "MuSig2", ["Curve"]),
        Row(3, "Tapscript", ["Bitcoin", "Curve", "Winternitz"]),
        Row(4, "DisputeLeaves", ["Dispute", "Tapscript", "Winternitz"]),
        Row(4, "Model", ["Bitcoin", "MuSig2", "Winternitz"]),
        Row(4, "Secrets", ["MuSig2", "Winternitz"]),
        Row(5, "ProtocolBuilder", ["Model", "Tapscript"]),
        Row(5, "Exchange", ["Model"]),
        Row(6, "Protocols", ["ProtocolBuilder"]),
        Row(7, "Validation", ["Protocols", "Exchange"]),
        Row(8, "Terminal", ["Validation", "ArgumentParser"]),
        Row(8, "SignerCore", ["Validation", "Secrets", "CLockdown", "GRDB"]),
        Row(8, "WatcherCore", ["Validation"]),
        Row(9, "WatcherStore", ["WatcherCore", "GRDB"]),
        Row(9, "BitcoinNode", ["WatcherCore"]),
        Row(10, "bitvmx-signer", ["SignerCore", "Terminal", "CNoNetwork", "ArgumentParser"]),
        Row(
            10, "bitvmx-watcher",
            [
                "WatcherCore", "WatcherStore", "BitcoinNode", "DisputeLeaves", "RiscV", "Terminal",
                "ArgumentParser", "Yams",
            ]),
        Row(
            10, "bitvmx-bench",
            [
                "Secrets", "DisputeLeaves", "Protocols", "Exchange", "RiscV", "SignerCore",
                "ArgumentParser",
            ]),
    ]

    /// Everything that a target may import: its row and the Swift targets below.
    static func reach(of target: String) -> Set<String> {
        guard let row = rows.first(where: { $0.target == target }) else { return [] }
        return row.mayImport.union(row.mayImport.flatMap(swiftTargets(below:)))
    }

    private static func swiftTargets(below target: String) -> Set<String> {
        guard let row = rows.first(where: { $0.target == target }) else { return [] }
        let swift = row.mayImport.filter { name in
            rows.contains { $0.target == name && $0.layer > 0 }
        }
        return swift.union(swift.flatMap(swiftTargets(below:)))
    }
}
