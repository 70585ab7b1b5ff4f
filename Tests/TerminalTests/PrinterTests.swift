import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Terminal
import TestSupport
import Testing
import Validation

@Suite("What a program says, and where")
struct PrinterTests {
    private static let failure = ProgramFailure(
        .media, "cannot write 'a\u{1B}[2J'", next: "look at the medium")

    @Test("for people: lines on standard output, notes and failures on standard error")
    func people() async {
        let result = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let printer = Printer(json: false)
            printer.say("hello \u{1B}[31m")
            printer.note("a note")
            printer.report(JSONObject([("x", .number(1))]), lines: ["one", "two\nthree"])
            printer.report(Self.failure)
        }
        expect(result?.standardOutputContent, ends: "hello ?[31m\none\ntwo\nthree\n")
        expect(
            result?.standardErrorContent,
            ends: "a note\nerror: cannot write 'a?[2J'\nnext: look at the medium\n")
    }

    @Test("for scripts: one object on standard output, whatever happens")
    func scripts() async {
        let result = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let printer = Printer(json: true)
            printer.say("silent")
            printer.report(JSONObject([("x", .number(1))]), lines: ["one"])
            printer.report(Self.failure)
        }
        expect(
            result?.standardOutputContent,
            ends: #"{"ok":true,"x":1}"# + "\n"
                + #"{"ok":false,"code":10,"error":"media","rules":[],"detail":"#
                + #""cannot write 'a\u001b[2J'","next":"look at the medium"}"# + "\n")
    }

    private func expect(
        _ bytes: [UInt8]?, ends end: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = String(decoding: bytes ?? [], as: UTF8.self)
        #expect(text.hasSuffix(end), sourceLocation: sourceLocation)
    }

    @Test("a broken rule names itself and all that are broken with it, and what to do")
    func rules() {
        let violation = RuleViolation(
            rule: RuleID("BND-SEQUENCE"), severity: .error, detail: "asked for 7",
            exit: .replayOrRollback)
        let failure = ProgramFailure(violation)
        #expect(failure.rules == [RuleID("BND-SEQUENCE")])
        #expect(failure.detail == "BND-SEQUENCE: asked for 7")
        #expect(failure.exit == .replayOrRollback)
        #expect(failure.next?.contains("never restore") == true)
    }
}

@Suite("Fingerprints of identities")
struct FingerprintTests {
    @Test("eight words, others for every other role, name, key and network")
    func fields() throws {
        let (alice, bob) = (try FixtureKey("alice").xOnly, try FixtureKey("bob").xOnly)
        let (first, second) = (try OperatorName("alice"), try OperatorName("alicf"))
        let prints = [
            Fingerprint(
                of: IdentityPayload(name: first, role: .signer), key: alice, network: .regtest),
            Fingerprint(
                of: IdentityPayload(name: first, role: .watcher), key: alice, network: .regtest),
            Fingerprint(
                of: IdentityPayload(name: second, role: .signer), key: alice, network: .regtest),
            Fingerprint(
                of: IdentityPayload(name: first, role: .signer), key: bob, network: .regtest),
            Fingerprint(
                of: IdentityPayload(name: first, role: .signer), key: alice, network: .signet),
        ]
        #expect(Set(prints.map(\.spoken)).count == prints.count)
        for print in prints {
            #expect(print.words.count == 8)
            #expect(print.spoken == print.words.joined(separator: " "))
        }
    }
}
