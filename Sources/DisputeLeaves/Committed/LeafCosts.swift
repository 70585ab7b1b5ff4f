internal import Bitcoin
internal import Curve
package import Tapscript
internal import Winternitz

/// What it costs to spend a leaf.
package struct LeafCosts: Hashable, Sendable {
    /// Bytes of a signature of the aggregate with the default sighash type.
    package static let signatureByteCount = 64
    /// Bytes of an input without its witness.
    private static let inputByteCount = 41

    /// Bytes of the script.
    package let scriptByteCount: Int
    /// Items that the script takes.
    package let itemCount: Int
    /// The most items on both stacks together at any time.
    package let peakItemCount: Int
    /// Bytes of the items with their lengths, if all digits are equally likely; rounded up.
    package let meanWitnessByteCount: Int
    /// The most bytes of the items with their lengths.
    package let mostWitnessByteCount: Int
    /// Whether the script has OP_IF or OP_NOTIF.
    package let hasConditions: Bool

    init(_ script: AssembledScript, _ layout: LeafLayout, _ form: DigitForm) {
        let properties = script.properties
        scriptByteCount = properties.byteCount
        itemCount = properties.inputItemCount
        peakItemCount = properties.peakItemCount
        let mean = Self.witnessSixteenths(layout, form)
        meanWitnessByteCount = (mean + 15) / 16
        mostWitnessByteCount = properties.inputByteCount
        hasConditions = script.hasConditions
    }

    /// The virtual size of an input that spends the leaf with a mean witness.
    ///
    /// - Parameter depth: Steps from the tree's root to the leaf.
    package func inputVirtualSize(depth: Int) -> Int {
        // Items of no bytes have a length of one byte each, which the mean counts already.
        let counts =
            [Int](repeating: 0, count: itemCount)
            + [scriptByteCount, ControlBlock.byteCount(depth: depth)]
        let witness =
            Witness.byteCount(itemByteCounts: counts) - itemCount + meanWitnessByteCount
        return (4 * Self.inputByteCount + witness + 3) / 4
    }

    // MARK: Items

    /// Items of a value in a witness.
    static func itemCount(_ entry: LeafLayout.Entry, _ form: DigitForm) -> Int {
        switch (entry.profile, form) {
        case (.chosenChains, _): 2 * CompositionCode.disclosedCount
        case (.base16, .bits): 5 * chainCount(messageByteCount: entry.value.byteCount)
        case (.base16, .nibble): 2 * chainCount(messageByteCount: entry.value.byteCount)
        }
    }

    /// Items of a leaf's witness, the signature among them.
    static func itemCount(_ layout: LeafLayout, _ form: DigitForm) -> Int {
        layout.entries.reduce(1) { $0 + itemCount($1, form) }
    }

    // MARK: The form of digits

    /// Whether a form without OP_IF costs less than 5 % more than one with it.
    static func prefersPlain(_ plain: Int, over branching: Int) -> Bool {
        100 * plain < 105 * branching
    }

    /// Script and mean witness in sixteenths of a byte.
    static func sixteenths(
        _ script: AssembledScript, _ layout: LeafLayout, _ form: DigitForm
    ) -> Int {
        16 * script.properties.byteCount + witnessSixteenths(layout, form)
    }

    /// A digit of `nibble` has 2 bytes but for one in 16, those of `bits` 1 or 2 for each bit; a
    /// disclosed value has 21 and a position 2.
    private static func witnessSixteenths(_ layout: LeafLayout, _ form: DigitForm) -> Int {
        layout.entries.reduce(16 * (1 + signatureByteCount)) { sum, entry in
            switch entry.profile {
            case .base16:
                let chains = chainCount(messageByteCount: entry.value.byteCount)
                return sum + chains * (16 * 21 + (form == .nibble ? 31 : 96))
            case .chosenChains:
                return sum + 16 * CompositionCode.disclosedCount * (2 + 21)
            }
        }
    }

    /// Chains of a key of base 16.
    static func chainCount(messageByteCount: Int) -> Int {
        guard let parameters = try? WinternitzParameters(messageByteCount: messageByteCount)
        else { preconditionFailure("values have lengths that can be signed") }
        return parameters.chainCount
    }
}

extension AssembledScript {
    /// Whether it has OP_IF or OP_NOTIF, which some nodes do not relay in tapscript.
    package var hasConditions: Bool {
        steps.contains { $0.instruction == .opcode(.if) || $0.instruction == .opcode(.notIf) }
    }
}

extension CommittedLeaf {
    /// What it costs to spend it.
    package var costs: LeafCosts {
        LeafCosts(script, layout, form)
    }
}
