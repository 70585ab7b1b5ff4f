internal import Primitives

/// The checkpoints of one run as they lie in a storage, in the order of their steps.
///
/// Together they reach from the beginning of the run to the last one without a gap.
struct CheckpointStore<Storage: CheckpointStorage> {
    /// A checkpoint whose manifest was read and found right; pages are checked when they are read.
    struct Stored {
        let name: String
        let manifest: CheckpointManifest
        /// Bytes of the file.
        let byteCount: Int
        /// Where the parts of each page begin in the file: the words of all pages come first.
        private let wordsOffsets: [Int]
        private let lastStepsOffsets: [Int]

        init(name: String, manifest: CheckpointManifest) {
            self.name = name
            self.manifest = manifest
            var end = manifest.byteCount
            func offsets(of part: PagePart) -> [Int] {
                manifest.entries.map { entry in
                    defer { end += entry.byteCount(of: part) }
                    return end
                }
            }
            wordsOffsets = offsets(of: .words)
            lastStepsOffsets = offsets(of: .lastSteps)
            byteCount = end
        }

        /// Where a part of a page begins in the file.
        func offset(of part: PagePart, ofEntry index: Int) -> Int {
            switch part {
            case .words: wordsOffsets[index]
            case .lastSteps: lastStepsOffsets[index]
            }
        }
    }

    private let storage: Storage
    private let run: RunIdentity
    private let layout: PageLayout
    private(set) var checkpoints: [Stored] = []

    private static var prefix: String { "checkpoint-" }

    /// Reads all manifests.
    ///
    /// - Throws: `.otherRun`, `.damaged`, `.unknownFormat` or `.gap` if anything there is not what
    ///   this run wrote.
    init(_ storage: Storage, of program: Program, run: RunIdentity) throws(CheckpointFault) {
        self.storage = storage
        self.run = run
        layout = PageLayout(program)
        var found: [Stored] = []
        for name in try storage.names().sorted() where name.hasPrefix(Self.prefix) {
            found.append(try Self.stored(name, in: storage, layout, run))
        }
        checkpoints = try chain(found)
    }

    /// Bytes that all checkpoints take.
    var byteCount: Int {
        checkpoints.reduce(0) { $0 + $1.byteCount }
    }

    /// The chain at all multiples of the sample interval up to the last checkpoint, from the first.
    var samples: [Bytes20] {
        checkpoints.flatMap(\.manifest.samples)
    }

    /// The last checkpoint that is not after a step.
    func index(upTo step: UInt64) -> Int? {
        checkpoints.lastIndex { $0.manifest.step <= step }
    }

    private static func stored(
        _ name: String, in storage: Storage, _ layout: PageLayout, _ run: RunIdentity
    ) throws(CheckpointFault) -> Stored {
        let fileByteCount = try storage.byteCount(of: name)
        let head = try storage.read(
            name, offset: 0, count: CheckpointManifest.fixedByteCount)
        let size = try CheckpointManifest.size(head, fileByteCount: fileByteCount, name: name)
        let bytes = try storage.read(name, offset: 0, count: size.byteCount)
        let manifest = try CheckpointManifest(
            decoding: bytes, layout: layout, of: run, name: name)
        guard name == Self.name(at: manifest.step) else {
            throw .damaged(name: name, reason: "it is that of another step")
        }
        let stored = Stored(name: name, manifest: manifest)
        guard fileByteCount == stored.byteCount else {
            throw .damaged(name: name, reason: "its length is not that of its pages")
        }
        return stored
    }

    /// Follows the checkpoints from the last one back to the beginning, and removes those that a
    /// crash left beside the ones that replaced them.
    private func chain(_ found: [Stored]) throws(CheckpointFault) -> [Stored] {
        var rest = found.sorted { $0.manifest.step < $1.manifest.step }
        var chain: [Stored] = []
        var wanted = rest.last?.manifest.step ?? 0
        while wanted > 0 {
            let next = rest.popLast()
            guard let last = next, last.manifest.step >= wanted else {
                throw .gap(
                    after: next?.manifest.step ?? 0, before: chain.last?.manifest.step ?? 0)
            }
            if last.manifest.step == wanted {
                wanted = last.manifest.previousStep
                chain.append(last)
            } else {
                try storage.remove(last.name)
            }
        }
        for replaced in rest { try storage.remove(replaced.name) }
        return chain.reversed()
    }

    private static func name(at step: UInt64) -> String {
        prefix + Hexadecimal.doubleWord(step)
    }
}

