import Bitcoin
import Tapscript
import TestSupport
import Testing

/// The example of docs/protocol/assembler.md.
struct WorkedExampleTests {
    func addWords(_ assembler: inout Assembler, _ left: Items, _ right: Items) -> Items {
        let low = assembler.table("low", (0..<32).map { $0 % 16 })
        let carries = assembler.table("carry", (0..<32).map { $0 / 16 })
        var sum: [Item] = []
        var carry: Item?
        for index in left.indices.reversed() {
            var digit = assembler.add(.move(left[index]), .move(right[index]))
            if let carry { digit = assembler.add(.move(digit), .move(carry)) }
            carry = index > 0 ? assembler.lookup(carries, .copy(digit), as: "carry") : nil
            let result = assembler.lookup(low, .move(digit), as: "sum[\(index)]")
            assembler.stash(result)
            sum.insert(result, at: 0)
        }
        assembler.drop(carries.items + low.items)
        assembler.unstash(Items(sum))
        return Items(sum)
    }

    @Test("Words are added, and the listing names every sum")
    func example() throws {
        var assembler = Assembler()
        let left = assembler.input("left", count: 8)
        let right = assembler.input("right", count: 8)
        let sum = addWords(&assembler, left, right)
        let script = try assembler.finish(leaving: sum)
        print(script.properties, script.listing, separator: "\n")
        #expect(script.lines().last?.stack == (2..<8).map { "sum[\($0)]" })
        var random = SplitMix64.announced("worked-example")
        for _ in 0..<500 {
            let (first, second) = (random.next(), random.next())
            let (one, two) = (UInt32(first >> 32), UInt32(second >> 32))
            #expect(
                ScriptRun.stack(script.script, on: digits(one) + digits(two))
                    == digits(one &+ two))
        }
    }

    private func digits(_ word: UInt32) -> [[UInt8]] {
        stride(from: 28, through: 0, by: -4).map { ScriptNumber.encode(Int64(word >> $0 & 15)) }
    }
}
