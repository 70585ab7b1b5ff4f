import Bitcoin
import Primitives
import Winternitz

extension Assembler {
    /// Checks a one-time signature of profile 2 whose items lie on top of the stack.
    ///
    /// Fails the script unless the values lead to different chains of the key, each at the distance that
    /// its place in the witness prescribes. Which chains, only the decoder reads.
    ///
    /// - Parameter use: Whether the positions stay, in the form that the witness gave them.
    /// - Returns: The kept positions in the order of the picks, else nothing.
    @discardableResult
    public mutating func verify(
        _ declared: CompositionCommitment.Declared, _ use: DigitUse = .drop
    ) -> Items {
        section(declared.commitment.name) { assembler in
            let ends = assembler.hashToEnds(declared)
            return assembler.verifySelection(declared, ends, use)
        }
    }

    /// Hashes the values, and puts ends and positions on the altstack, those of the first pick on top.
    private mutating func hashToEnds(_ declared: CompositionCommitment.Declared) -> [Item] {
        var ends: [Item] = []
        for index in declared.values.indices.reversed() {
            let end = (0..<CompositionCode.distances[index]).reduce(declared.values[index]) {
                value, _ in hash160(.move(value))
            }
            stash(end)
            ends.insert(end, at: 0)
            stash(declared.positions[index])
        }
        return ends
    }

    private mutating func verifySelection(
        _ declared: CompositionCommitment.Declared, _ ends: [Item], _ use: DigitUse
    ) -> Items {
        let commitment = declared.commitment
        // A position beyond the list takes an item from under it. Then one public value too many stays
        // in the list, and the guard does not come up where it has to.
        let end = number(0, as: "guard")
        var list = commitment.key.chains.reversed().map { chain in
            push(chain.bytes, as: "\(commitment.name).public")
        }
        var kept: [Item] = []
        for (position, end) in zip(declared.positions, ends) {
            unstash(position)
            if use == .keep {
                let index = add(.copy(position), .number(Int64(kept.count + 1)))
                kept.append(position)
                verifyEqual(.move(roll(index, from: &list)), .move(end))
            } else {
                verifyEqual(.move(roll(position, from: &list)), .move(end))
            }
        }
        stash(Items(kept))
        drop(Items(list))
        verify(.move(not(.move(end))))
        unstash(Items(kept))
        return Items(kept)
    }

    /// Rolls up the item of a list that a position says; it is the books' deepest one from here on,
    /// since which one it is nobody knows before the script runs.
    private mutating func roll(_ position: Item, from list: inout [Item]) -> Item {
        move(position)
        emit(.roll, names: [name(of: list[0])])
        stack.removeLast()
        let chosen = list.removeFirst()
        stack.removeAll { $0 == chosen }
        stack.append(chosen)
        return chosen
    }
}
