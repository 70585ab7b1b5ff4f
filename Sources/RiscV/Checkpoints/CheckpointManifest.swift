internal import Primitives

/// What a checkpoint says of itself, before its pages.
///
/// It holds the pages that were written after the checkpoint before it, so that the memory at its
/// step is the newest version of every page in it and all before.
///
/// - Source: docs/protocol/checkpoints.md, "File".
package struct CheckpointManifest {
    /// A page of this checkpoint.
    struct Entry: Hashable {
        let page: PageLayout.Page
        /// From where the last steps of the page are counted back; 0 if they are kept whole.
        let base: UInt64
        /// SHA-256 of the bytes of the words.
        let wordsDigest: Bytes32
        /// SHA-256 of the bytes of the last steps.
        let lastStepsDigest: Bytes32

        func byteCount(of part: PagePart) -> Int { page.byteCount(of: part, base: base) }

        func digest(of part: PagePart) -> Bytes32 {
            switch part {
            case .words: wordsDigest
            case .lastSteps: lastStepsDigest
            }
        }
    }

    /// After how many steps the chain is kept.
    ///
    /// Most rounds of a search are answered from what is kept, and in the others few steps are
    /// hashed: 255 parts of half the interval at most. A run of 2^29 steps keeps 2.6 MB.
    static let sampleInterval: UInt64 = 1 << 12
    static let magic: [UInt8] = Array("BVXCHKPT".utf8)
    static let version: UInt32 = 2

    let run: RunIdentity
    /// Step of the checkpoint before; 0 for the beginning of the run.
    let previousStep: UInt64
    let state: MachineState
    /// The chain after every multiple of the interval after `previousStep` up to this step.
    let samples: [Bytes20]
    /// Sorted by address.
    let entries: [Entry]

    init(
        run: RunIdentity, previousStep: UInt64, state: MachineState, samples: [Bytes20],
        entries: [Entry]
    ) {
        self.run = run
        self.previousStep = previousStep
        self.state = state
        self.samples = samples
        self.entries = entries
    }

    var step: UInt64 { state.stepNumber }

    /// How many samples lie after one step, up to another.
    static func sampleCount(after first: UInt64, to last: UInt64) -> UInt64 {
        last / sampleInterval - first / sampleInterval
    }

    /// Bytes before the samples.
    static let fixedByteCount =
        magic.count + 4 + 32 + 8 + 8 + 5 + 20 + 9 + 12 * MemoryMap.registerCount + 8
    private static let entryByteCount = 4 + 8 + 32 + 32

    /// Bytes of the whole manifest, its digest included.
    var byteCount: Int {
        Self.byteCount(sampleCount: samples.count, entryCount: entries.count)
    }

    static func byteCount(sampleCount: Int, entryCount: Int) -> Int {
        fixedByteCount + 20 * sampleCount + entryByteCount * entryCount + 32
    }

    /// Bytes of a part of all pages.
    func byteCount(of part: PagePart) -> Int {
        entries.reduce(0) { $0 + $1.byteCount(of: part) }
    }

    /// The manifest as it stands in the file, with a digest over it at its end.
    var encoded: [UInt8] {
        var writer = ByteWriter(capacity: byteCount)
        writer.append(Self.magic)
        writer.appendUInt32LE(Self.version)
        writer.append(run.digest)
        writer.appendUInt64LE(previousStep)
        writer.appendUInt64LE(state.stepNumber)
        writer.appendUInt32LE(state.counter.address)
        writer.appendUInt8(state.counter.micro)
        writer.append(state.hash)
        EndingCode(state.ending).write(to: &writer)
        for register in state.registers {
            writer.appendUInt32LE(register.value)
            writer.appendUInt64LE(register.lastStep)
        }
        writer.appendUInt32LE(UInt32(samples.count))
        writer.appendUInt32LE(UInt32(entries.count))
        for sample in samples { writer.append(sample) }
        for entry in entries {
            writer.appendUInt32LE(entry.page.start)
            writer.appendUInt64LE(entry.base)
            writer.append(entry.wordsDigest)
            writer.append(entry.lastStepsDigest)
        }
        let digest = SHA256.hash(writer.bytes)
        writer.append(digest)
        return writer.bytes
    }
}

/// How an ending stands in a manifest: a number and a value of 64 bits.
struct EndingCode {
    private let kind: UInt8
    private let value: UInt64

    init(_ ending: ExecutionResult?) {
        (kind, value) =
            switch ending {
            case nil, .limitReached: (0, 0)
            case .halt(let returnValue, _): (1, UInt64(returnValue))
            case .trapped(.sectionNotFound(let address)): (2, UInt64(address))
            case .trapped(.registerSection): (3, 0)
            case .trapped(.unimplemented(let word)): (4, UInt64(word))
            case .trapped(.executeFromNonCode): (5, 0)
            case .trapped(.writeToReadOnly): (6, 0)
            case .trapped(.unalignedJump(let address)): (7, UInt64(address))
            case .trapped(.readFromExecuteOnly): (8, 0)
            }
    }

    init(_ reader: inout ByteReader) throws(ByteReaderError) {
        kind = try reader.readUInt8()
        value = try reader.readUInt64LE()
    }

    func write(to writer: inout ByteWriter) {
        writer.appendUInt8(kind)
        writer.appendUInt64LE(value)
    }

    /// Whether an ending, or that there is none, can stand like that.
    var isKnown: Bool {
        kind <= 8 && value <= UInt64(UInt32.max)
    }

    /// The ending; nil while there is none.
    func ending(at step: UInt64) -> ExecutionResult? {
        let word = UInt32(truncatingIfNeeded: value)
        switch kind {
        case 1: return .halt(returnValue: word, step: step)
        case 2: return .trapped(.sectionNotFound(word))
        case 3: return .trapped(.registerSection)
        case 4: return .trapped(.unimplemented(word))
        case 5: return .trapped(.executeFromNonCode)
        case 6: return .trapped(.writeToReadOnly)
        case 7: return .trapped(.unalignedJump(word))
        case 8: return .trapped(.readFromExecuteOnly)
        default: return nil
        }
    }
}
