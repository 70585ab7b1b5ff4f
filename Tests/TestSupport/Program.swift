package import Foundation

/// One of the product's programs, as the build has made it, run as a process of its own.
///
/// No shell is between: arguments travel as they are. The process has no terminal, so that a
/// program that asks a person finds nobody, wherever the tests run.
package struct Program: Sendable {
    /// Why a program could not be run.
    package enum Failure: Error, CustomStringConvertible {
        case notBuilt(String)

        package var description: String {
            switch self {
            case .notBuilt(let path):
                "\(path) is not there: build it first (swift build -c release --build-tests)"
            }
        }
    }

    package let path: String

    /// An installed program; a name without `/` is looked up on PATH.
    package init(_ path: String) {
        self.path = path
    }

    /// A program of this build: it stands beside the tests that run.
    package init(built name: String) throws {
        let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        path = folder.appending(path: name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Failure.notBuilt(path)
        }
    }

    /// Where and under which limits a program runs.
    package struct Place: Sendable {
        package var folder: URL
        /// Added to a small environment of its own; the tests' environment is not inherited.
        package var environment: [String: String]
        /// The largest file that the program may write: what a full medium looks like to it.
        package var fileByteLimit: Int?
        /// After so many seconds the program is killed and has status 124.
        package var secondLimit: Int

        package init(
            _ folder: URL, environment: [String: String] = [:], fileByteLimit: Int? = nil,
            secondLimit: Int = 120
        ) {
            self.folder = folder
            self.environment = environment
            self.fileByteLimit = fileByteLimit
            self.secondLimit = secondLimit
        }
    }

    /// Runs the program to its end; standard input is empty.
    package func run(_ arguments: [String], in place: Place) throws -> ProgramResult {
        let captured = try ProgramFolder("output")
        let output = captured.path("output")
        let errors = captured.path("errors")
        let process = try SpawnedProcess(
            Self.wrapping(place) + [path] + arguments, environment: Self.environment(place),
            output: SpawnedProcess.Output(standardOutput: output, standardError: errors))
        return ProgramResult(
            status: process.wait(),
            output: String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self))
    }

    /// A session without terminal, an end after a while, and limits.
    private static func wrapping(_ place: Place) -> [String] {
        var words = [
            "/usr/bin/env", "--ignore-signal=XFSZ", "--chdir=\(place.folder.path)",
            "setsid", "--wait", "timeout", "--kill-after=5", "\(place.secondLimit)",
        ]
        if let limit = place.fileByteLimit { words += ["prlimit", "--fsize=\(limit)", "--"] }
        return words
    }

    private static func environment(_ place: Place) -> [String: String] {
        var result = [
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8",
            "HOME": place.folder.path, "COLUMNS": "80", "NO_COLOR": "1",
        ]
        let inherited = ProcessInfo.processInfo.environment
        for name in ["LD_LIBRARY_PATH", "TMPDIR", "BITVMX_BITCOIND", "XDG_CACHE_HOME"] {
            result[name] = inherited[name]
        }
        return result.merging(place.environment) { $1 }
    }
}

/// What a program did.
package struct ProgramResult: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    /// The object that a command with `--json` has reported.
    package func report() throws -> ProgramReport {
        try JSONDecoder().decode(ProgramReport.self, from: Data(output.utf8))
    }

    /// For failure messages.
    package var text: String { "status \(status)\n\(output)\(errors)" }
}
