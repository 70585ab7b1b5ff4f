internal import Primitives

/// How writable memory is cut into pages: the unit in which checkpoints keep it.
struct PageLayout {
    /// One page: up to 512 words of one writable section.
    struct Page: Hashable {
        /// Of the first word.
        let start: UInt32
        let wordCount: Int

        /// Bytes that a page takes in a checkpoint: a word and the step of its last write each.
        var byteCount: Int { 12 * wordCount }
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

    /// The words of a page and then their last steps, little-endian.
    func bytes(of page: PageLayout.Page) -> [UInt8] {
        let (words, stamps) = unsafe place(of: page)
        return unsafe [UInt8](unsafeUninitializedCapacity: page.byteCount) { buffer, initialized in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            for index in 0..<page.wordCount {
                unsafe start.storeBytes(
                    of: words[index].littleEndian, toByteOffset: 4 * index, as: UInt32.self)
                unsafe start.storeBytes(
                    of: (~stamps[index]).littleEndian,
                    toByteOffset: 4 * page.wordCount + 8 * index, as: UInt64.self)
            }
            initialized = page.byteCount
        }
    }

    /// Puts a page back as `bytes(of:)` gave it.
    func store(_ bytes: [UInt8], as page: PageLayout.Page) {
        precondition(bytes.count == page.byteCount, "a page keeps its size")
        let (words, stamps) = unsafe place(of: page)
        unsafe bytes.withUnsafeBytes { buffer in
            for index in 0..<page.wordCount {
                unsafe words[index] = UInt32(
                    littleEndian: buffer.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
                unsafe stamps[index] = ~UInt64(
                    littleEndian: buffer.loadUnaligned(
                        fromByteOffset: 4 * page.wordCount + 8 * index, as: UInt64.self))
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
