import Foundation
import Testing

@Suite("Compile-fail snippets")
struct CompileFailTests {
    @Test("the control compiles, so that a refusal below is the compiler's judgement")
    func control() throws {
        let result = try SnippetCompiler().compile("Control")
        #expect(result.status == 0, "\(result.output)")
        #expect(try SnippetCompiler.expectation("Control") == .compiles)
    }

    @Test("misuse of a secret is refused, for the reason given", arguments: Snippets.misuses)
    func misuse(_ name: String) throws {
        guard case .error(let message) = try SnippetCompiler.expectation(name) else {
            Issue.record("\(name) does not say what it expects")
            return
        }
        let result = try SnippetCompiler().compile(name)
        #expect(result.status != 0)
        let judgement = result.output.split(separator: "\n").filter { line in
            line.contains("error:") || line.contains("note:")
        }
        #expect(judgement.contains { $0.contains(message) }, "\(result.output)")
    }

    @Test("the snippets are there")
    func present() {
        #expect(Snippets.misuses.count >= 15)
    }
}

enum Snippets {
    /// Tests/CompileFail.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "CompileFail")

    /// Names of all snippets but the control.
    static let misuses: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".swift") && $0 != "Control.swift" }
            .map { String($0.dropLast(6)) }.sorted()
    }()
}

/// Compiles a snippet as far as the flow analysis of values that cannot be copied.
struct SnippetCompiler {
    enum Expectation: Equatable {
        case compiles
        case error(String)
    }

    /// What the first line of a snippet says.
    static func expectation(_ name: String) throws -> Expectation? {
        let text = try String(contentsOf: file(name), encoding: .utf8)
        let line = text.prefix { $0 != "\n" }
        if line == "// compiles" { return .compiles }
        let prefix = "// error: "
        return line.hasPrefix(prefix) ? .error(String(line.dropFirst(prefix.count))) : nil
    }

    func compile(_ name: String) throws -> (status: Int32, output: String) {
        // SwiftPM names the package after its folder, in letters that an identifier may have.
        let root = Snippets.folder.deletingLastPathComponent().deletingLastPathComponent()
        let package = root.lastPathComponent.lowercased()
            .map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        let build = try Self.buildFolder()
        let moduleMaps = [
            root.appending(path: "Sources/CCrypto/module.modulemap"),
            root.appending(path: "Sources/CSecp256k1/module.modulemap"),
            build.appending(path: "CHash.build/module.modulemap"),
        ]
        var arguments = [
            "swiftc", "-emit-sil", "-swift-version", "6", "-o", "/dev/null",
            "-package-name", String(package), "-I", build.appending(path: "Modules").path,
            "-enable-upcoming-feature", "InternalImportsByDefault",
            "-enable-experimental-feature", "Lifetimes",
        ]
        for map in moduleMaps {
            arguments += ["-Xcc", "-fmodule-map-file=\(map.path)"]
        }
        return try Self.run(arguments + [Self.file(name).path])
    }

    private static func file(_ name: String) -> URL {
        Snippets.folder.appending(path: "\(name).swift")
    }

    /// Where the running test was built.
    private static func buildFolder() throws -> URL {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: program).deletingLastPathComponent()
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
