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
        let script = try assembler.finish(
            leaving: words + Items(assembler.uppermost(3)))
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
                let first = assembler.lookup(table, .copy(index), as: "first")
                let second = assembler.lookup(table, .copy(index), offset: -1, as: "second")
                let third = assembler.lookup(table, fromEnd: .move(index), as: "third")
                let results = Items([first, second, third])
                assembler.stash(results)
                assembler.drop(filler)
                assembler.drop(table.items)
                assembler.unstash(results)
                let script = try assembler.finish(leaving: results)
                let left = try SmallMachine.run(
                    script.script, on: [ScriptNumber.encode(Int64(position))])
                #expect(left[0] == ScriptNumber.encode(Int64(position * position)))
                if position > 0 {
                    #expect(left[1] == ScriptNumber.encode(Int64((position - 1) * (position - 1))))
                }
                let mirrored = 15 - position
                #expect(left[2] == ScriptNumber.encode(Int64(mirrored * mirrored)))
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
                == "OP_0 OP_0 OP_2DUP OP_3DUP OP_3DUP OP_3DUP OP_3DUP c800 OP_DUP OP_1 OP_2 OP_2DUP"
        )
    }
}
