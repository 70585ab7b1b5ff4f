import Primitives
public import Winternitz

/// An item of the witness of a one-time signature in base 16.
public enum WinternitzItem: Hashable, Sendable {
    /// What a chain's digit has at an exponent of 2.
    case digit(chainIndex: Int, exponent: Int)
    /// The disclosed value of a chain.
    case value(chainIndex: Int)
}

/// Which items a witness has for a one-time signature, and in which order.
///
/// Script, witness and decoder all come from this table.
public struct WinternitzLayout: Hashable, Sendable {
    /// Chains whose values are checked before their digits are read: first all digits lie on the
    /// stack, above them all values.
    struct Group: Hashable, Sendable {
        /// Chain numbers with the exponent of 2 that each digit counts with.
        let chains: [Int: Int]

        /// The digits' items, those with the largest weight last, so that they come up first.
        func digits(_ form: DigitForm) -> [(item: WinternitzItem, weight: Int)] {
            let items = chains.flatMap { index, shift in
                form.exponents.map { exponent in
                    (
                        item: WinternitzItem.digit(chainIndex: index, exponent: exponent),
                        weight: shift + exponent, index: index
                    )
                }
            }
            return items.sorted { ($0.weight, $0.index) < ($1.weight, $1.index) }
                .map { ($0.item, $0.weight) }
        }

        /// Chain numbers in the order of their values, bottom first.
        var order: [Int] {
            chains.keys.sorted()
        }
    }

    /// What the key signs.
    public let parameters: WinternitzParameters
    /// How digits are said.
    public let form: DigitForm
    /// What becomes of the digits.
    public let use: DigitUse
    /// Message digits first, the checksum last; the last lies on top.
    let groups: [Group]

    /// The layout for keys of some parameters.
    ///
    /// - Parameter parameters: Of the base-16 profile.
    public init(parameters: WinternitzParameters, form: DigitForm, use: DigitUse) {
        precondition(parameters.profile == .base16Hash160, "the layout is one of base 16")
        self.parameters = parameters
        self.form = form
        self.use = use
        let message = 0..<parameters.messageDigitCount
        let size =
            switch use {
            case .keep: 1
            case .drop: Self.droppedGroupChainCount(form)
            }
        var groups = stride(from: 0, to: message.count, by: size).map { start in
            Group(
                chains: Dictionary(
                    uniqueKeysWithValues: (start..<min(start + size, message.count)).map {
                        ($0, 0)
                    }))
        }
        let last = parameters.chainCount - 1
        groups.append(
            Group(
                chains: Dictionary(
                    uniqueKeysWithValues: (message.count...last).map { ($0, 4 * (last - $0)) })))
        self.groups = groups
    }

    /// How many chains a group has where digits are only summed: measured, the cheapest.
    private static func droppedGroupChainCount(_ form: DigitForm) -> Int {
        switch form {
        case .bits: 5
        case .nibble: 40
        }
    }

    /// The items, bottom first.
    public var items: [WinternitzItem] {
        groups.flatMap { group in
            group.digits(form).map(\.item) + group.order.map { .value(chainIndex: $0) }
        }
    }

    /// The items of a signature's witness, bottom first.
    ///
    /// - Throws: If message and signature do not have the layout's length.
    public func witness(
        message: [UInt8], signature: WinternitzSignature
    ) throws(WinternitzError) -> [[UInt8]] {
        guard message.count == parameters.messageByteCount else {
            throw .messageByteCount(message.count)
        }
        let digits = try signature.digits(signing: message)
        return items.map { item in
            switch item {
            case .value(let index): signature.chains[index].bytes
            case .digit(let index, let exponent):
                Self.minimal((digits[index] >> UInt8(exponent)) & form.values.upperBound)
            }
        }
    }

    private static func minimal(_ value: UInt8) -> [UInt8] {
        value == 0 ? [] : [value]
    }
}
