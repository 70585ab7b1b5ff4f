/// Words of memory that one leaf script knows by heart: at most 100 of code or initialised data.
package struct MemoryChunk: Hashable, Sendable {
    /// Address of the first word.
    package let start: UInt32
    /// 1 to `MemoryMap.chunkWordCount` words, as the machine reads them.
    package let words: [UInt32]

    /// A chunk with all its parts.
    package init(start: UInt32, words: [UInt32]) {
        precondition(start % 4 == 0, "a chunk begins with a word")
        precondition(
            (1...MemoryMap.chunkWordCount).contains(words.count), "a chunk has 1 to 100 words")
        self.start = start
        self.words = words
    }

    /// First and last byte.
    package var range: AddressRange {
        AddressRange(start: start, last: start + (4 * UInt32(words.count) - 1))
    }

    /// The word at an address of the chunk; nil for any other address and within words.
    package func word(at address: UInt32) -> UInt32? {
        guard address % 4 == 0, range.containsWord(at: address) else { return nil }
        return words[Int((address - start) / 4)]
    }

    /// Cuts words into chunks, the last one shorter.
    ///
    /// The chunk of index i begins 400 i bytes after the first.
    static func cut(_ words: some Collection<UInt32>, start: UInt32) -> [MemoryChunk] {
        var rest = words[...]
        var chunks: [MemoryChunk] = []
        var address = start
        while !rest.isEmpty {
            let part = rest.prefix(MemoryMap.chunkWordCount)
            chunks.append(MemoryChunk(start: address, words: Array(part)))
            rest = rest.dropFirst(part.count)
            address &+= 4 * UInt32(part.count)
        }
        return chunks
    }
}