extension CheckpointStore {
    /// Keeps a machine that has gone on since the last checkpoint.
    ///
    /// - Parameter samples: The chain after every multiple of the sample interval since then.
    mutating func append(_ machine: Machine, samples: [Bytes20]) throws(CheckpointFault) {
        let previousStep = checkpoints.last?.manifest.step ?? 0
        let memory = machine.memory
        let entries = memory.pages(writtenAfter: previousStep).map { page in
            let base = memory.base(of: page, at: machine.stepNumber)
            func digest(of part: PagePart) -> Bytes32 {
                SHA256.hash(memory.bytes(of: part, in: page, base: base))
            }
            return CheckpointManifest.Entry(
                page: page, base: base, wordsDigest: digest(of: .words),
                lastStepsDigest: digest(of: .lastSteps))
        }
        let manifest = CheckpointManifest(
            run: run, previousStep: previousStep, state: machine.state, samples: samples,
            entries: entries)
        let stored = Stored(name: Self.name(at: manifest.step), manifest: manifest)
        try storage.write(stored.name) { append throws(CheckpointFault) in
            try append(manifest.encoded)
            for part in PagePart.allCases {
                for entry in entries {
                    try append(memory.bytes(of: part, in: entry.page, base: entry.base))
                }
            }
        }
        checkpoints.append(stored)
    }

    /// Puts the state at a checkpoint into a machine that has made no step.
    ///
    /// - Parameter parts: What of memory is wanted; without last steps, those of memory stay wrong.
    func restore(
        _ machine: Machine, at index: Int, _ parts: [PagePart]
    ) throws(CheckpointFault) {
        precondition(machine.stepNumber == 0, "pages are laid over the beginning")
        var restored: Set<UInt32> = []
        for place in (0...index).reversed() {
            let entries = checkpoints[place].manifest.entries
            let wanted = entries.indices.filter { restored.insert(entries[$0].page.start).inserted }
            for part in parts {
                try read(part, wanted, of: checkpoints[place]) { entry, bytes in
                    machine.memory.store(bytes, as: part, of: entry)
                }
            }
        }
        machine.restore(checkpoints[index].manifest.state)
    }

    /// Joins a checkpoint with the one that follows it: pages, chain, and the place of the second.
    mutating func join(_ index: Int) throws(CheckpointFault) {
        let (first, second) = (checkpoints[index], checkpoints[index + 1])
        let replaced = Set(second.manifest.entries.map(\.page))
        let kept = first.manifest.entries.indices.filter {
            !replaced.contains(first.manifest.entries[$0].page)
        }
        let both = (kept.map { (first, $0) } + second.manifest.entries.indices.map { (second, $0) })
            .sorted {
                $0.0.manifest.entries[$0.1].page.start < $1.0.manifest.entries[$1.1].page.start
            }
        let manifest = CheckpointManifest(
            run: run, previousStep: first.manifest.previousStep, state: second.manifest.state,
            samples: first.manifest.samples + second.manifest.samples,
            entries: both.map { $0.0.manifest.entries[$0.1] })
        let joined = Stored(name: second.name, manifest: manifest)
        try storage.write(joined.name) { append throws(CheckpointFault) in
            try append(manifest.encoded)
            for part in PagePart.allCases {
                var rest = both[...]
                while let name = rest.first?.0.name {
                    let neighbours = rest.prefix { $0.0.name == name }
                    try read(part, neighbours.map(\.1), of: neighbours[neighbours.startIndex].0) {
                        _, bytes throws(CheckpointFault) in
                        try append(Array(bytes))
                    }
                    rest = rest.dropFirst(neighbours.count)
                }
            }
        }
        // A crash before this line leaves a checkpoint that the joined one makes useless.
        try storage.remove(first.name)
        checkpoints.replaceSubrange(index...index + 1, with: [joined])
    }

    private static var readLimit: Int { 1 << 20 }

    /// Reads a part of pages of a checkpoint, neighbours in the file at once, and checks each.
    ///
    /// - Parameter entryIndices: In ascending order.
    private func read(
        _ part: PagePart, _ entryIndices: [Int], of stored: Stored,
        _ receive: (CheckpointManifest.Entry, ArraySlice<UInt8>) throws(CheckpointFault) -> Void
    ) throws(CheckpointFault) {
        let entries = stored.manifest.entries
        var rest = entryIndices[...]
        while let first = rest.first {
            let start = stored.offset(of: part, ofEntry: first)
            var end = start
            var together: [Int] = []
            while let next = rest.first, stored.offset(of: part, ofEntry: next) == end,
                end - start < Self.readLimit
            {
                together.append(next)
                end += entries[next].byteCount(of: part)
                rest = rest.dropFirst()
            }
            let bytes = try storage.read(stored.name, offset: start, count: end - start)
            for index in together {
                let entry = entries[index]
                let offset = stored.offset(of: part, ofEntry: index) - start
                let content = bytes.dropFirst(offset).prefix(entry.byteCount(of: part))
                guard content.count == entry.byteCount(of: part) else {
                    throw .damaged(name: stored.name, reason: "it ends within a page")
                }
                guard SHA256.hash(content) == entry.digest(of: part) else {
                    throw .damaged(
                        name: stored.name,
                        reason: "page \(Hexadecimal.word(entry.page.start)) has another digest")
                }
                try receive(entry, content)
            }
        }
    }
}
