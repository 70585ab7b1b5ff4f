import Foundation
import TestSupport
import Testing

/// Sticks with a FAT file system have no hard links and cannot allocate without writing.
///
/// A FAT file system cannot be mounted without an administrator, so the two calls that differ are
/// replaced by what they do there, in a library that is loaded before the C library.
@Suite(
    "Media without hard links",
    .enabled(if: MediumWithoutLinks.isAvailable, "needs a C compiler"))
struct MediumWithoutLinksTests {
    @Test("An answer is written there, and nothing is overwritten")
    func answer() throws {
        let stage = try Stage.copy(.nonces)
        let medium = try MediumWithoutLinks()
        let stick = try ProgramFolder("stick")
        let digest = try stage.alice.signerReport("inspect", stage.request).text("digest")
        func process() throws -> ProgramResult {
            try stage.alice.signer(
                "process", stage.request, "-o", stick.url.path, "--yes", digest, "--json",
                in: medium.place(stage.alice))
        }
        let first = try process()
        #expect(first.status == 0, "\(first.text)")
        let file = try first.report().text("file")
        let name = URL(filePath: file).lastPathComponent
        let names = try FileManager.default.contentsOfDirectory(atPath: stick.url.path).sorted()
        #expect(names == [name, name + ".sha256"])
        let bytes = try Data(contentsOf: URL(filePath: file))
        #expect(try process().status == 0)
        try Data([1]).write(to: URL(filePath: file))
        try Refusal(10).check(process(), "other bytes under that name")
        #expect(try Data(contentsOf: URL(filePath: file)) == Data([1]))
        try bytes.write(to: URL(filePath: file))
        try stage.ceremony.accept(file)
    }
}

/// A library that makes a process see such a medium everywhere.
struct MediumWithoutLinks {
    private static let source = """
        #include <errno.h>
        #include <sys/types.h>
        int link(const char *from, const char *to) {
            (void)from; (void)to; errno = EPERM; return -1;
        }
        int posix_fallocate(int file, off_t offset, off_t count) {
            (void)file; (void)offset; (void)count; return EOPNOTSUPP;
        }
        """

    /// What the compiler, or its absence, has to say.
    struct NoCompiler: Error {
        let answer: String
    }

    private let folder: ProgramFolder
    private let library: String

    static let isAvailable: Bool = (try? MediumWithoutLinks()) != nil

    init() throws {
        folder = try ProgramFolder("library")
        let file = try folder.write(Self.source, to: "fat.c")
        library = folder.path("fat.so")
        let built = try Program("cc").run(
            ["-shared", "-fPIC", "-o", library, file], in: Program.Place(folder.url))
        guard built.status == 0 else {
            throw NoCompiler(answer: built.text)
        }
    }

    func place(_ who: ProgramOperator) -> Program.Place {
        var place = who.place
        place.environment["LD_PRELOAD"] = library
        return place
    }
}
