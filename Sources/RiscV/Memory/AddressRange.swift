/// Consecutive bytes of the machine's address space; never empty.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// First byte.
    package let start: UInt32
    /// Last byte, which belongs to the range.
    package let last: UInt32

    /// The bytes from `start` to `last`.
    package init(start: UInt32, last: UInt32) {
        precondition(start <= last, "a range is not empty")
        self.start = start
        self.last = last
    }

    /// Whether a word at an address lies in the range as a whole.
    package func containsWord(at address: UInt32) -> Bool {
        start <= address && last - start >= 3 && address <= last - 3
    }

    /// Both ends, such as `80000000-8000010f`.
    package var description: String {
        Hexadecimal.word(start) + "-" + Hexadecimal.word(last)
    }
}

/// The ranges of a program's sections, each section in exactly one list.
package struct SectionRanges: Hashable, Sendable {
    /// Data that may be written.
    package let readWrite: [AddressRange]
    /// Data that may only be read.
    package let readOnly: [AddressRange]
    /// The register file.
    package let registers: [AddressRange]
    /// Code, which may only be executed.
    package let code: [AddressRange]

    /// Sorts merged sections into the four lists.
    init(of sections: [Section]) {
        registers = sections.filter { $0.kind == .registers }.map(\.range)
        readWrite = sections.filter { $0.kind == .readWrite }.map(\.range)
        readOnly = sections.filter { $0.kind == .readOnly }.map(\.range)
        code = sections.filter { $0.kind == .code }.map(\.range)
    }
}
