internal import Primitives

/// Which run a checkpoint belongs to: a program with an input.
struct RunIdentity: Hashable {
    let digest: Bytes32

    init(digest: Bytes32) {
        self.digest = digest
    }

    init(_ program: Program, input: ProgramInput?) {
        // What decides the run is the memory before the first step, the input included.
        let record = CBORValue.record([
            1: .unsigned(UInt64(program.entryPoint)),
            2: .array(program.sections.map(Self.encoded)),
            3: Self.encoded(input),
        ])
        digest = TaggedHash("BitVMX/checkpointed-run/v1").hash(record.encode())
    }

    private static func encoded(_ section: Section) -> CBORValue {
        let kind: UInt64 =
            switch section.kind {
            case .registers: 0
            case .code: 1
            case .readOnly: 2
            case .readWrite: 3
            }
        var content = CBORValue.null
        if let words = section.initialWords {
            var writer = ByteWriter(capacity: 4 * words.count)
            for word in words { writer.appendUInt32LE(word) }
            content = .bytes(writer.bytes)
        }
        return .array([
            .text(section.name), .unsigned(UInt64(section.start)),
            .unsigned(UInt64(section.byteCount)), .unsigned(kind), content,
        ])
    }

    private static func encoded(_ input: ProgramInput?) -> CBORValue {
        guard let input, !input.bytes.isEmpty else { return .null }
        return .array([
            .text(input.sectionName), .bytes(input.bytes),
            .bool(input.byteOrder == .reversedWords),
        ])
    }
}
