import Bitcoin
import Tapscript
import TestSupport
import Testing

/// Old and new steps executed side by side.
struct PeepholeTests {
    private static let opcodes: [Opcode] = [
        .dup, .over, .swap, .rot, .tuck, .nip, .drop, .twoDrop, .twoDup, .threeDup, .twoOver,
        .twoSwap, .twoRot, .toAltStack, .fromAltStack, .equal, .equalVerify, .verify, .numEqual,
        .numNotEqual, .not, .lessThan, .greaterThan, .lessThanOrEqual, .greaterThanOrEqual, .add,
        .sub, .min, .max, .boolAnd, .boolOr, .oneAdd, .size, .nop, .hash160,
    ]

    /// Steps that never lack items, mostly of moving opcodes and constants.
    private static func program(_ random: inout SplitMix64, depth start: Int) -> [ScriptStep] {
        var (depth, altDepth) = (start, 0)
        var steps: [ScriptStep] = []
        while steps.count < 30 {
            if Int.random(in: 0..<4, using: &random) == 0 {
                let value = Int64.random(in: 0...3, using: &random)
                steps.append(ScriptStep(.push(ScriptNumber.encode(value))))
                depth += 1
                guard Bool.random(using: &random), depth - 1 > value else { continue }
                let picks = Bool.random(using: &random)
                steps.append(ScriptStep(.opcode(picks ? .pick : .roll)))
                depth -= picks ? 0 : 1
                continue
            }
            let opcode = opcodes[Int.random(in: opcodes.indices, using: &random)]
            guard let effect = StackEffect.of(opcode), effect.consumed <= depth,
                altDepth + effect.altStackChange >= 0, depth < 60
            else { continue }
            depth += effect.produced - effect.consumed
            altDepth += effect.altStackChange
            steps.append(ScriptStep(.opcode(opcode)))
        }
        return steps
    }

    @Test("Random steps do the same after the pass, failures included")
    func equivalence() throws {
        var random = SplitMix64.announced("peephole")
        var (saved, survived, failed) = (0, 0, 0)
        for _ in 0..<20_000 {
            let stack = (0..<8).map { _ -> [UInt8] in
                // Items that are no numbers, and numbers that are not in their shortest form.
                switch Int.random(in: 0..<8, using: &random) {
                case 0: random.bytes(count: 5)
                case 1: [[0], [0x80], [1, 0], [3, 0, 0]][Int.random(in: 0..<4, using: &random)]
                default: ScriptNumber.encode(Int64.random(in: -2...4, using: &random))
                }
            }
            let steps = Self.program(&random, depth: stack.count)
            let short = Peephole.optimize(steps)
            let (before, after) = (
                AssembledScript.script(of: steps), AssembledScript.script(of: short)
            )
            let expected = ScriptRun.stack(before, on: stack)
            #expect(ScriptRun.stack(after, on: stack) == expected, "\(before.disassembly)")
            #expect(after.byteCount <= before.byteCount)
            saved += before.byteCount - after.byteCount
            if expected == nil { failed += 1 } else { survived += 1 }
        }
        print("peephole: \(saved) bytes saved, \(survived) succeeded, \(failed) failed")
        #expect(saved > 20_000)
        #expect(survived > 1_000)
        #expect(failed > 1_000)
    }

    @Test(
        "Each rule is used",
        arguments: [
            ([.equal, .verify], "OP_EQUALVERIFY"), ([.swap, .drop], "OP_NIP"),
            ([.swap, .over], "OP_TUCK"), ([.toAltStack, .fromAltStack], ""),
            ([.rot, .rot, .rot], ""), ([.swap, .add], "OP_ADD"),
            ([.swap, .lessThan], "OP_GREATERTHAN"), ([.drop, .drop, .drop], "OP_2DROP OP_DROP"),
            ([.if, .else, .dup, .endIf], "OP_NOTIF OP_DUP OP_ENDIF"),
            ([.if, .dup, .else, .endIf], "OP_IF OP_DUP OP_ENDIF"),
            ([.toAltStack, .drop, .fromAltStack], "OP_NIP"),
        ] as [([Opcode], String)])
    func rules(_ opcodes: [Opcode], _ text: String) {
        let steps = opcodes.map { ScriptStep(.opcode($0)) }
        #expect(AssembledScript.script(of: Peephole.optimize(steps)).disassembly == text)
    }
}
