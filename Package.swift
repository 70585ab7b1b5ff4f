// swift-tools-version: 6.2
import PackageDescription

// The layers of docs/architecture.md: a target may import what stands on a lower line of its own
// column and nothing else. ArchitectureTests compares this manifest with the imports.

let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func ours(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport"],
        swiftSettings: settings)
}

let systemLibraries: [Target] = [
    .systemLibrary(
        name: "CSecp256k1", pkgConfig: "libsecp256k1", providers: [.apt(["libsecp256k1-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
]

let foundations: [Target] = [
    .target(name: "CHash"),
    .target(name: "CLockdown"),
    .target(name: "CNoNetwork"),
    ours("Primitives", ["CHash", "CCrypto"]),
    ours("Bitcoin", ["Primitives"]),
    ours("Curve", ["CSecp256k1", "Primitives"]),
    ours("Winternitz", ["Primitives"]),
    ours("RiscV", ["Primitives"]),
    ours("Dispute", ["RiscV", "Primitives"]),
    ours("MuSig2", ["Curve", "Primitives"]),
    ours("Tapscript", ["Bitcoin", "Curve", "Winternitz", "Primitives"]),
    ours(
        "DisputeLeaves",
        ["Dispute", "Tapscript", "RiscV", "Winternitz", "Curve", "Bitcoin", "Primitives"]),
]

let shared: [Target] = [
    ours("Model", ["Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives"]),
    ours("ProtocolBuilder", ["Model", "Tapscript", "Bitcoin", "Curve", "MuSig2", "Primitives"]),
    ours("Exchange", ["Model", "Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives"]),
    ours(
        "Protocols",
        ["ProtocolBuilder", "Model", "Tapscript", "Bitcoin", "Curve", "MuSig2", "Primitives"]),
    ours(
        "Validation",
        [
            "Protocols", "Exchange", "ProtocolBuilder", "Model", "Tapscript", "Bitcoin", "Curve",
            "MuSig2", "Winternitz", "Primitives",
        ]),
    ours(
        "Terminal", ["Validation", "Exchange", "Model", "Bitcoin", "Curve", "Primitives"]),
]

let signer: [Target] = [
    ours("Secrets", ["MuSig2", "Winternitz", "Curve", "Primitives"]),
    ours(
        "SignerCore",
        [
            "Validation", "Secrets", "CLockdown", "Protocols", "Exchange", "ProtocolBuilder",
            "Model", "Tapscript", "Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives", grdb,
        ]),
    program(
        "bitvmx-signer",
        [
            "SignerCore", "CNoNetwork", "Secrets", "Validation", "Exchange", "Protocols",
            "ProtocolBuilder", "Model", "Winternitz", "Bitcoin", "Curve", "Primitives", "Terminal",
            argumentParser,
        ]),
]

let watcher: [Target] = [
    ours(
        "WatcherCore",
        [
            "Validation", "Protocols", "Exchange", "ProtocolBuilder", "Model", "Tapscript",
            "Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives",
        ]),
    ours("WatcherStore", ["WatcherCore", "Exchange", "Model", "Curve", "Primitives", grdb]),
    ours("BitcoinNode", ["WatcherCore", "Model", "Bitcoin", "Primitives"]),
    program(
        "bitvmx-watcher",
        [
            "WatcherCore", "WatcherStore", "BitcoinNode", "Validation", "Protocols", "Exchange",
            "ProtocolBuilder", "Model", "Tapscript", "Bitcoin", "Curve", "MuSig2", "Winternitz",
            "DisputeLeaves", "Dispute", "RiscV", "Primitives", "Terminal", argumentParser, yams,
        ]),
]

let measurement: [Target] = [
    program(
        "bitvmx-bench",
        [
            "Secrets", "DisputeLeaves", "Dispute", "Protocols", "Exchange", "ProtocolBuilder",
            "Model", "Tapscript", "MuSig2", "Winternitz", "Curve", "Bitcoin", "Primitives", "RiscV",
            "SignerCore", argumentParser,
        ])
]

let testTargets: [Target] = [
    .target(
        name: "TestSupport",
        dependencies: [
            "Primitives", "Bitcoin", "Curve", "MuSig2", "Winternitz", "Model", "Exchange",
            "ProtocolBuilder", "Protocols", "Validation",
        ],
        path: "Tests/TestSupport",
        swiftSettings: settings),
    .target(
        name: "MachineSupport", dependencies: ["RiscV", "Primitives", "TestSupport"],
        path: "Tests/MachineSupport", swiftSettings: settings),
    .target(
        name: "ScriptSupport",
        dependencies: [
            "Tapscript", "Bitcoin", "Curve", "Winternitz", "Primitives", "TestSupport",
        ],
        path: "Tests/ScriptSupport", swiftSettings: settings),
    .target(
        name: "DisputeSupport",
        dependencies: [
            "DisputeLeaves", "Dispute", "Tapscript", "RiscV", "Bitcoin", "Winternitz",
            "Primitives", "MachineSupport", "TestSupport",
        ],
        path: "Tests/DisputeSupport", swiftSettings: settings),
    tests("Primitives", ["Primitives", "CHash"]),
    tests("Bitcoin", ["Bitcoin", "Primitives"]),
    tests("Curve", ["Curve", "Primitives"]),
    tests("Winternitz", ["Winternitz", "Primitives"]),
    tests("RiscV", ["RiscV", "Primitives", "MachineSupport"]),
    tests("Dispute", ["Dispute", "RiscV", "Primitives", "DisputeSupport", "MachineSupport"]),
    tests(
        "DisputeLeaves",
        [
            "DisputeLeaves", "Dispute", "Tapscript", "RiscV", "Winternitz", "Curve", "Bitcoin",
            "Primitives", "DisputeSupport", "ScriptSupport",
        ]),
    tests("MuSig2", ["MuSig2", "Curve", "Secrets", "Primitives"]),
    tests(
        "Tapscript",
        ["Tapscript", "Bitcoin", "Curve", "Winternitz", "Primitives", "ScriptSupport"]),
    tests("Secrets", ["Secrets", "MuSig2", "Winternitz", "Curve", "Bitcoin", "Primitives"]),
    tests("Model", ["Model", "Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives"]),
    tests(
        "ProtocolBuilder",
        ["ProtocolBuilder", "Model", "Tapscript", "Bitcoin", "Curve", "MuSig2", "Primitives"]),
    tests("Exchange", ["Exchange", "Model", "Bitcoin", "Curve", "MuSig2", "Primitives"]),
    tests(
        "Protocols",
        ["Protocols", "ProtocolBuilder", "Model", "Tapscript", "Bitcoin", "Curve", "Primitives"]),
    tests(
        "Validation",
        [
            "Validation", "Protocols", "Exchange", "ProtocolBuilder", "Model", "Tapscript",
            "Bitcoin", "Curve", "MuSig2", "Secrets", "Winternitz", "Primitives",
        ]),
    tests(
        "SignerCore",
        [
            "SignerCore", "Secrets", "Validation", "Protocols", "Exchange", "ProtocolBuilder",
            "Model", "Bitcoin", "Curve", "MuSig2", "Winternitz", "Primitives", grdb,
        ]),
    tests(
        "WatcherCore",
        [
            "WatcherCore", "WatcherStore", "BitcoinNode", "Validation", "Protocols", "Exchange",
            "ProtocolBuilder", "Model", "Bitcoin", "Curve", "MuSig2", "Secrets", "Primitives",
        ]),
    tests(
        "Terminal",
        ["Terminal", "Validation", "Exchange", "Model", "Bitcoin", "Curve", "Primitives"]),
    tests("CommandLine", ["Primitives"]),
    tests(
        "EndToEnd",
        [
            "DisputeLeaves", "Dispute", "DisputeSupport", "RiscV", "Tapscript", "ProtocolBuilder",
            "Model", "MuSig2", "Secrets", "Winternitz", "Bitcoin", "Curve", "Primitives",
        ]),
    tests("Architecture", []),
]

let package = Package(
    name: "BitVMXAirgap",
    products: [
        .executable(name: "bitvmx-signer", targets: ["bitvmx-signer"]),
        .executable(name: "bitvmx-watcher", targets: ["bitvmx-watcher"]),
        .executable(name: "bitvmx-bench", targets: ["bitvmx-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: systemLibraries + foundations + shared + signer + watcher + measurement
        + testTargets,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)
