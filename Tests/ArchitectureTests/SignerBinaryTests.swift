import Foundation
import Testing

/// The built signer has no way to a network.
///
/// `Airgap/test signer-binary` builds it and says where it is.
@Suite("Signer binary", .serialized)
struct SignerBinaryTests {
    /// The folder of the release build with the Swift run time linked in.
    private static let build: URL? =
        ProcessInfo.processInfo.environment["BITVMX_SIGNER_BUILD"].map { URL(filePath: $0) }

    private static let forbiddenByRule: Int32 = 3

    private func check(_ arguments: String...) throws -> ChildProcess {
        try ChildProcess(
            Repository.root.appending(path: "Airgap/check-signer-binary").path, arguments)
    }

    private func signerBuild() throws -> URL {
        try #require(Self.build, "build the signer first: Airgap/test signer-binary")
    }

    private func compile(_ source: String, to object: String) throws {
        let compiled = try ChildProcess("clang", ["-c", "-fPIC", "-o", object, source])
        try #require(compiled.status == 0, "\(compiled.output)")
    }

    /// Links the signer's own objects once more, with changes, by the way SwiftPM links them.
    private func relink(
        _ build: URL, dropping dropped: String, adding added: [String], to binary: String
    ) throws {
        let list = build.appending(path: "bitvmx-signer.product/Objects.LinkFileList")
        let objects = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
            .map { String($0.filter { $0 != "'" }) }.filter { !$0.contains("/\(dropped).build/") }
        let linked = try ChildProcess(
            "swiftc",
            [
                "-static-stdlib", "-emit-executable", "-module-name", "bitvmx_signer",
                "-Xlinker", "--gc-sections", "-Xlinker", "--defsym",
                "-Xlinker", "main=bitvmx_signer_main", "-o", binary,
            ] + objects + added + ["-lcrypto", "-lsecp256k1", "-lsqlite3"])
        try #require(linked.status == 0, "\(linked.output)")
    }

    @Test("the released signer imports nothing outside the explained lists")
    func releasedSigner() throws {
        let result = try check(signerBuild().appending(path: "bitvmx-signer").path)
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("no object of the signer tries to reach a network, a program or a door around the check")
    func objects() throws {
        let list = try signerBuild().appending(path: "bitvmx-signer.product/Objects.LinkFileList")
        let result = try check("--objects", list.path)
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("a socket call planted into the signer is found in its objects and in its binary")
    func plantedInSigner() throws {
        let build = try signerBuild()
        let folder = try TemporaryFolder()
        let source = try folder.write(Self.plantedSource, to: "planted.c")
        let object = folder.path("planted.o")
        try compile(source, to: object)
        let list = build.appending(path: "bitvmx-signer.product/Objects.LinkFileList")
        let objects = try String(contentsOf: list, encoding: .utf8)
        let planted = try folder.write(objects + "\n" + object + "\n", to: "objects.txt")
        let inObjects = try check("--objects", planted)
        #expect(inObjects.status == Self.forbiddenByRule)
        #expect(inObjects.output.contains("planted.o uses socket (network)"))

        // The refusals would take the planted call away, harmlessly; without them it must show.
        let binary = folder.path("signer-without-refusals")
        try relink(build, dropping: "CNoNetwork", adding: [object], to: binary)
        let inBinary = try check(binary)
        #expect(inBinary.status == Self.forbiddenByRule)
        #expect(inBinary.output.contains("uses socket (network)"))
    }

    @Test(
        "a planted call makes the check of a small program fail",
        arguments: ["socket", "connect", "getaddrinfo", "posix_spawn", "execve", "fork", "ptrace"])
    func plantedInProgram(call: String) throws {
        let folder = try TemporaryFolder()
        let source = try folder.write(
            "int \(call)();\nint main(void) { return \(call)(); }\n", to: "planted.c")
        let binary = folder.path("planted")
        let built = try ChildProcess("clang", ["-Wno-everything", "-o", binary, source])
        try #require(built.status == 0, "\(built.output)")
        let result = try check(binary)
        #expect(result.status == Self.forbiddenByRule)
        #expect(result.output.contains("uses \(call) ("))
    }

    @Test("a program without a forbidden call passes, one with an unlisted symbol does not")
    func honestProgram() throws {
        let folder = try TemporaryFolder()
        let honest = try folder.write(
            "int puts(const char *);\nint main(void) { return puts(\"\"); }\n", to: "honest.c")
        let unlisted = try folder.write(
            "int getopt();\nint main(void) { return getopt(); }\n", to: "unlisted.c")
        for (source, status) in [(honest, Int32(0)), (unlisted, Self.forbiddenByRule)] {
            let binary = source + ".out"
            let built = try ChildProcess("clang", ["-Wno-everything", "-o", binary, source])
            try #require(built.status == 0, "\(built.output)")
            let result = try check(binary)
            #expect(result.status == status, "\(result.output)")
        }
    }

    @Test("a list that allows a forbidden symbol is refused, and so is a file that cannot be read")
    func brokenInput() throws {
        let folder = try TemporaryFolder()
        let source = try folder.write("int main(void) { return 0; }\n", to: "main.c")
        let binary = folder.path("main")
        _ = try ChildProcess("clang", ["-o", binary, source])
        _ = try folder.write("__* _ITM* s*\n", to: "signer-symbols.txt")
        _ = try folder.write("libc.so.6\n", to: "signer-libraries.txt")
        #expect(try check("--lists", folder.url.path, binary).status == 0)
        _ = try folder.write("__* _ITM* socket\n", to: "signer-symbols.txt")
        #expect(try check("--lists", folder.url.path, binary).status == Self.forbiddenByRule)
        #expect(try check(source).status == 9)
        #expect(try check().status == 2)
    }

    private static let plantedSource = """
        int socket(int, int, int);
        __attribute__((constructor)) void planted(void) { (void)socket(2, 1, 0); }
        """
}
