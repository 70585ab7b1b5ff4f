import Bitcoin
import Dispute
import DisputeLeaves
import Primitives
import RiscV
import Tapscript
import TestSupport
import Testing

@Suite("BLAKE3 in script")
struct BLAKE3FragmentTests {
    private static func script(_ demand: BLAKE3Fragment.Demand) throws -> AssembledScript {
        var assembler = Assembler()
        let message = assembler.input("message", count: BLAKE3Fragment.messageDigitCount)
        let hash = assembler.input("hash", count: BLAKE3Fragment.hashDigitCount)
        BLAKE3Fragment.check(
            demand, message: message.map { .move($0) }, hash: hash.map { .move($0) }, &assembler)
        return try assembler.finishVerified()
    }

    private static func items(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.flatMap { [$0 >> 4, $0 & 15] }.map { $0 == 0 ? [] : [$0] }
    }

    @Test("takes the hash that the machine computes, and no other")
    func agreesWithPrimitives() throws {
        var random = SplitMix64.announced("BLAKE3FragmentTests")
        let equal = CompiledScript(try Self.script(.equal).script)
        let different = CompiledScript(try Self.script(.different).script)
        func takes(_ script: CompiledScript, _ message: [UInt8], _ hash: [UInt8]) -> Bool {
            let stack = Self.items(message + hash)
            return (try? Interpreter.evaluate(script, stack: stack)) != nil
        }
        var messages = [[UInt8](repeating: 0, count: 33), [UInt8](repeating: 0xFF, count: 33)]
        messages += (0..<200).map { _ in random.bytes(count: 33) }
        for message in messages {
            var hash = Array(BLAKE3.hash(message).bytes.prefix(20))
            #expect(takes(equal, message, hash))
            #expect(!takes(different, message, hash))
            hash[Int.random(in: 0..<20, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            #expect(!takes(equal, message, hash))
            #expect(takes(different, message, hash))
        }
    }

    @Test("keeps the sizes that are written down")
    func sizes() throws {
        let equal = try Self.script(.equal).properties
        let different = try Self.script(.different).properties
        print("BLAKE3", equal.byteCount, different.byteCount, equal.peakItemCount)
        #expect(equal.byteCount <= 41_400)
        #expect(different.byteCount <= 41_500)
        #expect(max(equal.peakItemCount, different.peakItemCount) <= 900)
    }
}
