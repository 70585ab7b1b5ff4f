import Bitcoin
import Curve
import Model
import Primitives
import TestSupport
import Testing

@Suite("Ceremony definition")
struct CeremonyDefinitionTests {
    @Test("the order in which operators are listed changes nothing", arguments: [2, 3, 7, 15])
    func order(_ operatorCount: Int) throws {
        var fields = try DefinitionFields(operatorCount: operatorCount)
        fields.lastSigner = fields.participants[operatorCount / 2].name
        let expected = try fields.definition()
        var random = SplitMix64.announced("CeremonyDefinitionTests.order")
        for _ in 0..<50 {
            fields.participants.shuffle(using: &random)
            let found = try fields.definition()
            #expect(found == expected)
            #expect(found.encoded() == expected.encoded())
            #expect(found.id == expected.id)
        }
        let identities = expected.participants.map(\.identity.bytes32)
        #expect(identities == identities.sorted())
    }

    @Test("what is encoded decodes to the same", arguments: [2, 15])
    func roundTrip(_ operatorCount: Int) throws {
        let fields = try DefinitionFields(operatorCount: operatorCount)
        let changed = try fields.changes().filter { $0.fields.participants.count > 1 }
        for (name, fields) in [("unchanged", fields)] + changed {
            let definition = try fields.definition()
            let decoded = try CeremonyDefinition(decoding: definition.encoded())
            #expect(decoded == definition, "\(name)")
            #expect(decoded.id == definition.id, "\(name)")
        }
    }

    @Test("every single field is part of the id")
    func everyFieldCounts() throws {
        let fields = try DefinitionFields()
        var ids: [CeremonyID: String] = [try fields.definition().id: "unchanged"]
        for (name, changed) in try fields.changes() {
            let twin = ids.updateValue(name, forKey: try changed.definition().id)
            #expect(twin == nil, "\(name) makes the id of: \(twin ?? "")")
        }
    }

    @Test("the id is a digest of its own kind, named by its first eight digits")
    func id() throws {
        let definition = try DefinitionFields().definition()
        #expect(definition.id.digest != SHA256.hash(definition.encoded()))
        #expect(definition.id.short == String(definition.id.description.prefix(8)))
    }

    @Test("2 to 15 operators take part", arguments: [0, 1, 16, 40])
    func participantCount(_ count: Int) throws {
        let fields = try DefinitionFields(operatorCount: count)
        #expect(throws: ModelError.participantCount(count, allowed: 2...15)) {
            try fields.definition()
        }
    }

    @Test("a title is 1 to 60 printable ASCII characters")
    func title() throws {
        let fields = try DefinitionFields()
        for title in ["x", " ", String(repeating: "~", count: 60)] {
            #expect(try fields.changing { $0.title = title }.definition().title == title)
        }
        for title in ["", "a\nb", "\u{7F}", "é", "\u{202E}", String(repeating: "x", count: 61)] {
            #expect(throws: ModelError.self) {
                try fields.changing { $0.title = title }.definition()
            }
        }
    }

    @Test("an instance has 16 bytes", arguments: [0, 15, 17, 32])
    func instance(_ byteCount: Int) throws {
        let fields = try DefinitionFields().changing {
            $0.instance = [UInt8](repeating: 7, count: byteCount)
        }
        #expect(throws: ModelError.wrongInstanceLength(byteCount: byteCount)) {
            try fields.definition()
        }
    }

    @Test("no name and no identity stands twice")
    func duplicates() throws {
        let fields = try DefinitionFields()
        let first = fields.participants[0]
        let second = fields.participants[1]
        let sameName = Participant(name: first.name, identity: second.identity)
        #expect(throws: ModelError.duplicateName(first.name)) {
            try fields.changing { $0.participants[1] = sameName }.definition()
        }
        let sameIdentity = Participant(name: second.name, identity: first.identity)
        let error = try #require(throws: ModelError.self) {
            try fields.changing { $0.participants[1] = sameIdentity }.definition()
        }
        guard case .duplicateIdentity = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("the last signer is one of the operators")
    func lastSigner() throws {
        let fields = try DefinitionFields()
        #expect(throws: ModelError.unknownLastSigner("nobody")) {
            try fields.changing { $0.lastSigner = try OperatorName("nobody") }.definition()
        }
        for participant in fields.participants {
            let definition = try fields.changing { $0.lastSigner = participant.name }.definition()
            let index = try #require(definition.lastSigner)
            #expect(definition.participants[index] == participant)
            #expect(definition.index(of: participant.identity) == index)
        }
        let stranger = try FixtureKey("stranger").xOnly
        #expect(try fields.definition().index(of: stranger) == nil)
    }

    @Test("a known definition has a known encoding and id: Tests/Vectors/model")
    func knownAnswer() throws {
        let known = try Vectors.document(KnownDefinition.self, "model/definition")
        let definition = try known.definition()
        #expect(Hex.encode(definition.encoded()) == known.encoded)
        #expect(definition.id.description == known.id)
        #expect(try CeremonyDefinition(decoding: Hex.decode(known.encoded)) == definition)
    }
}

struct KnownDefinition: Decodable {
    struct Operator: Decodable {
        let name: String
        let identity: String
    }
    let network: String
    let title: String
    let instance: String
    let participants: [Operator]
    let lastSigner: String
    let user: String
    let secretHash: String
    let ordinalAmount: UInt64
    let feeAmount: UInt64
    let requestTimeout: UInt16
    let endOfLife: UInt16
    let feeRate: UInt64
    let encoded: String
    let id: String

    func definition() throws -> CeremonyDefinition {
        try CeremonyDefinition(
            network: #require(Network(name: network)), title: title,
            instance: Hex.decode(instance),
            participants: participants.map { participant in
                Participant(
                    name: try OperatorName(participant.name),
                    identity: try #require(XOnlyPublicKey(hex: participant.identity)))
            },
            lastSigner: OperatorName(lastSigner),
            lock: LockParameters(
                user: #require(XOnlyPublicKey(hex: user)),
                secretHash: #require(Bytes32(hex: secretHash)),
                ordinalAmount: Amount(ordinalAmount), feeAmount: Amount(feeAmount),
                requestTimeout: BlockCount(requestTimeout), endOfLife: BlockCount(endOfLife),
                feeRate: FeeRate(satoshiPerKilovirtualbyte: feeRate)))
    }
}
