/// What is kept of a page; each part is read on its own, as questions about the chain need no last
/// steps.
enum PagePart: CaseIterable {
    case words
    case lastSteps
}

/// How writable memory is cut into pages: the unit in which checkpoints keep it.
struct PageLayout {
    /// One page: up to 512 words of one writable section.
    struct Page: Hashable {
        /// Of the first word.
        let start: UInt32
        let wordCount: Int

        /// Bytes that a part of the page takes in a checkpoint.
        ///
        /// - Parameter base: See `MachineMemory.base(of:at:)`.
        func byteCount(of part: PagePart, base: UInt64) -> Int {
            switch part {
            case .words: 4 * wordCount
            case .lastSteps: (base == 0 ? 8 : 4) * wordCount
            }
        }
    }

    static let pageWordCount = 512

    /// Writable sections, sorted by start.
    private let sections: [Section]

    init(_ program: Program) {
        sections = program.mergedSections.filter { $0.kind == .readWrite }
    }

    static func pageCount(of section: Section) -> Int {
        (section.wordCount + pageWordCount - 1) / pageWordCount
    }

    static func page(_ index: Int, of section: Section) -> Page {
        let first = index * pageWordCount
        return Page(
            start: section.start + 4 * UInt32(first),
            wordCount: min(pageWordCount, section.wordCount - first))
    }

    /// The page that begins at an address; nil if none does.
    func page(at start: UInt32) -> Page? {
        guard let section = sections.last(where: { $0.start <= start }),
            start <= section.range.last,
            (start - section.start) % UInt32(4 * Self.pageWordCount) == 0
        else { return nil }
        return Self.page(
            Int((start - section.start) / UInt32(4 * Self.pageWordCount)), of: section)
    }
}

extension MachineMemory {
    /// The pages with a word that was written after a step, sorted by address.
    ///
    /// Every write leaves its step with the word, so that the steps themselves need not keep a
    /// list. Memory that nobody used is looked at too, but takes no room by that.
    func pages(writtenAfter step: UInt64) -> [PageLayout.Page] {
        var pages: [PageLayout.Page] = []
        // Last steps are stored inverted: later ones are smaller, and 0 says "never".
        let limit = ~step
        for section in sections where section.kind == .readWrite {
            let stamps = unsafe core.stamps(at: section.start)
            for pageIndex in 0..<PageLayout.pageCount(of: section) {
                let page = PageLayout.page(pageIndex, of: section)
                let first = unsafe stamps + pageIndex * PageLayout.pageWordCount
                var isWritten = false
                for word in 0..<page.wordCount {
                    isWritten = unsafe isWritten || first[word] &- 1 < limit &- 1
                }
                if isWritten { pages.append(page) }
            }
        }
        return pages
    }

    /// From where the last steps of a page are counted back, so that 32 bits have room for them.
    ///
    /// - Returns: The step, or 0 where a word was written too long ago: then they are kept whole.
    func base(of page: PageLayout.Page, at step: UInt64) -> UInt64 {
        let (_, stamps) = unsafe place(of: page)
        for index in 0..<page.wordCount {
            let lastStep = unsafe ~stamps[index]
            if lastStep != MemoryMap.neverWritten, step - lastStep >= UInt64(UInt32.max) {
                return 0
            }
        }
        return step
    }

    /// A part of a page as a checkpoint keeps it, little-endian.
    func bytes(of part: PagePart, in page: PageLayout.Page, base: UInt64) -> [UInt8] {
        let byteCount = page.byteCount(of: part, base: base)
        return unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            switch part {
            case .words: unsafe write(wordsOf: page, to: raw)
            case .lastSteps: unsafe write(lastStepsOf: page, base: base, to: raw)
            }
            initialized = byteCount
        }
    }

    @unsafe
    private func write(wordsOf page: PageLayout.Page, to buffer: UnsafeMutableRawBufferPointer) {
        let (words, _) = unsafe place(of: page)
        for index in 0..<page.wordCount {
            unsafe buffer.storeBytes(
                of: words[index].littleEndian, toByteOffset: 4 * index, as: UInt32.self)
        }
    }

    @unsafe
    private func write(
        lastStepsOf page: PageLayout.Page, base: UInt64, to buffer: UnsafeMutableRawBufferPointer
    ) {
        let (_, stamps) = unsafe place(of: page)
        for index in 0..<page.wordCount {
            let lastStep = unsafe ~stamps[index]
            if base == 0 {
                unsafe buffer.storeBytes(
                    of: lastStep.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
            } else {
                let isWritten = lastStep != MemoryMap.neverWritten
                let age = isWritten ? UInt32(base - lastStep) : .max
                unsafe buffer.storeBytes(
                    of: age.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
            }
        }
    }

    /// Puts a part of a page back as `bytes(of:in:base:)` gave it.
    func store(_ bytes: ArraySlice<UInt8>, as part: PagePart, of entry: CheckpointManifest.Entry) {
        precondition(bytes.count == entry.byteCount(of: part), "a page keeps its size")
        unsafe bytes.withUnsafeBytes { buffer in
            switch part {
            case .words: unsafe store(words: buffer, in: entry.page)
            case .lastSteps: unsafe store(lastSteps: buffer, in: entry.page, base: entry.base)
            }
        }
    }

    @unsafe
    private func store(words buffer: UnsafeRawBufferPointer, in page: PageLayout.Page) {
        let (words, _) = unsafe place(of: page)
        for index in 0..<page.wordCount {
            unsafe words[index] = UInt32(
                littleEndian: buffer.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
        }
    }

    @unsafe
    private func store(
        lastSteps buffer: UnsafeRawBufferPointer, in page: PageLayout.Page, base: UInt64
    ) {
        let (_, stamps) = unsafe place(of: page)
        for index in 0..<page.wordCount {
            if base == 0 {
                unsafe stamps[index] = ~UInt64(
                    littleEndian: buffer.loadUnaligned(
                        fromByteOffset: 8 * index, as: UInt64.self))
            } else {
                let age = unsafe UInt32(
                    littleEndian: buffer.loadUnaligned(
                        fromByteOffset: 4 * index, as: UInt32.self))
                unsafe stamps[index] = age == .max ? 0 : ~(base &- UInt64(age))
            }
        }
    }

    /// Where the last step of a word is kept.
    ///
    /// - Parameter address: Of a word of a writable section.
    @inline(__always)
    func stampPlace(ofWordAt address: UInt32) -> UnsafeMutablePointer<UInt64> {
        unsafe core.stamps(at: address)
    }

    private func place(
        of page: PageLayout.Page
    ) -> (words: UnsafeMutablePointer<UInt32>, stamps: UnsafeMutablePointer<UInt64>) {
        unsafe (core.words(at: page.start), core.stamps(at: page.start))
    }
}
