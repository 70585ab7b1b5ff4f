import Bitcoin
import Primitives
import Tapscript
import TestSupport
import Testing

struct AssemblerTests {
    @Test("Operands are found by handle and the shortest opcode is chosen")
    func shortestOpcodes() throws {
        var assembler = Assembler()
        let words = assembler.input("w", count: 5)
        assembler.copy(words[4])
        assembler.copy(words[4])
        assembler.copy(words[0])
        let script = try assembler.finish(leaving: words + assembler.uppermost(3))
        #expect(script.script.disassembly == "OP_DUP OP_OVER OP_6 OP_PICK")
    }

    @Test("A table is read at its depth, wherever it lies")
    func lookups() throws {
        for position in 0..<16 {
            for above in [0, 1, 2, 5, 20, 200] {
                var assembler = Assembler()
                let index = assembler.input("i")
                let table = assembler.table("square", (0..<16).map { $0 * $0 })
                let filler = assembler.numbers([Int64](repeating: 7, count: above))
                let results = Items([
                    assembler.lookup(table, .copy(index), as: "first"),
                    assembler.lookup(table, .copy(index), offset: -1, as: "second"),
                    assembler.lookup(table, fromEnd: .move(index), as: "third"),
                ])
                assembler.stash(results)
                assembler.drop(filler)
                assembler.drop(table.items)
                assembler.unstash(results)
                let script = try assembler.finish(leaving: results)
                let number = Int64(position)
                let left = try #require(
                    ScriptRun.stack(script.script, on: ScriptRun.items([number])))
                #expect(left[0] == ScriptNumber.encode(number * number))
                if position > 0 {
                    #expect(left[1] == ScriptNumber.encode((number - 1) * (number - 1)))
                }
                #expect(left[2] == ScriptNumber.encode((15 - number) * (15 - number)))
            }
        }
    }

    @Test("Constants that repeat are copied")
    func constantRuns() throws {
        var assembler = Assembler()
        let all = assembler.numbers([Int64](repeating: 0, count: 16) + [200, 200, 1, 2, 1, 2])
        let script = try assembler.finish(leaving: all)
        #expect(
            script.script.disassembly
                == "OP_0 OP_0 OP_2DUP OP_3DUP OP_3DUP OP_3DUP OP_3DUP"
                + " c800 OP_DUP OP_1 OP_2 OP_2DUP")
    }

    @Test("A script is finished only with exactly its results")
    func balance() {
        var assembler = Assembler()
        let (left, right) = (assembler.input("left"), assembler.input("right"))
        #expect(
            throws: AssemblerError.unbalanced(found: ["left", "right"], needed: ["right", "left"])
        ) { try assembler.finish(leaving: Items([right, left])) }
        #expect(throws: AssemblerError.unbalanced(found: ["left", "right"], needed: [])) {
            try assembler.finishVerified()
        }
        assembler.stash(right)
        #expect(throws: AssemblerError.leftOnAltStack(["right"])) {
            try assembler.finish(leaving: Items([left]))
        }
    }

    @Test("A wrong declaration of raw steps cannot pass the second count")
    func rawSteps() throws {
        var honest = Assembler()
        let value = honest.input("value")
        let twice = honest.raw([.opcode(.dup), .opcode(.add)], [.move(value)], as: ["twice"])
        #expect(try honest.finish(leaving: twice).properties.byteCount == 2)
        for opcodes in [[Opcode.dup, .drop, .drop], [.dup], [.drop, .drop]] {
            var assembler = Assembler()
            let value = assembler.input("value")
            let result = assembler.raw(
                opcodes.map { .opcode($0) }, [.move(value)], as: ["one"])
            #expect(throws: AssemblerError.self) { try assembler.finish(leaving: result) }
        }
    }

    @Test("Branches must leave the same items in the same places")
    func branches() throws {
        var assembler = Assembler()
        let (value, other) = (assembler.input("value"), assembler.input("other"))
        let condition = assembler.input("condition")
        var broken = assembler
        #expect(
            throws: AssemblerError.branchesDiffer(
                then: ["value", "other"], else: ["other", "value"])
        ) {
            try broken.branch(
                on: .move(condition), then: { _ in .none },
                otherwise: { assembler in
                    assembler.move(value)
                    return .none
                })
        }
        let results = try assembler.branch(
            on: .move(condition), then: { Items([$0.add(.move(other), 1)]) },
            otherwise: { _ in Items([other]) })
        let script = try assembler.finish(leaving: Items([value]) + results)
        #expect(script.script.disassembly == "OP_IF OP_1ADD OP_ENDIF")
        #expect(ScriptRun.stack(script.script, on: [[5], [6], [1]]) == [[5], [7]])
        #expect(ScriptRun.stack(script.script, on: [[5], [6], []]) == [[5], [6]])
        #expect(ScriptRun.stack(script.script, on: [[5], [6], [2]]) == nil)
    }

    @Test("A leaf's last check is its result")
    func lastCheck() throws {
        var assembler = Assembler()
        assembler.verifyEqual(.move(assembler.input("value")), 7)
        #expect(try assembler.finishVerified().script.disassembly == "OP_7 OP_EQUAL")
        #expect(try Assembler().finishVerified().script.disassembly == "OP_1")
    }

    @Test("Properties count bytes, opcodes, items and witness")
    func properties() throws {
        var assembler = Assembler()
        let signature = assembler.input("signature", byteCount: 64)
        let digits = assembler.input("d", count: 3)
        let sum = assembler.section("sum") { assembler in
            assembler.add(
                .move(assembler.add(.move(digits[1]), .move(digits[2]))), .move(digits[0]))
        }
        assembler.verifyNumEqual(.move(sum), 20)
        let script = try assembler.finish(leaving: Items([signature]))
        #expect(script.script.disassembly == "OP_ADD OP_ADD 14 OP_NUMEQUALVERIFY")
        #expect(script.properties.byteCount == 5)
        #expect(script.properties.opcodeCount == 3)
        #expect(script.properties.peakItemCount == 4)
        #expect(script.properties.inputItemCount == 4)
        #expect(script.properties.inputByteCount == 65 + 3 * 2)
        #expect(script.sectionByteCounts.map(\.name) == ["", "sum"])
        #expect(script.sectionByteCounts.map(\.byteCount) == [3, 2])
        #expect(
            script.lines().map(\.stack)
                == [
                    ["signature", "d[0]", "?"], ["signature", "?"], ["signature", "?", "20"],
                    ["signature"],
                ])
    }

    @Test("More items than consensus allows are refused")
    func tooMany() {
        var assembler = Assembler()
        let all = assembler.numbers([Int64](repeating: 1, count: 1_001))
        #expect(throws: AssemblerError.tooManyItems(1_001)) {
            try assembler.finish(leaving: all)
        }
    }
}
