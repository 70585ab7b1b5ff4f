internal import Primitives

extension CheckpointManifest {
    /// How many samples and pages the first part of a manifest announces.
    struct Size {
        let sampleCount: Int
        let entryCount: Int

        var byteCount: Int {
            CheckpointManifest.byteCount(sampleCount: sampleCount, entryCount: entryCount)
        }
    }

    /// Looks at the fixed part alone, so that the rest is read only if it can be right.
    ///
    /// - Parameters:
    ///   - bytes: At least the fixed part.
    ///   - fileByteCount: How long the whole file is; it does not announce more.
    ///   - name: For errors.
    static func size(
        _ bytes: [UInt8], fileByteCount: Int, name: String
    ) throws(CheckpointFault) -> Size {
        guard bytes.count >= fixedByteCount else {
            throw .damaged(name: name, reason: "it ends within its head")
        }
        guard Array(bytes.prefix(magic.count)) == magic else {
            throw .damaged(name: name, reason: "it does not begin as checkpoints do")
        }
        guard let head = try? Head(bytes) else {
            throw .damaged(name: name, reason: "it ends within its head")
        }
        guard head.version == Self.version else {
            throw .unknownFormat(name: name, version: head.version)
        }
        let size = Size(sampleCount: Int(head.sampleCount), entryCount: Int(head.entryCount))
        guard head.previousStep <= head.step,
            sampleCount(after: head.previousStep, to: head.step) == UInt64(head.sampleCount),
            size.byteCount <= fileByteCount
        else { throw .damaged(name: name, reason: "its counts do not agree") }
        return size
    }

    /// The numbers of the fixed part that say how long the rest is.
    private struct Head {
        let version: UInt32
        let previousStep: UInt64
        let step: UInt64
        let sampleCount: UInt32
        let entryCount: UInt32

        init(_ bytes: [UInt8]) throws(ByteReaderError) {
            var reader = ByteReader(Array(bytes.prefix(fixedByteCount)))
            try reader.skip(count: magic.count)
            version = try reader.readUInt32LE()
            try reader.skip(count: Bytes32.byteCount)
            previousStep = try reader.readUInt64LE()
            step = try reader.readUInt64LE()
            try reader.skip(count: reader.remainingCount - 8)
            sampleCount = try reader.readUInt32LE()
            entryCount = try reader.readUInt32LE()
        }
    }

    /// Parses a manifest of a program.
    ///
    /// - Parameters:
    ///   - bytes: The manifest with its digest, and nothing else.
    ///   - name: For errors.
    package init(
        decoding bytes: [UInt8], of program: Program, name: String
    ) throws(CheckpointFault) {
        try self.init(decoding: bytes, layout: PageLayout(program), of: nil, name: name)
    }

    /// - Parameter run: The run that it has to belong to; nil for any.
    init(
        decoding bytes: [UInt8], layout: PageLayout, of run: RunIdentity?, name: String
    ) throws(CheckpointFault) {
        let size = try Self.size(bytes, fileByteCount: bytes.count, name: name)
        guard bytes.count == size.byteCount else {
            throw .damaged(name: name, reason: "it ends within its list of pages")
        }
        guard SHA256.hash(Array(bytes.dropLast(32))).bytes == Array(bytes.suffix(32)) else {
            throw .damaged(name: name, reason: "its head does not have its digest")
        }
        guard let parts = try? Parts(bytes, size), let state = Self.state(parts.state) else {
            throw .damaged(name: name, reason: "its content is impossible")
        }
        let found = RunIdentity(digest: parts.run)
        guard run ?? found == found else { throw .otherRun(name: name) }
        // Pages can only be held against the program that they belong to.
        guard let entries = Self.entries(parts, layout) else {
            throw .damaged(name: name, reason: "its list of pages is impossible")
        }
        self.init(
            run: found, previousStep: parts.previousStep, state: state, samples: parts.samples,
            entries: entries)
    }

    /// A manifest as it stands there, before anybody has asked whether it can be.
    private struct Parts {
        struct State {
            let step: UInt64
            let counter: ProgramCounter
            let hash: Bytes20
            let ending: EndingCode
            let registers: [MachineState.Register]

            init(_ reader: inout ByteReader) throws(ByteReaderError) {
                step = try reader.readUInt64LE()
                counter = ProgramCounter(
                    address: try reader.readUInt32LE(), micro: try reader.readUInt8())
                hash = try reader.readBytes20()
                ending = try EndingCode(&reader)
                var registers: [MachineState.Register] = []
                for _ in 0..<MemoryMap.registerCount {
                    registers.append(
                        MachineState.Register(
                            value: try reader.readUInt32LE(),
                            lastStep: try reader.readUInt64LE()))
                }
                self.registers = registers
            }
        }

        struct Page {
            let start: UInt32
            let base: UInt64
            let wordsDigest: Bytes32
            let lastStepsDigest: Bytes32
        }

        let run: Bytes32
        let previousStep: UInt64
        let state: State
        var samples: [Bytes20] = []
        var pages: [Page] = []

        init(_ bytes: [UInt8], _ size: Size) throws(ByteReaderError) {
            var reader = ByteReader(bytes)
            try reader.skip(count: magic.count + 4)
            run = try reader.readBytes32()
            previousStep = try reader.readUInt64LE()
            state = try State(&reader)
            try reader.skip(count: 8)
            for _ in 0..<size.sampleCount { samples.append(try reader.readBytes20()) }
            for _ in 0..<size.entryCount {
                pages.append(
                    Page(
                        start: try reader.readUInt32LE(), base: try reader.readUInt64LE(),
                        wordsDigest: try reader.readBytes32(),
                        lastStepsDigest: try reader.readBytes32()))
            }
        }
    }

    /// - Returns: nil if no machine can stand like that.
    private static func state(_ parts: Parts.State) -> MachineState? {
        let isPossible = parts.registers.allSatisfy {
            $0.lastStep <= parts.step || $0.lastStep == MemoryMap.neverWritten
        }
        guard isPossible, parts.counter.micro < 8, parts.ending.isKnown else { return nil }
        return MachineState(
            stepNumber: parts.step, counter: parts.counter, hash: parts.hash,
            ending: parts.ending.ending(at: parts.step),
            registers: parts.registers)
    }

    /// - Returns: nil unless all pages exist, each once and in order, and none is from later.
    private static func entries(_ parts: Parts, _ layout: PageLayout) -> [Entry]? {
        var entries: [Entry] = []
        for listed in parts.pages {
            guard let page = layout.page(at: listed.start), listed.base <= parts.state.step,
                entries.last.map({ $0.page.start < listed.start }) ?? true
            else { return nil }
            entries.append(
                Entry(
                    page: page, base: listed.base, wordsDigest: listed.wordsDigest,
                    lastStepsDigest: listed.lastStepsDigest))
        }
        return entries
    }
}
