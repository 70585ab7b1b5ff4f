import Foundation
import Glibc
import Primitives
import RiscV
import TestSupport
import Testing

/// Checkpoints that somebody broke, or that a crash left behind.
@Suite("Damaged and interrupted checkpoints")
struct CheckpointDamageTests {
    /// A program that fills a few words, with a checkpoint every 20 steps.
    static let policy = CheckpointPolicy(spacing: 20, byteBudget: .max)

    static func program() throws -> RiscV.Program {
        // x5 = 0x90000000; loop: sw x6, 0(x5); lw x7, 4(x5); addi x6, x6, 1; jal x0, loop
        try Program(
            entryPoint: 0x8000_0000,
            sections: [
                Section(
                    name: "code", start: 0x8000_0000, byteCount: 20, kind: .code,
                    content: .initialized([
                        0x9000_02B7, 0x0062_A023, 0x0042_A383, 0x0013_0313, 0xFF5F_F06F,
                    ])),
                Section(
                    name: "data", start: 0x9000_0000, byteCount: 64, kind: .readWrite,
                    content: .uninitialized), .registers,
            ])
    }

    static func stored(_ policy: CheckpointPolicy = policy) throws -> MemoryStorage {
        let storage = MemoryStorage()
        try CheckpointedRun(program(), input: nil, storage: storage, policy: policy)
            .advance(to: 60)
        return storage
    }

    /// Opens and reads everything that is there.
    static func use(_ storage: MemoryStorage) throws {
        let run = try CheckpointedRun(program(), input: nil, storage: storage, policy: policy)
        _ = try run.row(at: run.lastStep)
        try run.advance(to: run.lastStep + 1)
    }

