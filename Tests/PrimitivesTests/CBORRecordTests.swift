import Primitives
import Testing

@Suite("CBORRecord")
struct CBORRecordTests {
    static let sample = CBORValue.record([
        1: .unsigned(300), 2: .bytes([UInt8](repeating: 7, count: 32)), 3: .text("three"),
        4: .array([.null]), 5: .bool(true), 6: .record([1: .null]),
        7: .bytes([UInt8](repeating: 7, count: 20)),
    ])

    @Test("fields are taken by kind, and all of them must be")
    func takes() throws {
        var record = try CBORRecord(Self.sample)
        #expect(try record.unsigned(1) == 300)
        #expect(try record.bytes32(2).bytes == [UInt8](repeating: 7, count: 32))
        #expect(try record.text(3) == "three")
        #expect(throws: CBORError.unknownKey(4)) { try record.finish() }
        try record.finish(ignoringKeysFrom: 4)
        #expect(throws: CBORError.unknownKey(4)) { try record.finish(ignoringKeysFrom: 5) }
        #expect(try record.array(4) == [.null])
        #expect(try record.bool(5))
        var inner = try record.record(6)
        #expect(inner.contains(1))
        #expect(try inner.take(1) == .null)
        try inner.finish()
        #expect(try record.bytes20(7).bytes.count == 20)
        try record.finish()
    }

    @Test("a field that is missing, taken twice or of another kind says so")
    func refusals() throws {
        var record = try CBORRecord(Self.sample)
        #expect(throws: CBORError.missingKey(9)) { try record.take(9) }
        #expect(throws: CBORError.inField(1, .wrongKind(.unsigned, expected: .text))) {
            try record.text(1)
        }
        #expect(throws: CBORError.missingKey(1)) { try record.unsigned(1) }
        #expect(throws: CBORError.inField(2, .wrongByteCount(32, expected: 20))) {
            try record.bytes20(2)
        }
        #expect(throws: CBORError.inField(3, .wrongKind(.text, expected: .unsigned))) {
            try record.unsigned(3)
        }
        #expect(throws: CBORError.inField(4, .wrongKind(.array, expected: .bytes))) {
            try record.bytes(4)
        }
        #expect(throws: CBORError.inField(5, .wrongKind(.bool, expected: .array))) {
            try record.array(5)
        }
        #expect(throws: CBORError.inField(6, .wrongKind(.map, expected: .bool))) {
            try record.bool(6)
        }
        #expect(throws: CBORError.inField(7, .wrongKind(.bytes, expected: .map))) {
            try record.record(7)
        }
    }

    @Test("optional fields may be absent, but not of another kind")
    func optionals() throws {
        var record = try CBORRecord(.record([1: .unsigned(1), 2: .null, 3: .bytes([1])]))
        #expect(try record.optionalUnsigned(8) == nil)
        #expect(try record.optionalText(8) == nil)
        #expect(record.optional(8) == nil)
        #expect(try record.optionalUnsigned(1) == 1)
        #expect(throws: CBORError.self) { try record.optionalText(2) }
        #expect(try record.optionalBytes(3) == [1])
        try record.finish()
    }

    @Test("numbers are checked against the type that they are for")
    func ranges() throws {
        var record = try CBORRecord(.record([1: .unsigned(255), 2: .unsigned(256)]))
        #expect(try record.unsigned(1, as: UInt8.self) == 255)
        #expect(throws: CBORError.inField(2, .outOfRange(256, maximum: 255))) {
            try record.unsigned(2, as: UInt8.self)
        }
    }

    @Test("only maps with keys from 0 are records, and unknown keys can be refused at once")
    func opening() throws {
        #expect(throws: CBORError.wrongKind(.array, expected: .map)) {
            try CBORRecord(.array([]))
        }
        #expect(throws: CBORError.wrongKind(.text, expected: .unsigned)) {
            try CBORRecord(.map([.init(key: .text("1"), value: .null)]))
        }
        #expect(throws: CBORError.unknownKey(7)) {
            try CBORRecord(Self.sample, known: 1, 2, 3, 4, 5, 6)
        }
        _ = try CBORRecord(Self.sample, known: 1, 2, 3, 4, 5, 6, 7)
    }
}
