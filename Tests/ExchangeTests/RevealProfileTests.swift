import Exchange
import Model
import Primitives
import TestSupport
import Testing

@Suite("Reveals of both profiles")
struct RevealProfileTests {
    private let plain: RevealResponse
    private let chosen: RevealResponse

    init() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let owner = fixture.operators[0]
        func response(_ variable: VariableDeclaration, _ message: [UInt8]) throws -> RevealResponse
        {
            RevealResponse(
                variable: variable.name, message: message,
                signature: try owner.oneTimeSignature(
                    message, variable, in: fixture.definition.id))
        }
        plain = try response(.hash(0).inBase16(), [UInt8](0..<20))
        chosen = try response(.hash(0), [UInt8](0..<20))
    }

    @Test("profile 1 is written as before there were others; profile 2 says its number")
    func fields() throws {
        #expect(plain.record.field(4) == nil)
        #expect(chosen.record.field(4) == .unsigned(2))
        for response in [plain, chosen] {
            #expect(try RevealResponse.decoded(from: response.encoded()) == response)
        }
        #expect(plain.encoded() != chosen.encoded())
    }

    @Test("a profile that is another, unknown, or written though it need not be, is refused")
    func profiles() throws {
        let values: [CBORValue?] =
            [0, 1, 3, 255, 256, 258, .max].map { CBORValue.unsigned($0) }
            + [.text("2"), .bytes([2]), .array([])]
        for value in values + [nil] {
            #expect(throws: ExchangeError.self) {
                try RevealResponse.decoded(from: chosen.record.setting(4, to: value).encode())
            }
        }
        for value in values + [.unsigned(2)] {
            #expect(throws: ExchangeError.self) {
                try RevealResponse.decoded(from: plain.record.setting(4, to: value).encode())
            }
        }
    }

    @Test("message and signature have the profile's lengths")
    func lengths() throws {
        for response in [plain, chosen] {
            guard case .bytes(let signature) = response.record.field(3) else {
                Issue.record("a signature is a byte string")
                return
            }
            for wrong in [0, 1, 19, 21, 32, 1025] {
                let message = [UInt8](repeating: 7, count: wrong)
                let record = response.record.setting(2, to: .bytes(message))
                #expect(throws: ExchangeError.self, "\(wrong) bytes") {
                    try RevealResponse.decoded(from: record.encode())
                }
            }
            for wrong in [
                [], Array(signature.dropLast()), Array(signature.dropLast(20)),
                signature + [0], signature + signature.suffix(20),
            ] {
                let record = response.record.setting(3, to: .bytes(wrong))
                #expect(throws: ExchangeError.self, "\(wrong.count) bytes") {
                    try RevealResponse.decoded(from: record.encode())
                }
            }
        }
    }

    @Test("every bit of a reveal counts: it is refused, or says something else")
    func bits() throws {
        let encoded = chosen.encoded()
        for index in encoded.indices {
            for bit in 0..<8 {
                var changed = encoded
                changed[index] ^= 1 << UInt8(bit)
                guard let other = try? RevealResponse.decoded(from: changed) else { continue }
                #expect(other != chosen)
            }
        }
    }
}
