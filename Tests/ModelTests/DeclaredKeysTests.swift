import Model
import Primitives
import TestSupport
import Testing
import Winternitz

@Suite("Participant keys of both profiles")
struct DeclaredKeysTests {
    private let variables: [VariableDeclaration]
    private let keys: ParticipantKeys

    init() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        variables = try [.lockAcceptance, .hash(0), .hash(1), .hash(2).inBase16()]
        keys = try fixture.operators[0].keys(for: fixture.definition, declaring: variables)
    }

    @Test("a declaration has the length of its profile")
    func declarations() throws {
        #expect(VariableDeclaration.lockAcceptance.byteCount == 32)
        #expect(VariableDeclaration.lockAcceptance.parameters.profileNumber == 1)
        #expect(try VariableDeclaration.hash(0).byteCount == 20)
        #expect(try VariableDeclaration.hash(0) != VariableDeclaration.hash(0).inBase16())
    }

    @Test("what is encoded decodes to the same, key by key of its profile")
    func roundTrip() throws {
        let again = try ParticipantKeys(decoding: keys.encoded())
        #expect(again == keys)
        for variable in variables {
            #expect(again.oneTimeKeys[variable.name]?.parameters == variable.parameters)
        }
    }

    @Test("the order in which keys were made is not in the encoding")
    func permutations() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var random = SplitMix64.announced("declared-keys-order")
        for _ in 0..<10 {
            let turned = try fixture.operators[0].keys(
                for: fixture.definition, declaring: variables.shuffled(using: &random))
            #expect(turned.encoded() == keys.encoded())
            #expect(turned.digest == keys.digest)
        }
    }

    @Test("every chain, name and profile is part of the digest")
    func everyFieldCounts() throws {
        var changed = [keys]
        for variable in variables {
            let key = try #require(keys.oneTimeKeys[variable.name])
            var rest = keys.oneTimeKeys
            rest[variable.name] = nil
            changed.append(keys.changing(oneTimeKeys: rest))
            rest[try VariableName("z")] = key
            changed.append(keys.changing(oneTimeKeys: rest))
            for index in key.chains.indices {
                var chains = key.chains
                chains[index] = Hash160.hash(chains[index].bytes)
                var all = keys.oneTimeKeys
                all[variable.name] = try OneTimePublicKey(
                    parameters: key.parameters, chains: chains)
                changed.append(keys.changing(oneTimeKeys: all))
            }
        }
        let fixture = try CeremonyFixture(operatorCount: 2)
        var all = keys.oneTimeKeys
        let plain = try variables[1].inBase16()
        all[plain.name] = try fixture.operators[0].oneTimeKey(plain, in: fixture.definition.id)
        changed.append(keys.changing(oneTimeKeys: all))
        #expect(Set(changed.map(\.digest)).count == changed.count)
    }

    /// The record with other one-time keys.
    private func bytes(_ entries: [CBORValue]) throws -> [UInt8] {
        try CBORValue.decode(keys.encoded()).setting(5, to: .array(entries)).encode()
    }

    private func entries() throws -> [CBORValue] {
        guard case .array(let entries) = try CBORValue.decode(keys.encoded()).field(5) else {
            return []
        }
        return entries
    }

    @Test("a key with another profile number, length or number of chains is refused")
    func malformedKeys() throws {
        let entries = try entries()
        #expect(entries.count == variables.count)
        for (index, entry) in entries.enumerated() {
            guard case .array(let parts) = entry, case .bytes(let key) = parts[1] else {
                Issue.record("an entry is a name and a key")
                return
            }
            var wrong = [[], Array(key.dropLast()), Array(key.dropLast(20)), key + key.suffix(20)]
            for (place, value) in [(0, 0), (0, 3), (0, 255), (1, 21), (2, 1), (2, 255)] {
                var changed = key
                changed[place] = UInt8(value)
                wrong.append(changed)
            }
            // The other profile's number in front of the same chains.
            wrong.append([3 - key[0]] + key.dropFirst())
            for bytes in wrong {
                var changed = entries
                changed[index] = .array([parts[0], .bytes(bytes)])
                #expect(throws: ModelError.self, "\(bytes.prefix(3))") {
                    try ParticipantKeys(decoding: self.bytes(changed))
                }
            }
        }
    }

    @Test("a name stands once, also where its keys are of different profiles")
    func sameName() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let entries = try entries()
        let plain = try variables[1].inBase16()
        let key = try fixture.operators[0].oneTimeKey(plain, in: fixture.definition.id)
        let twin = CBORValue.array([.text(plain.name.text), .bytes(key.encoded())])
        for index in 0...entries.count {
            var changed = entries
            changed.insert(twin, at: index)
            #expect(throws: ModelError.self) {
                try ParticipantKeys(decoding: self.bytes(changed))
            }
        }
    }

    @Test("a length of a gigabyte in front of a key is refused without its memory")
    func hugeLength() throws {
        var encoded = keys.encoded()
        let key = try #require(keys.oneTimeKeys[variables[1].name]).encoded()
        let start = try #require(encoded.firstRange(of: key)).lowerBound
        // Byte string of two length bytes becomes one of four.
        #expect(encoded[start - 3] == 0x59)
        encoded.replaceSubrange(start - 3..<start, with: [0x5A, 0x40, 0, 0, 0])
        #expect(throws: ModelError.self) { try ParticipantKeys(decoding: encoded) }
    }

    @Test("keys cut off anywhere are refused")
    func truncation() throws {
        let encoded = keys.encoded()
        for count in encoded.indices {
            #expect(throws: ModelError.self) {
                try ParticipantKeys(decoding: Array(encoded.prefix(count)))
            }
        }
    }
}
