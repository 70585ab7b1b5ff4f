import Foundation

/// A program run to its end, with what it wrote.
struct ChildProcess {
    let status: Int32
    /// Standard output and standard error as they came.
    let output: String

    /// Runs a program; standard input is empty.
    ///
    /// - Parameter program: An absolute path, or a name that is looked up on PATH.
    init(_ program: String, _ arguments: [String], in folder: URL = Repository.root) throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let written = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(bytes: written, encoding: .utf8) ?? ""
    }
}

/// A folder of its own for one test, removed when the test ends.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(
            path: "bitvmx-architecture-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a small file into the folder and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = url.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
