internal import Bitcoin
internal import Foundation
internal import Primitives
package import Tapscript

/// Bitcoin Core's own script engine as a program that judges files of spends.
///
/// The engine comes from `Airgap/setup-script-oracle`; the program around it is
/// Tests/Oracles/script_oracle.py.
package enum ScriptOracle {
    /// Why there are no verdicts.
    package enum Failure: Error {
        /// There is no program of the engine's language.
        case noInterpreter
        /// The program ended otherwise than with 0.
        case failed(status: Int32, message: String)
        /// Other answers came than one for every spend.
        case answerCount(Int)
        /// The engine does not read a transaction.
        case unreadable(kind: String)
    }

    /// Where `Airgap/setup-script-oracle` unpacks.
    private static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? NSHomeDirectory()
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(filePath: cache ?? home + "/.cache")
            .appending(path: "bitvmx-airgap/script-oracle")
    }

    private static var python: URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").lazy.map { URL(filePath: "\($0)/python3") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// Whether the engine and the interpreter of its language are there.
    package static var isAvailable: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "pbk").path)
            && python != nil
    }

    /// One verdict for each spend: whether the engine accepts it.
    package static func verdicts(_ spends: [OracleSpend]) throws -> [Bool] {
        let work = FileManager.default.temporaryDirectory.appending(
            path: "script-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        var writer = ByteWriter()
        for spend in spends {
            spend.encode(to: &writer)
        }
        let input = work.appending(path: "spends")
        let output = work.appending(path: "verdicts")
        try Data(writer.bytes).write(to: input)
        try run(input, output, in: work)
        let answers = [UInt8](try Data(contentsOf: output))
        guard answers.count == spends.count else { throw Failure.answerCount(answers.count) }
        if let index = answers.firstIndex(of: 2) {
            throw Failure.unreadable(kind: spends[index].kind)
        }
        return answers.map { $0 == 1 }
    }

    private static func run(_ input: URL, _ output: URL, in folder: URL) throws {
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Oracles/script_oracle.py")
        let process = Process()
        guard let program = python else { throw Failure.noInterpreter }
        process.executableURL = program
        process.arguments = ["-B", source.path, input.path, output.path]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONPATH": Self.folder.path]
        ) { _, ours in ours }
        process.standardInput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure.failed(
                status: process.terminationStatus,
                message: try String(contentsOf: errors, encoding: .utf8))
        }
    }
}

/// An input of a transaction that two engines judge.
package struct OracleSpend {
    package let data: PrecomputedTransactionData
    package let inputIndex: Int
    package let flags: ScriptVerifyFlags
    /// Which generator made it.
    package let kind: String

    /// A spend with all its parts.
    package init(
        data: PrecomputedTransactionData, inputIndex: Int, flags: ScriptVerifyFlags, kind: String
    ) {
        self.data = data
        self.inputIndex = inputIndex
        self.flags = flags
        self.kind = kind
    }

    /// Our verdict.
    package var verdict: Verdict { Verdict(data, inputIndex: inputIndex, flags: flags) }

    func encode(to writer: inout ByteWriter) {
        let bytes = data.transaction.encoded()
        writer.appendUInt32LE(UInt32(bytes.count))
        writer.append(bytes)
        writer.appendUInt32LE(UInt32(data.prevouts.count))
        for prevout in data.prevouts {
            writer.appendUInt64LE(prevout.value.satoshi)
            writer.appendUInt32LE(UInt32(prevout.scriptPubKey.byteCount))
            writer.append(prevout.scriptPubKey.bytes)
        }
        writer.appendUInt32LE(UInt32(inputIndex))
        writer.appendUInt32LE(flags.rawValue)
    }
}
