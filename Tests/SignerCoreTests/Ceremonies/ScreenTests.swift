import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation

@Suite("Signer: screens")
struct ScreenTests {
    @Test("A registration shows people, money, time and what a yes means")
    func registration() throws {
        let ceremony = try SignerCeremony(operatorCount: 3, last: 1)
        let who = ceremony.operators[0]
        let screen = try screen(of: ceremony.registration(who), who)
        let text = screen.lines.joined(separator: "\n")
        for participant in ceremony.definition.participants {
            #expect(text.contains("\(participant.name)"))
        }
        for peer in try who.signer.peers() where peer.role == .signer {
            #expect(text.contains(words(peer.fingerprint)))
        }
        for part in [
            "test lock", words(ceremony.id.digest), ceremony.id.digest.hex, "10000 sat",
            "100000 sat (0.00100000 BTC)", "signs last", "Worst case", "Timelocks",
            "60 blocks (about 0.4 days)", "2000 sat/kvB",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        expectPlain(screen)
    }

    @Test("A graph shows every payout with its whole address, and the digests to compare")
    func graph() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        try ceremony.register()
        let who = ceremony.operators[0]
        let screen = try screen(of: ceremony.noncesRequest(who), who)
        let text = screen.lines.joined(separator: "\n")
        let program = try ceremony.program()
        for keys in program.participants {
            let address = try #require(Address(scriptPubKey: keys.payout, network: .regtest))
            #expect(text.contains(grouped(address.description)))
        }
        #expect(text.contains(words(program.digest)))
        #expect(text.contains("signatures: \(program.signatures.count)"))
        #expect(text.contains("\(program.funding.transaction.txid):0"))
        expectPlain(screen)
    }

    @Test("Warnings come first, and the phrase is made of the request's digest")
    func warnings() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        let who = ceremony.operators[0]
        let request = try ceremony.registration(who)
        let danger = "network interface up: eth0"
        let screen = try screen(
            of: request, who, EnvironmentFacts(facts: ["a fact"], dangers: [danger]))
        #expect(screen.lines[2] == "WARNING  \(danger)")
        #expect(screen.requestDigest == request.digest)
        #expect(
            screen.phrase
                == Bytewords.words(for: request.digest, count: 3)
                .joined(separator: " "))
    }

    @Test("A signature and a value say that they are for good")
    func later() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.prepareSigning()
        let who = ceremony.operators[0]
        let partials = try screen(of: ceremony.partialsRequest(who), who)
        #expect(partials.lines.contains { $0.contains("once and for this request only") })
        let reveal = try screen(
            of: who.request(.reveal, ceremony.revealPayload(), ceremony.id), who)
        #expect(reveal.lines.contains { $0.contains("this cannot be undone") })
        expectPlain(partials)
        expectPlain(reveal)
    }

    /// Printable ASCII, and narrow enough for any terminal of today.
    private func expectPlain(_ screen: Screen) {
        for line in screen.lines {
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(line)")
            #expect(line.count <= 100, "\(line)")
        }
    }

    private func words(_ digest: Bytes32) -> String {
        Bytewords.words(for: digest).joined(separator: " ")
    }

    private func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { start in
            String(text.dropFirst(start).prefix(4))
        }.joined(separator: " ")
    }

    private func screen(
        of request: SignedBundle, _ who: SignerOperator,
        _ environment: EnvironmentFacts = .unexamined
    ) throws -> Screen {
        let examination = try who.signer.examine(request.bytes, environment: environment)
        guard case .ready(let prepared) = examination.outcome else {
            preconditionFailure("the request of this test meets every rule")
        }
        return prepared.screen
    }
}
