import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import TestSupport
import Testing
import Validation
import Winternitz

@Suite("Revealed values of both profiles")
struct RevealedValueTests {
    private let fixture: CeremonyFixture
    private let program: ProgramGraph
    private let variables: [VariableDeclaration]

    init() throws {
        fixture = try CeremonyFixture(operatorCount: 3)
        let definition = fixture.definition
        let variables = try [VariableDeclaration.lockAcceptance, .hash(0), .hash(1).inBase16()]
        self.variables = variables
        let keys = try fixture.operators.map { try $0.keys(for: definition, declaring: variables) }
        program = try ProgramGraph(
            definition: definition, keys: keys, funding: fixture.funding)
    }

    private func response(
        _ variable: VariableDeclaration, _ message: [UInt8], by index: Int = 1
    ) throws -> RevealResponse {
        RevealResponse(
            variable: variable.name, message: message,
            signature: try fixture.operators[index].oneTimeSignature(
                message, variable, in: fixture.definition.id))
    }

    private func fault(_ response: RevealResponse, of index: Int = 1) -> String? {
        RevealedValue(
            program: program, signer: fixture.operators[index].identity.xOnly, response: response
        ).fault
    }

    private func accepted() throws -> [UInt8] {
        try #require(program.graph[.lock(.accept)]).txid.bytes.bytes
    }

    @Test("a value signed by the announced key counts, of whatever profile")
    func sound() throws {
        var random = SplitMix64.announced("revealed-values")
        #expect(try fault(response(variables[0], accepted())) == nil)
        for _ in 0..<5 {
            for variable in variables.dropFirst() {
                #expect(try fault(response(variable, random.bytes(count: 20))) == nil)
            }
        }
    }

    @Test("another message, signer, variable or profile does not")
    func broken() throws {
        let message = [UInt8](0..<20)
        let (hash, plain) = (variables[1], variables[2])
        let sound = try response(hash, message)
        let mismatch = "it does not match the announced one-time key"
        #expect(fault(sound, of: 0) == mismatch)
        #expect(try fault(response(hash, message, by: 0)) == mismatch)
        for bit in 0..<160 {
            var other = message
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = RevealResponse(
                variable: hash.name, message: other, signature: sound.signature)
            #expect(fault(changed) == mismatch)
        }
        // The owner's own signature by its key of the other profile, under the announced name.
        #expect(try fault(response(hash.inBase16(), message)) == mismatch)
        #expect(
            try fault(
                response(
                    VariableDeclaration(name: plain.name, parameters: hash.parameters), message))
                == mismatch)
        let renamed = RevealResponse(
            variable: plain.name, message: message, signature: sound.signature)
        #expect(fault(renamed) == mismatch)
        #expect(
            try fault(response(.hash(7), message)) == "the program has no such variable")
        #expect(
            try fault(response(variables[0], [UInt8](repeating: 1, count: 32)))
                == "it is not for the accept transaction")
        let stranger = RevealedValue(
            program: program, signer: try FixtureKey("stranger").xOnly, response: sound)
        #expect(stranger.fault == "the program has no such variable")
    }

    @Test("participants in any order make the same program, profiles included")
    func order() throws {
        var random = SplitMix64.announced("revealed-values-order")
        for _ in 0..<5 {
            let again = try ProgramGraph(
                definition: fixture.definition,
                keys: program.participants.shuffled(using: &random), funding: fixture.funding)
            #expect(again.digest == program.digest)
        }
        #expect(program.digest != fixture.program.digest)
        // The graphs themselves do not differ: keys of values stand in no transaction of a lock.
        #expect(program.graph.digest == fixture.program.graph.digest)
    }
}
