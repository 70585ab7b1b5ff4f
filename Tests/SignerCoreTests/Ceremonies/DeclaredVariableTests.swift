import Exchange
import Foundation
import Model
import Primitives
import Protocols
import Secrets
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

@Suite("Signer: one-time keys of both profiles")
struct DeclaredVariableTests {
    private let message = [UInt8](0..<20)

    @Test("Keys of every declared profile are announced, distinct, and in the registry")
    func announcement() throws {
        let scene = try DeclaredCeremony()
        let definition = scene.ceremony.definition
        let announced = try scene.keysBundles.map { try AnnouncedKeys(decoding: $0.bytes) }
        var report = RuleReport()
        report.apply(
            KeyRules.all,
            to: KeySubject(
                definition: definition, announced: announced, mine: announced[0].keys,
                usedOneTimeKeys: UsedOneTimeKeys(me: announced[0].keys.identity),
                variables: scene.variables))
        #expect(report.violations.isEmpty, "\(report.violations)")
        for (who, keys) in zip(scene.operators, announced.map(\.keys)) {
            #expect(keys.oneTimeKeys.count == scene.variables.count)
            for variable in scene.variables {
                let key = try #require(keys.oneTimeKeys[variable.name])
                #expect(key.parameters == variable.parameters)
                #expect(
                    try who.signer.vault.oneTime.announcedName(key.digest, by: .me)
                        == OneTimeKeyName(definition, variable.name, owner: .me))
            }
        }
        // The lock declares the acceptance alone, so its judge refuses the keys too many.
        let request = try scene.operators[0].request(
            .nonces,
            NoncesRequest(
                attempt: 1,
                evidence: CeremonyFixture.evidence(
                    of: scene.program(), keysBundles: scene.keysBundles)),
            definition.id)
        #expect(
            try scene.operators[0].refusal(of: request.bytes).firstRule == "KEY-ONE-TIME")
    }

    @Test("A key signs one message: the same again gives the same bytes, another is refused")
    func oneMessage() throws {
        let scene = try DeclaredCeremony()
        let program = try scene.program()
        let who = scene.operators[0]
        for variable in scene.variables.dropFirst() {
            let first = try scene.reveal(who, variable, message)
            #expect(
                RevealedValue(program: program, signer: who.identity, response: first).fault
                    == nil)
            #expect(first.signature.profileNumber == variable.parameters.profileNumber)
            #expect(try scene.reveal(who, variable, message) == first)
            try who.reopen()
            #expect(try scene.reveal(who, variable, message) == first)
            for bit in [0, 7, 80, 159] {
                var other = message
                other[bit / 8] ^= 1 << UInt8(bit % 8)
                let picture = try who.picture()
                #expect {
                    _ = try scene.reveal(who, variable, other)
                } throws: { error in
                    guard case .vault(.spent(.keySpent)) = error as? SignerError else {
                        return false
                    }
                    return true
                }
                #expect(try who.picture() == picture)
            }
        }
        let spent = try #require(try who.signer.ceremonies().first).spentVariables
        #expect(spent == scene.variables.dropFirst().map(\.name).sorted())
        try who.signer.vault.verify()
    }

    @Test("The same request again gives the same bytes, after a restart too")
    func resend() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[1]
        let variable = scene.variables[1]
        let request = try scene.request(who, variable, message)
        let work = try DeclaredCeremony.work(request, variable, in: scene.program())
        let first = try who.agree(to: who.prepared(work, request))
        let picture = try who.picture()
        #expect(try who.perform(request).bytes == first.bytes)
        try who.reopen()
        #expect(try who.perform(request).bytes == first.bytes)
        #expect(try who.picture() == picture)
    }

    @Test("A message of another length is refused before anything is kept")
    func wrongLength() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[0]
        for byteCount in [0, 19, 21, 32] {
            let picture = try who.picture()
            #expect(throws: SignerError.self) {
                _ = try scene.reveal(
                    who, scene.variables[1], [UInt8](repeating: 1, count: byteCount))
            }
            #expect(try who.picture() == picture)
        }
        _ = try scene.reveal(who, scene.variables[1], message)
    }

    @Test("A key announced as one profile never signs as the other, even under its own name")
    func confusedProfile() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[0]
        let confused = try [
            scene.variables[1].inBase16(),
            VariableDeclaration(
                name: scene.variables[3].name, parameters: .composition),
        ]
        for variable in confused {
            let request = try scene.request(who, variable, message)
            let work = try DeclaredCeremony.work(request, variable, in: scene.program())
            let prepared = try who.prepared(work, request)
            let picture = try who.picture()
            #expect(throws: SignerError.signing(.ownSignatureInvalid)) {
                try who.agree(to: prepared)
            }
            #expect(try who.picture() == picture)
        }
    }

    @Test("After a loss a key of profile 2 waits for a person's word as well")
    func afterLoss() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[0]
        try FileManager.default.removeItem(
            atPath: who.location.stateDirectory + "-anchor/anchor.cbor")
        try who.acknowledgeLostAnchor()
        #expect {
            _ = try scene.reveal(who, scene.variables[1], message)
        } throws: { error in
            guard case .vault(.spent(.keyNotReconciled)) = error as? SignerError else {
                return false
            }
            return true
        }
        try who.signer.reconcile(scene.ceremony.id, evidence: SHA256.hash([1]))
        _ = try scene.reveal(who, scene.variables[1], message)
    }

    @Test("Screens name each variable with its profile, and show a value that no rule knows")
    func screens() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[0]
        let request = try scene.request(who, scene.variables[1], message)
        let work = try DeclaredCeremony.work(request, scene.variables[1], in: scene.program())
        let reveal = try who.prepared(work, request).screen.lines
        for part in [
            "variable: hash-0, 20 bytes, profile 2 (chosen chains)", "0001 0203",
            "cannot be undone",
        ] {
            #expect(reveal.contains { $0.contains(part) }, "\(part): \(reveal)")
        }
        #expect(!reveal.contains { $0.contains("accept' transaction") })
        let registration = try who.prepared(
            scene.registration, scene.ceremony.registration(who)
        ).screen.lines
        for part in [
            "4 one-time key(s)", "variable: acceptance, 32 bytes, profile 1 (base 16)",
            "variable: hash-1, 20 bytes, profile 2 (chosen chains)",
        ] {
            #expect(registration.contains { $0.contains(part) }, "\(part)")
        }
        for line in reveal + registration {
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(line)")
            #expect(line.count <= 100, "\(line)")
        }
    }

    @Test("The room taken before a commit holds the answers, with little to spare")
    func room() throws {
        let scene = try DeclaredCeremony()
        let who = scene.operators[0]
        let registration = try who.prepared(
            scene.registration, scene.ceremony.registration(who))
        let keys = scene.keysBundles[0].bytes.count
        #expect((0...1_024).contains(registration.responseByteLimit - keys))
        for variable in scene.variables.dropFirst() {
            let request = try scene.request(who, variable, message)
            let prepared = try who.prepared(
                DeclaredCeremony.work(request, variable, in: scene.program()), request)
            let answer = try who.agree(to: prepared)
            #expect((0...1_024).contains(prepared.responseByteLimit - answer.bytes.count))
        }
    }
}
