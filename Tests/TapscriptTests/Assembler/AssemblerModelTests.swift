import Bitcoin
import Primitives
import Tapscript
import TestSupport
import Testing

/// Random programs of the assembler against a model that knows values and no stack.
struct AssemblerModelTests {
    private struct Model {
        var assembler = Assembler()
        /// Value of every item that is alive.
        var values: [Item: Int64] = [:]
        var live: [Item] = []
        var stashed: [Item] = []
        var table: Table
        var tableValues: [Int64]

        init(inputs: [Int64], random: inout SplitMix64) {
            let handles = assembler.input("in", count: inputs.count, byteCount: 4)
            tableValues = (0..<16).map { _ in Int64.random(in: -300...300, using: &random) }
            table = assembler.table("table", tableValues)
            for (handle, value) in zip(handles, inputs) { keep(handle, value) }
        }

        mutating func keep(_ item: Item, _ value: Int64) {
            values[item] = value
            live.append(item)
        }

        /// An operand, and what it stands for; moved items are gone from the model.
        mutating func operand(_ random: inout SplitMix64) -> (Operand, Int64) {
            if live.isEmpty || Int.random(in: 0..<5, using: &random) == 0 {
                let value = Int64.random(in: -20...200, using: &random)
                return (.number(value), value)
            }
            let position = Int.random(in: live.indices, using: &random)
            let item = live[position]
            let value = values[item] ?? 0
            guard Bool.random(using: &random) else { return (.copy(item), value) }
            live.remove(at: position)
            return (.move(item), value)
        }

        mutating func step(_ random: inout SplitMix64) {
            switch Int.random(in: 0..<14, using: &random) {
            case 0..<7: binary(&random)
            case 7: unary(&random)
            case 8: rearrange(&random)
            case 9:
                let run = Array(live.shuffled(using: &random).prefix(4))
                for (copy, item) in zip(assembler.copy(Items(run)), run) {
                    keep(copy, values[item] ?? 0)
                }
            case 10: drop(&random)
            case 11: stash(&random)
            case 12: unstash()
            default: lookup(&random)
            }
        }

        private mutating func binary(_ random: inout SplitMix64) {
            let (left, leftValue) = operand(&random)
            let (right, rightValue) = operand(&random)
            switch Int.random(in: 0..<11, using: &random) {
            case 0: keep(assembler.add(left, right), leftValue + rightValue)
            case 1: keep(assembler.subtract(left, right), leftValue - rightValue)
            case 2: keep(assembler.minimum(left, right), min(leftValue, rightValue))
            case 3: keep(assembler.maximum(left, right), max(leftValue, rightValue))
            case 4: keep(assembler.isEqual(left, right), leftValue == rightValue ? 1 : 0)
            case 5: keep(assembler.isLess(left, right), leftValue < rightValue ? 1 : 0)
            case 6: keep(assembler.isLessOrEqual(left, right), leftValue <= rightValue ? 1 : 0)
            case 7: keep(assembler.isGreater(left, right), leftValue > rightValue ? 1 : 0)
            case 8: keep(assembler.isGreaterOrEqual(left, right), leftValue >= rightValue ? 1 : 0)
            case 9: keep(assembler.isNumNotEqual(left, right), leftValue != rightValue ? 1 : 0)
            default:
                keep(assembler.and(left, right), leftValue != 0 && rightValue != 0 ? 1 : 0)
            }
        }

        private mutating func unary(_ random: inout SplitMix64) {
            let (operand, value) = operand(&random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: keep(assembler.negate(operand), -value)
            case 1: keep(assembler.absolute(operand), abs(value))
            case 2: keep(assembler.not(operand), value == 0 ? 1 : 0)
            case 3 where abs(value) < 1 << 20:
                let factor = Int.random(in: 1...300, using: &random)
                keep(assembler.multiply(operand, by: factor), value * Int64(factor))
            case 4: keep(assembler.increment(operand), value + 1)
            default:
                keep(
                    assembler.isWithin(operand, from: -3, below: 30),
                    (-3..<30).contains(value) ? 1 : 0)
            }
        }

        private mutating func rearrange(_ random: inout SplitMix64) {
            let run = Array(
                live.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random)))
            assembler.move(Items(run))
        }

        private mutating func drop(_ random: inout SplitMix64) {
            let run = Array(
                live.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random)))
            assembler.drop(Items(run))
            live.removeAll(where: run.contains)
        }

        private mutating func stash(_ random: inout SplitMix64) {
            let run = Array(
                live.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)))
            assembler.stash(Items(run))
            live.removeAll(where: run.contains)
            stashed += run.reversed()
        }

        mutating func unstash() {
            guard let item = stashed.popLast() else { return }
            assembler.unstash(item)
            live.append(item)
        }

        private mutating func lookup(_ random: inout SplitMix64) {
            let index = Int.random(in: 0..<16, using: &random)
            let offset = Int.random(in: 0...index, using: &random)
            if Bool.random(using: &random) {
                keep(
                    assembler.lookup(table, .number(Int64(index - offset)), offset: offset),
                    tableValues[index])
            } else {
                keep(
                    assembler.lookup(table, fromEnd: .number(Int64(index))),
                    tableValues[15 - index])
            }
        }
    }

    @Test("Random programs compute what their model says, before and after the peephole pass")
    func randomPrograms() throws {
        var random = SplitMix64.announced("assembler-model")
        var shortened = 0
        for _ in 0..<400 {
            let inputs = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Int64.random(in: -1000...1000, using: &random)
            }
            var model = Model(inputs: inputs, random: &random)
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                guard model.values.values.allSatisfy({ abs($0) < 1 << 29 }) else { break }
                model.step(&random)
            }
            while !model.stashed.isEmpty { model.unstash() }
            model.assembler.drop(model.table.items)
            let results = model.assembler.uppermost(model.assembler.itemCount)
            let expected = ScriptRun.items(results.map { model.values[$0] ?? .max })
            let script = try model.assembler.finish(leaving: results)
            let plain = try model.assembler.finishUnoptimized(leaving: results)
            #expect(ScriptRun.stack(script.script, on: ScriptRun.items(inputs)) == expected)
            #expect(ScriptRun.stack(plain.script, on: ScriptRun.items(inputs)) == expected)
            #expect(script.properties.byteCount <= plain.properties.byteCount)
            if script.properties.byteCount < plain.properties.byteCount { shortened += 1 }
        }
        #expect(shortened > 100)
    }
}