    @Test("no changed bit of a checkpoint passes unnoticed")
    func everyBit() throws {
        let good = try Self.stored()
        let name = try #require(good.files.keys.max())
        let content = try #require(good.files[name])
        for index in content.indices {
            let storage = MemoryStorage()
            storage.files = good.files
            storage.files[name]?[index] ^= 1 << (index % 8)
            let fault = #expect(throws: CheckpointFault.self, "byte \(index)") {
                try Self.use(storage)
            }
            switch fault {
            case .damaged, .unknownFormat: break
            default: Issue.record("byte \(index): \(String(describing: fault))")
            }
        }
    }

    @Test("a checkpoint that is cut off or longer is damaged")
    func everyLength() throws {
        let good = try Self.stored()
        let name = try #require(good.files.keys.max())
        let content = try #require(good.files[name])
        for count in 0..<content.count {
            let storage = MemoryStorage()
            storage.files = good.files
            storage.files[name] = Array(content.prefix(count))
            #expect(throws: CheckpointFault.self) { try Self.use(storage) }
        }
        let storage = MemoryStorage()
        storage.files = good.files
        storage.files[name] = content + [0]
        #expect(throws: CheckpointFault.self) { try Self.use(storage) }
    }

    @Test("a missing checkpoint is a gap, one under another's name is damaged")
    func missing() throws {
        let good = try Self.stored()
        let names = good.files.keys.sorted()
        #expect(names.count == 3)
        let storage = MemoryStorage()
        storage.files = good.files
        storage.files[names[1]] = nil
        #expect(throws: CheckpointFault.gap(after: 20, before: 60)) { try Self.use(storage) }
        storage.files[names[1]] = good.files[names[0]]
        #expect(
            throws: CheckpointFault.damaged(name: names[1], reason: "it is that of another step")
        ) {
            try Self.use(storage)
        }
        storage.files = [names[2]: try #require(good.files[names[2]])]
        #expect(throws: CheckpointFault.gap(after: 0, before: 60)) { try Self.use(storage) }
    }

    @Test("counts that promise too much are refused before anything is read by them")
    func counts() throws {
        let good = try Self.stored()
        let name = try #require(good.files.keys.min())
        let content = try #require(good.files[name])
        // Where the numbers of samples and of pages stand.
        for offset in [502, 506] {
            var broken = content
            for index in 0..<4 { broken[offset + index] = 0xFF }
            #expect(
                throws: CheckpointFault.damaged(
                    name: "broken", reason: "its counts do not agree")
            ) {
                try CheckpointManifest(decoding: broken, of: Self.program(), name: "broken")
            }
        }
    }

    @Test("checkpoints of the format before are refused by its number")
    func formatBefore() throws {
        let storage = try Self.stored()
        let name = try #require(storage.files.keys.min())
        storage.files[name]?[8] = 1
        #expect(throws: CheckpointFault.unknownFormat(name: name, version: 1)) {
            try Self.use(storage)
        }
    }

    @Test("a changed bit is found in the part of a page that is read, whatever the question")
    func parts() throws {
        let good = try Self.stored()
        let name = try #require(good.files.keys.min())
        let count = try #require(good.files[name]).count
        // One page: 16 words, then how long ago each was written.
        for (offset, passes) in [(count - 128, false), (count - 64, true)] {
            let storage = MemoryStorage()
            storage.files = good.files
            storage.files[name]?[offset] ^= 1
            let run = try CheckpointedRun(
                try Self.program(), input: nil, storage: storage, policy: Self.policy)
            let fault = CheckpointFault.damaged(
                name: name, reason: "page 90000000 has another digest")
            #expect(throws: fault) { try run.row(at: 25) }
            if passes {
                // The chain does not depend on last steps, so that nothing wrong is answered.
                let whole = try Machine(try Self.program(), tracking: .writesAndHashes)
                whole.advance(to: 25)
                #expect(try run.hash(at: 25) == whole.hash)
            } else {
                #expect(throws: fault) { try run.hash(at: 25) }
            }
        }
    }

    @Test("a checkpoint beside the one that replaced it is removed, as after a crash")
    func replaced() throws {
        let joined = try Self.stored(CheckpointPolicy(spacing: 20, byteBudget: 0))
        #expect(joined.files.count == 1)
        let both = try Self.stored()
        let last = try #require(both.files.keys.max())
        both.files[last] = joined.files[last]
        try Self.use(both)
        #expect(both.files.keys.contains(last))
        #expect(both.files.count == 2, "the joined one and that of the step that was added")
    }

    private static func littleEndian(_ value: UInt64, byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// A checkpoint as after more than 2^32 steps, in which the second word was written in step 5.
    private static func afterLong(_ content: [UInt8], step: UInt64) -> [UInt8] {
        let words = Array(content.suffix(128).prefix(64))
        let lastSteps = ([step - 2, 5] + [UInt64](repeating: .max, count: 14))
            .flatMap { littleEndian($0, byteCount: 8) }
        let sampleCount = Int(step >> 12)
        var head = Array(content[0..<52]) + littleEndian(step, byteCount: 8) + content[60..<502]
        head += littleEndian(UInt64(sampleCount), byteCount: 4) + littleEndian(1, byteCount: 4)
        head += [UInt8](repeating: 0, count: 20 * sampleCount)
        head += littleEndian(0x9000_0000, byteCount: 4) + littleEndian(0, byteCount: 8)
        head += SHA256.hash(words).bytes + SHA256.hash(lastSteps).bytes
        return head + SHA256.hash(head).bytes + words + lastSteps
    }

    @Test("a word that was written more than 2^32 steps ago keeps its step")
    func longAgo() throws {
        let step: UInt64 = 1 << 32 + 1 << 16
        let short = try Self.stored(CheckpointPolicy(spacing: 20, byteBudget: 0))
        let content = try #require(short.files.values.first)
        let storage = MemoryStorage()
        let name = "checkpoint-" + Hexadecimal.doubleWord(step)
        storage.files = [name: Self.afterLong(content, step: step)]
        for last in [step + 20, step + 40] {
            let run = try CheckpointedRun(
                try Self.program(), input: nil, storage: storage, policy: Self.policy)
            #expect(run.lastStep == last - 20)
            try run.advance(to: last)
            var reads: [UInt64] = []
            try run.rows(last - 19...last) { row, _ in
                if row.secondRead.address == 0x9000_0004 { reads.append(row.secondRead.lastStep) }
            }
            #expect(reads == [5, 5, 5, 5, 5])
        }
    }

    /// Kills the process at one of the places where a crash could leave something half done.
    private final class DeadlyStorage: CheckpointStorage {
        private let directory: CheckpointDirectory
        private var writesLeft: Int
        private var removalsLeft: Int

        init(path: String, writes: Int, removals: Int) throws(CheckpointFault) {
            directory = try CheckpointDirectory(path: path)
            writesLeft = writes
            removalsLeft = removals
        }

        func names() throws(CheckpointFault) -> [String] { try directory.names() }

        func byteCount(of name: String) throws(CheckpointFault) -> Int {
            try directory.byteCount(of: name)
        }

        func read(
            _ name: String, offset: Int, count: Int
        ) throws(CheckpointFault) -> [UInt8] {
            try directory.read(name, offset: offset, count: count)
        }

        func write(
            _ name: String, _ content: (Append) throws(CheckpointFault) -> Void
        ) throws(CheckpointFault) {
            var parts: [[UInt8]] = []
            try content { parts.append($0) }
            try directory.write(name) { append throws(CheckpointFault) in
                for part in parts {
                    writesLeft -= 1
                    try append(Array(part.prefix(writesLeft > 0 ? part.count : 5)))
                    if writesLeft <= 0 { kill(getpid(), SIGKILL) }
                }
            }
        }

        func remove(_ name: String) throws(CheckpointFault) {
            removalsLeft -= 1
            if removalsLeft <= 0 { kill(getpid(), SIGKILL) }
            try directory.remove(name)
        }
    }

    @Test(
        "a run that was killed goes on to the same end",
        arguments: [(1, 9), (2, 9), (3, 9), (6, 9), (99, 1), (99, 2)])
    func killed(_ writes: Int, _ removals: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("checkpoints")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, writes = writes as Int, removals = removals as Int] in
            let storage = try DeadlyStorage(path: path, writes: writes, removals: removals)
            // A small budget, so that checkpoints are joined too.
            let run = try CheckpointedRun(
                try Self.program(), input: nil, storage: storage,
                policy: CheckpointPolicy(spacing: 20, byteBudget: 5000))
            try run.advance(to: 2000)
        }
        let storage = try CheckpointDirectory(path: path)
        let run = try CheckpointedRun(
            try Self.program(), input: nil, storage: storage, policy: Self.policy)
        #expect(run.lastStep < 2000)
        try run.advance(to: 2000)
        let whole = try Machine(try Self.program(), tracking: .writesAndHashes)
        whole.advance(to: 2000)
        #expect(run.lastStep == 2000)
        #expect(try run.hash(at: 2000) == whole.hash)
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(!names.contains { $0.hasSuffix(".part") })
    }

    @Test("two do not work on the same checkpoints at once")
    func busy() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("checkpoints")
        let first = try CheckpointDirectory(path: path)
        #expect(throws: CheckpointFault.inUse) { try CheckpointDirectory(path: path) }
        withExtendedLifetime(first) {}
    }

    @Test("only half-written checkpoints are removed from a folder")
    func foreignFiles() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("downloads")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let part = "checkpoint-0000000000000014.part"
        let foreign = ["video.part", "checkpoint-14.part", "checkpoint-000000000000001g.part"]
        for name in foreign + [part] {
            #expect(FileManager.default.createFile(atPath: "\(path)/\(name)", contents: nil))
        }
        let directory = try CheckpointDirectory(path: path)
        let left = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(Set(left) == Set(foreign + ["lock"]))
        withExtendedLifetime(directory) {}
    }

    @Test("what the system refuses says which file and why")
    func refused() throws {
        let folder = try TemporaryFolder()
        let nowhere = folder.file("no/such")
        #expect(throws: CheckpointFault.storage(name: nowhere, code: ENOENT)) {
            try CheckpointDirectory(path: nowhere)
        }
        let directory = try CheckpointDirectory(path: folder.file("checkpoints"))
        #expect(throws: CheckpointFault.storage(name: "absent", code: ENOENT)) {
            try directory.read("absent", offset: 0, count: 1)
        }
    }
}
