import Curve
import Exchange
import Model
import Primitives
import SignerCore
import TestSupport
import Testing

@Suite("Signer: room for an answer")
struct ResponseSizeTests {
    @Test(
        "The room that is taken before a commit holds every kind of answer, with little to spare",
        arguments: [2, 15])
    func everyKind(operatorCount: Int) throws {
        let ceremony = try SignerCeremony(operatorCount: operatorCount, last: 1)
        let who = try #require(ceremony.ordinary.first)
        try check(ceremony.registration(who), who)
        try ceremony.register(exceptFor: who)
        try check(ceremony.noncesRequest(who), who)
        try ceremony.takeNonces(of: who)
        for other in ceremony.ordinary where other.identity != who.identity {
            try other.answer(ceremony.noncesRequest(other))
            try ceremony.takeNonces(of: other)
        }
        let last = try #require(ceremony.lastIndex.map { ceremony.operators[$0] })
        try check(ceremony.partialsRequest(last), last)
        try ceremony.takePartials(of: last)
        try check(ceremony.partialsRequest(who), who)
        try check(who.request(.reveal, ceremony.revealPayload(), ceremony.id), who)
        try check(who.request(.status, StatusRequest(), nil), who)
    }

    private func check(
        _ request: SignedBundle, _ who: SignerOperator,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let examination = try who.signer.examine(request.bytes, environment: .unexamined)
        guard case .ready(let prepared) = examination.outcome else {
            Issue.record("refused", sourceLocation: sourceLocation)
            return
        }
        let answer = try who.answer(request)
        let spare = prepared.responseByteLimit - answer.bytes.count
        #expect((0...1_024).contains(spare), "\(spare)", sourceLocation: sourceLocation)
        let name = BundleName(ofAnswerTo: request.envelope, from: who.name)
        #expect(
            name == BundleName(for: answer.envelope, from: who.name),
            sourceLocation: sourceLocation)
    }
}
