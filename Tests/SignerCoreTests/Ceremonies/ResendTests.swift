import Exchange
import Model
import Primitives
import SignerCore
import TestSupport
import Testing
import Validation

@Suite("Signer: the same request again")
struct ResendTests {
    @Test("Every kind of request gives the same bytes again, after a restart too")
    func sameBytes() throws {
        let ceremony = try SignerCeremony(operatorCount: 2, last: 1)
        let who = ceremony.ordinary[0]
        let last = try #require(ceremony.lastIndex.map { ceremony.operators[$0] })
        try expectSame(who, ceremony.registration(who))
        try ceremony.register(exceptFor: who)
        try expectSame(who, ceremony.noncesRequest(who))
        try ceremony.takeNonces(of: who)
        try expectSame(last, ceremony.partialsRequest(last))
        try ceremony.takePartials(of: last)
        try expectSame(who, ceremony.partialsRequest(who))
        try expectSame(who, who.request(.reveal, ceremony.revealPayload(), ceremony.id))
        try expectSame(who, who.request(.status, StatusRequest(), nil))
    }

    private func expectSame(_ who: SignerOperator, _ request: SignedBundle) throws {
        let first = try who.answer(request)
        let picture = try who.picture()
        let again = try who.perform(request)
        #expect(again.bytes == first.bytes)
        try who.reopen()
        let afterRestart = try who.perform(request)
        #expect(afterRestart.bytes == first.bytes)
        #expect(try who.picture() == picture)
    }

    @Test("A repeated request is answered although its number has been used")
    func beforeSequence() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        let request = try ceremony.noncesRequest(who)
        try who.answer(request)
        let examination = try who.signer.examine(request.bytes, environment: .unexamined)
        guard case .answered = examination.outcome else {
            Issue.record("the stored answer is given again")
            return
        }
        // The same content under the next number is another request, and a used attempt.
        let next = try ceremony.noncesRequest(who)
        #expect(
            try who.refusal(of: next.bytes) == .session(.attemptUsed(asked: 1, last: 1)))
    }
}
