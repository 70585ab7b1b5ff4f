package import Primitives

/// Everything that one step read, wrote and executed: what a prover opens in a dispute.
///
/// - Source: docs/protocol/trace.md, "The row of a step".
package struct TraceRow: Hashable, Sendable {
    /// A read of a register or a word; all zero when there was none.
    package struct Read: Hashable, Sendable {
        /// Of the word, or by which the register is known.
        package var address: UInt32 = 0
        /// What was read.
        package var value: UInt32 = 0
        /// Step of the last write before this step; `MemoryMap.neverWritten` if there was none.
        package var lastStep: UInt64 = 0

        /// A read with all its parts.
        package init(address: UInt32 = 0, value: UInt32 = 0, lastStep: UInt64 = 0) {
            self.address = address
            self.value = value
            self.lastStep = lastStep
        }
    }

    /// A write of a register or a word; all zero when there was none.
    package struct Write: Hashable, Sendable {
        /// Of the word, or by which the register is known.
        package var address: UInt32 = 0
        /// What was written.
        package var value: UInt32 = 0

        /// A write with all its parts.
        package init(address: UInt32 = 0, value: UInt32 = 0) {
            self.address = address
            self.value = value
        }
    }

    /// From 1; row 0 stands for the state before the first step.
    package var stepNumber: UInt64
    /// The step's first read, always of a register.
    package var firstRead = Read()
    /// The step's second read, of a register or of memory.
    package var secondRead = Read()
    /// Where the instruction stood.
    package var readCounter = ProgramCounter(address: 0, micro: 0)
    /// The word of code.
    package var opcode: UInt32 = 0
    /// What the step wrote.
    package var write = Write()
    /// Where the program goes on.
    package var nextCounter = ProgramCounter(address: 0, micro: 0)
    /// The other result of a division.
    package var witness: UInt32?
    /// Of what kind the three accesses are.
    package var memoryWitness = MemoryWitness.unused

    /// A row without anything but its number: that of a failed step.
    package init(stepNumber: UInt64) {
        self.stepNumber = stepNumber
    }

    /// What the row adds to the hash chain.
    package var chainStep: ChainStep {
        ChainStep(
            writeAddress: write.address, writeValue: write.value,
            nextAddress: nextCounter.address, nextMicro: UInt32(nextCounter.micro))
    }

    /// Sixteen fields of hexadecimal digits with a semicolon between them.
    ///
    /// - Source: docs/protocol/trace.md, "Rows as text".
    package var csv: String {
        [
            Hexadecimal.doubleWord(stepNumber), Self.csv(firstRead), Self.csv(secondRead),
            Self.csv(readCounter), Hexadecimal.word(opcode), Hexadecimal.word(write.address),
            Hexadecimal.word(write.value), Self.csv(nextCounter), Hexadecimal.word(witness ?? 0),
            Hexadecimal.byte(memoryWitness.byte),
        ].joined(separator: ";")
    }

    /// The row followed by the hash of the step.
    package func csv(hash: Bytes20) -> String {
        csv + ";" + hash.hex
    }

    private static func csv(_ read: Read) -> String {
        [
            Hexadecimal.word(read.address), Hexadecimal.word(read.value),
            Hexadecimal.doubleWord(read.lastStep),
        ].joined(separator: ";")
    }

    private static func csv(_ counter: ProgramCounter) -> String {
        Hexadecimal.word(counter.address) + ";" + Hexadecimal.byte(counter.micro)
    }
}

/// Of what kind the accesses of a step are, two bits each.
package struct MemoryWitness: Hashable, Sendable {
    /// A kind of access.
    package enum Kind: UInt8, Hashable, Sendable {
        /// Of a register.
        case register = 0
        /// Of a word in memory.
        case memory = 1
        /// There was no access.
        case unused = 2
    }

    /// Of the first read.
    package var first: Kind
    /// Of the second read.
    package var second: Kind
    /// Of the write.
    package var write: Kind

    /// A step that neither reads nor writes.
    package static let unused = MemoryWitness(.unused, .unused, .unused)

    /// The three kinds.
    package init(_ first: Kind, _ second: Kind, _ write: Kind) {
        self.first = first
        self.second = second
        self.write = write
    }

    /// Parses the byte of a row.
    ///
    /// - Returns: nil if it names a kind that does not exist.
    package init?(byte: UInt8) {
        guard byte < 64, let first = Kind(rawValue: byte >> 4),
            let second = Kind(rawValue: byte >> 2 & 3), let write = Kind(rawValue: byte & 3)
        else { return nil }
        self.init(first, second, write)
    }

    /// The first read in bits 5 and 4, the second in bits 3 and 2, the write in bits 1 and 0.
    package var byte: UInt8 {
        first.rawValue << 4 | second.rawValue << 2 | write.rawValue
    }
}
