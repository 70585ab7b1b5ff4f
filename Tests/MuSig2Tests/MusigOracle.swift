import Foundation
import Testing

/// libsecp256k1's musig module as a program that answers on standard output.
///
/// The library comes from `Airgap/setup-musig-oracle`; the program around it is
/// Tests/Oracles/musig_oracle.c, compiled by the test.
enum MusigOracle {
    enum Failure: Error {
        case failed(program: String, status: Int32, message: String)
    }

    /// Where `Airgap/setup-musig-oracle` unpacks.
    private static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? NSHomeDirectory()
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(filePath: cache ?? home + "/.cache")
            .appending(path: "bitvmx-airgap/secp256k1-musig")
    }

    /// The folder with the shared library, if there is one.
    private static var libraryFolder: URL? {
        let parent = folder.appending(path: "usr/lib")
        let names = try? FileManager.default.contentsOfDirectory(atPath: parent.path)
        return names?.map { parent.appending(path: $0) }.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "libsecp256k1.so").path)
        }
    }

    private static var compiler: URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return ["cc", "clang", "gcc"].lazy.flatMap { name in
            path.split(separator: ":").map { URL(filePath: "\($0)/\(name)") }
        }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// Whether the library with its header, and a C compiler, are there.
    static var isAvailable: Bool {
        let header = folder.appending(path: "usr/include/secp256k1_musig.h")
        return FileManager.default.fileExists(atPath: header.path) && libraryFolder != nil
            && compiler != nil
    }

    /// Compiles the program, gives it all requests, and returns one answer for each.
    static func answers(to requests: [String]) throws -> [String] {
        let work = FileManager.default.temporaryDirectory.appending(
            path: "musig-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let program = work.appending(path: "musig_oracle")
        let library = try #require(libraryFolder).path
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Oracles/musig_oracle.c")
        try run(
            try #require(compiler),
            [
                "-std=c11", "-O1", "-o", program.path, source.path,
                "-I" + folder.appending(path: "usr/include").path, "-L" + library,
                "-lsecp256k1", "-Wl,-rpath," + library,
            ], in: work)
        // Files instead of pipes: neither side can wait for the other.
        let input = work.appending(path: "requests")
        try (requests.joined(separator: "\n") + "\n").write(
            to: input, atomically: false, encoding: .utf8)
        return try run(program, [], input: input, in: work).split(separator: "\n").map(String.init)
    }

    @discardableResult
    private static func run(
        _ program: URL, _ arguments: [String], input: URL? = nil, in folder: URL
    ) throws -> String {
        let output = folder.appending(path: "output")
        let errors = folder.appending(path: "errors")
        for file in [output, errors] {
            try Data().write(to: file)
        }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput =
            try input.map { try FileHandle(forReadingFrom: $0) }
            ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure.failed(
                program: program.lastPathComponent, status: process.terminationStatus,
                message: try String(contentsOf: errors, encoding: .utf8))
        }
        return try String(contentsOf: output, encoding: .utf8)
    }
}
