package import RiscV

/// A way to break a row in one field.
package struct RowBreak: Sendable {
    /// What is broken.
    package let name: String
    /// Breaks it; a row may come out as it was.
    package let change: @Sendable (inout TraceRow) -> Void

    /// A way with its name.
    package init(_ name: String, _ change: @escaping @Sendable (inout TraceRow) -> Void) {
        self.name = name
        self.change = change
    }

    /// The fields that every judge of a row sees.
    package static let common: [RowBreak] = [
        RowBreak("read_1 address") { $0.firstRead.address ^= 4 },
        RowBreak("read_2 address") { $0.secondRead.address ^= 4 },
        RowBreak("write address") { $0.write.address ^= 4 },
        RowBreak("write value") { $0.write.value ^= 1 },
        RowBreak("next address") { $0.nextCounter.address ^= 4 },
        RowBreak("next micro") { $0.nextCounter.micro ^= 1 },
        RowBreak("micro") { $0.readCounter.micro = 8 },
        RowBreak("opcode") { $0.opcode = 0xFFFF_FFFF },
        RowBreak("witness") { $0.witness = ($0.witness ?? 0) ^ 1 },
        // Read 1 is never in memory, so that this is always another kind.
        RowBreak("read_1 in memory") { $0.memoryWitness.first = .memory },
        RowBreak("kind of read_2") { $0.memoryWitness.second = $0.memoryWitness.second.other },
        RowBreak("kind of write") { $0.memoryWitness.write = $0.memoryWitness.write.other },
    ]
}

extension MemoryWitness.Kind {
    /// One of the two others.
    package var other: Self {
        self == .register ? .unused : .register
    }
}
