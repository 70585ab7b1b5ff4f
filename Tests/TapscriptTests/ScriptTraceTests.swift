import Bitcoin
import Primitives
import Tapscript
import TestSupport
import Testing

@Suite("Traces")
struct ScriptTraceTests {
    /// `ADD 8 EQUAL` on two named items.
    private static let sum = Script([0x93, 0x58, 0x87])

    @Test("Every operation shows what it leaves, and items keep their names")
    func steps() {
        let trace = Interpreter.trace(Self.sum, stack: [[2], [6]])
        #expect(trace.failure == nil)
        #expect(trace.steps.map(\.operationIndex) == [0, 1, 2])
        #expect(trace.steps.map { $0.stack.map(\.bytes) } == [[[8]], [[8], [8]], [[1]]])
        #expect(trace.stackBefore(0).map(\.bytes) == [[2], [6]])
        #expect(trace.stackBefore(2).map(\.bytes) == [[8], [8]])
        let rows = trace.rows(ScriptAnnotations(itemNames: ["left", "right"], notes: [0: "sum"]))
        #expect(rows.map(\.stack) == ["left=02 right=06", "08", "08 08", "01"])
        #expect(rows.map(\.operation) == ["", "OP_ADD", "OP_8", "OP_EQUAL"])
        #expect(rows.map(\.note) == ["", "sum", "", ""])
    }

    @Test("Copies keep the name of what they copy, results have none")
    func origins() {
        // PICK, alt stack, ROLL and 1ADD.
        let script = Script([0x51, 0x79, 0x6B, 0x51, 0x7A, 0x6C, 0x8B])
        let trace = Interpreter.trace(script, stack: [[1], [2]])
        #expect(trace.failure == .cleanStack)
        let origins = trace.steps.map { $0.stack.map(\.origin) }
        #expect(origins[1] == [0, 1, 0])
        #expect(trace.steps[2].altStack.map(\.origin) == [0])
        #expect(origins[4] == [1, 0])
        #expect(origins[5] == [1, 0, 0])
        #expect(origins[6] == [1, 0, nil])
    }

    @Test("A failing operation is the last step and has the reason")
    func failure() {
        let trace = Interpreter.trace(Script([0x76, 0x51, 0x9D, 0x51]), stack: [[2]])
        #expect(trace.failure == .numEqualVerify)
        #expect(trace.steps.count == 3)
        #expect(trace.steps[2].stack.map(\.bytes) == [[2], [2], [1]])
        #expect(trace.rows().last?.note == "NUMEQUALVERIFY")
    }

    @Test("Branches that are not taken are marked, and do nothing")
    func branches() {
        let trace = Interpreter.trace(Script([0x63, 0x6A, 0x67, 0x51, 0x68]), stack: [[]])
        #expect(trace.failure == nil)
        #expect(trace.steps.map(\.isExecuted) == [true, false, true, true, true])
        #expect(trace.rows().map(\.operation)[2] == "(OP_RETURN)")
    }

    @Test("Long stacks and long items are shortened, the empty item is visible")
    func shortening() {
        let items = [[UInt8]](repeating: [1], count: 9) + [[], [UInt8](repeating: 7, count: 20)]
        let row = Interpreter.trace(Script([0x61]), stack: items).rows(itemCount: 3)[0]
        #expect(row.stack == "(8 more) 01 '' 07070707..0707(20)")
    }

    @Test("A trace ends as the run does, on random scripts")
    func agreement() {
        var random = SplitMix64.announced("traces")
        for _ in 0..<2_000 {
            let items = [RandomScript.element(&random), RandomScript.element(&random)]
            var script = RandomScript(.tapscript, witness: items)
            script.grow(10, &random)
            script.close()
            let bytes = RandomScript.mutated(script.bytes, &random)
            var failure: ScriptError?
            do throws(ScriptError) {
                try Interpreter.evaluate(CompiledScript(Script(bytes)), stack: items)
            } catch {
                failure = error
            }
            let trace = Interpreter.trace(Script(bytes), stack: items)
            #expect(trace.failure == failure)
        }
    }
}
