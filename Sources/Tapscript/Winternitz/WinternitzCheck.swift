import Primitives
import Winternitz

/// Writes the check of one one-time signature in base 16.
struct WinternitzCheck {
    private let commitment: WinternitzCommitment
    private let items: [WinternitzItem: Item]
    /// Message digits on the altstack, in order.
    private var kept: [Item] = []
    /// On the altstack: the checksum, or the sum of everything so far.
    private var sum: Item?

    init(_ declared: WinternitzCommitment.Declared) {
        commitment = declared.commitment
        items = declared.items
    }

    var name: String {
        commitment.name
    }

    private var form: DigitForm {
        commitment.layout.form
    }

    private func handle(_ item: WinternitzItem) -> Item {
        guard let handle = items[item] else {
            preconditionFailure("every item of the layout was declared")
        }
        return handle
    }

    // MARK: Chains

    /// Checks all chains, from the top of the stack.
    mutating func verifyChains(_ assembler: inout Assembler) {
        let groups = commitment.layout.groups
        for (index, group) in groups.enumerated().reversed() {
            for chainIndex in group.order.reversed() {
                verifyChain(chainIndex, &assembler)
            }
            let value = compose(group, &assembler)
            let isChecksum = index == groups.count - 1
            if commitment.layout.use == .keep, !isChecksum {
                assembler.rename(value, as: "\(name)[\(index)]")
                assembler.stash(value)
                kept.insert(value, at: 0)
            } else {
                count(value, &assembler)
                if index > 0, let sum { assembler.stash(sum) }
            }
        }
        if commitment.layout.use == .drop, let sum { verifySum(sum, &assembler) }
    }

    private mutating func count(_ value: Item, _ assembler: inout Assembler) {
        sum = sum.map { assembler.add(.move(value), .move($0), as: "\(name).sum") } ?? value
    }

    /// The sum of all digits and of the checksum is what all digits lack to nothing: 15 each.
    private func verifySum(_ sum: Item, _ assembler: inout Assembler) {
        let total = 15 * Int64(commitment.layout.parameters.messageDigitCount)
        assembler.verifyNumEqual(.move(sum), .number(total))
    }

    private func verifyChain(_ chainIndex: Int, _ assembler: inout Assembler) {
        let value = handle(.value(chainIndex: chainIndex))
        let end =
            switch form {
            case .bits: endByBits(chainIndex, value, &assembler)
            case .nibble: endByList(chainIndex, value, &assembler)
            }
        let publicValue = commitment.key.chains[chainIndex].bytes
        assembler.verifyEqual(.move(end.value), .bytes(publicValue))
        assembler.drop(end.garbage)
    }

    /// Hashes once for every step that a zero bit stands for.
    private func endByBits(
        _ chainIndex: Int, _ value: Item, _ assembler: inout Assembler
    ) -> (value: Item, garbage: Items) {
        var value = value
        for exponent in form.exponents.reversed() {
            let bit = handle(.digit(chainIndex: chainIndex, exponent: exponent))
            let start = value
            do throws(AssemblerError) {
                let results = try assembler.branch(
                    on: .copy(bit), then: { _ in Items([start]) },
                    otherwise: { assembler in
                        let end = (0..<1 << exponent).reduce(start) { value, _ in
                            assembler.hash160(.move(value))
                        }
                        return Items([end])
                    })
                value = results[0]
            } catch {
                preconditionFailure("both branches leave one chain value")
            }
        }
        return (value, .none)
    }

    /// Lists the 16 values that follow, and picks the one that the digit says.
    private func endByList(
        _ chainIndex: Int, _ value: Item, _ assembler: inout Assembler
    ) -> (value: Item, garbage: Items) {
        var list = [value]
        for _ in 0..<15 {
            list.append(assembler.hash160(.copy(list[list.count - 1])))
        }
        let digit = assembler.copy(handle(.digit(chainIndex: chainIndex, exponent: 0)))
        // MIN leaves the shortest form, so that equality of bytes refuses every other one. What is
        // negative fails in PICK.
        let bounded = assembler.minimum(.copy(digit), 15)
        assembler.verifyEqual(.move(bounded), .copy(digit))
        let end = assembler.lookup(Table(Items(list.reversed())), .move(digit))
        return (end, Items(list))
    }

    // MARK: Digits

    /// Sums the digits of a group with their weights, those with the largest weight first.
    private func compose(_ group: WinternitzLayout.Group, _ assembler: inout Assembler) -> Item {
        var rest = group.digits(form)
        guard let first = rest.popLast() else { preconditionFailure("a group has chains") }
        var sum = handle(first.item)
        var weight = first.weight
        while let next = rest.popLast() {
            sum = assembler.shiftLeft(.move(sum), by: weight - next.weight)
            sum = assembler.add(.move(sum), .move(handle(next.item)))
            weight = next.weight
        }
        return sum
    }

    /// Brings kept digits back from the altstack and compares their sum with the checksum.
    func finish(_ assembler: inout Assembler) -> Items {
        guard commitment.layout.use == .keep, let checksum = sum, let first = kept.first else {
            return .none
        }
        assembler.unstash(first)
        var sum = assembler.copy(first)
        for digit in kept.dropFirst() {
            assembler.unstash(digit)
            assembler.move(sum)
            sum = assembler.add(.move(sum), .copy(digit), as: "\(name).sum")
        }
        let total = assembler.add(.move(sum), .move(checksum))
        verifySum(total, &assembler)
        return Items(kept)
    }
}
