/// How writable memory is cut into pages: the unit in which checkpoints keep it.
struct PageLayout {
    /// One page: up to 512 words of one writable section.
    struct Page: Hashable {
        /// Of the first word.
        let start: UInt32
        let wordCount: Int

        /// Bytes that a page takes in a checkpoint: its words, and how long ago each was written.
        ///
        /// - Parameter base: See `MachineMemory.base(of:at:)`.
        func byteCount(base: UInt64) -> Int { (base == 0 ? 12 : 8) * wordCount }
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
        for (index, section) in sections.enumerated() where section.kind == .readWrite {
            let stamps = unsafe core.views[index].stamps
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

    /// The words of a page and then their last steps, little-endian.
    func bytes(of page: PageLayout.Page, base: UInt64) -> [UInt8] {
        let (words, stamps) = unsafe place(of: page)
        let byteCount = page.byteCount(base: base)
        return unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            let first = 4 * page.wordCount
            for index in 0..<page.wordCount {
                let lastStep = unsafe ~stamps[index]
                unsafe start.storeBytes(
                    of: words[index].littleEndian, toByteOffset: 4 * index, as: UInt32.self)
                if base == 0 {
                    unsafe start.storeBytes(
                        of: lastStep.littleEndian, toByteOffset: first + 8 * index,
                        as: UInt64.self)
                } else {
                    let isWritten = lastStep != MemoryMap.neverWritten
                    let age = isWritten ? UInt32(base - lastStep) : .max
                    unsafe start.storeBytes(
                        of: age.littleEndian, toByteOffset: first + 4 * index, as: UInt32.self)
                }
            }
            initialized = byteCount
        }
    }

    /// Puts a page back as `bytes(of:base:)` gave it.
    func store(_ bytes: [UInt8], as page: PageLayout.Page, base: UInt64) {
        precondition(bytes.count == page.byteCount(base: base), "a page keeps its size")
        let (words, stamps) = unsafe place(of: page)
        unsafe bytes.withUnsafeBytes { buffer in
            func word(_ offset: Int) -> UInt32 {
                unsafe UInt32(
                    littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            }
            let first = 4 * page.wordCount
            for index in 0..<page.wordCount {
                unsafe words[index] = word(4 * index)
                if base == 0 {
                    unsafe stamps[index] = ~UInt64(
                        littleEndian: buffer.loadUnaligned(
                            fromByteOffset: first + 8 * index, as: UInt64.self))
                } else {
                    let age = word(first + 4 * index)
                    unsafe stamps[index] = age == .max ? 0 : ~(base &- UInt64(age))
                }
            }
        }
    }

    private func place(
        of page: PageLayout.Page
    ) -> (words: UnsafeMutablePointer<UInt32>, stamps: UnsafeMutablePointer<UInt64>) {
        guard let index = index(ofSectionAt: page.start) else {
            preconditionFailure("every page lies in a section")
        }
        let view = unsafe core.views[index]
        let offset = Int((page.start - view.start) / 4)
        return unsafe (view.words + offset, view.stamps + offset)
    }
}
