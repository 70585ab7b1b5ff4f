import Bitcoin
import Model
import Primitives
import TestSupport
import Testing

@Suite("Decoding a definition")
struct DefinitionDecodingTests {
    /// The record of a definition with three operators, the second of which signs last.
    static func record() throws -> CBORValue {
        let fields = try DefinitionFields()
        let ordered = try fields.definition().participants
        let definition = try fields.changing { $0.lastSigner = ordered[1].name }.definition()
        return try CBORValue.decode(definition.encoded())
    }

    /// Values that no field of a definition may have, by field number.
    static let wrongFields: [(key: UInt64, value: CBORValue?)] = [
        (1, .unsigned(2)), (1, .unsigned(0)), (1, .text("1")), (1, nil),
        (2, .text("cardinal-lock/2")), (2, .text("")), (2, .bytes([1])), (2, nil),
        (3, .text("mainnet2")), (3, .text("Regtest")), (3, .unsigned(1)), (3, nil),
        (4, .text("")), (4, .text("a\nb")), (4, .bytes([0x61])), (4, nil),
        (5, .bytes([UInt8](repeating: 0, count: 15))), (5, .text("0123456789abcdef")), (5, nil),
        (6, .array([])), (6, .map([])), (6, nil),
        (7, .unsigned(3)), (7, .unsigned(.max)), (7, .negative(0)), (7, .null),
        (8, .map([])), (8, .array([])), (8, nil),
        (9, .unsigned(0)), (127, .null), (128, .null), (.max, .null),
    ]

    static let wrongLockFields: [(key: UInt64, value: CBORValue?)] = [
        (1, .bytes([UInt8](repeating: 0xFF, count: 32))), (1, .bytes([])), (1, nil),
        (2, .bytes([UInt8](repeating: 1, count: 31))), (2, nil),
        (3, .unsigned(2_100_000_000_000_001)), (3, .negative(0)), (3, nil),
        (4, .unsigned(.max)), (4, .text("1")), (4, nil),
        (5, .unsigned(65_536)), (5, nil), (6, .unsigned(65_536)), (6, nil),
        (7, .negative(1)), (7, nil), (8, .unsigned(0)),
    ]

    @Test("no field may be missing, unknown or of another kind", arguments: wrongFields)
    func field(_ key: UInt64, _ value: CBORValue?) throws {
        let bytes = try Self.record().setting(key, to: value).encode()
        #expect(throws: ModelError.self) { try CeremonyDefinition(decoding: bytes) }
    }

    @Test("no field of the lock either", arguments: wrongLockFields)
    func lockField(_ key: UInt64, _ value: CBORValue?) throws {
        let record = try Self.record()
        let lock = try #require(record.field(8)).setting(key, to: value)
        let bytes = record.setting(8, to: lock).encode()
        #expect(throws: ModelError.self) { try CeremonyDefinition(decoding: bytes) }
    }

    @Test("the whole record decodes")
    func whole() throws {
        let record = try Self.record()
        #expect(try CeremonyDefinition(decoding: record.encode()).encoded() == record.encode())
    }

    @Test("operators in another order are not canonical")
    func participantOrder() throws {
        let record = try Self.record()
        guard case .array(let participants) = record.field(6) else {
            Issue.record("participants are an array")
            return
        }
        let bytes = record.setting(6, to: .array(participants.reversed())).encode()
        #expect(
            throws: ModelError.malformed(record: "definition", reason: "not in canonical order")
        ) { try CeremonyDefinition(decoding: bytes) }
    }

    @Test("other encodings of the same record are refused", arguments: NonCanonicalCBOR.allCases)
    func nonCanonical(_ fault: NonCanonicalCBOR) throws {
        let bytes = fault.encode(try Self.record())
        #expect(throws: ModelError.self) { try CeremonyDefinition(decoding: bytes) }
    }

    @Test("a definition cut off anywhere is refused")
    func truncation() throws {
        let bytes = try Self.record().encode()
        for count in bytes.indices {
            #expect(throws: ModelError.self) {
                try CeremonyDefinition(decoding: Array(bytes.prefix(count)))
            }
        }
    }

    @Test("a changed byte never decodes to the same definition")
    func flips() throws {
        let bytes = try Self.record().encode()
        let id = try CeremonyDefinition(decoding: bytes).id
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                let found = try? CeremonyDefinition(decoding: changed)
                #expect(found?.id != id, "bit \(bit) of byte \(index)")
                #expect(found == nil || found?.encoded() == changed)
            }
        }
    }
}
