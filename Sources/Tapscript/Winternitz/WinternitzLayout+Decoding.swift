import Primitives
public import Winternitz

extension WinternitzLayout {
    /// The most bytes of an item on the stack (Bitcoin Core: `MAX_SCRIPT_ELEMENT_SIZE`).
    private static let maximumItemByteCount = 520

    /// Reads the message out of a witness exactly where the script accepts it.
    ///
    /// What the script does not look at is not looked at here either: a disclosed value may have any
    /// length, as long as hashing leads to the public value.
    ///
    /// - Parameters:
    ///   - witness: The layout's items, bottom first.
    ///   - key: With the layout's parameters.
    /// - Returns: The message; nil where the script fails.
    public func message(inWitness witness: [[UInt8]], of key: WinternitzPublicKey) -> [UInt8]? {
        precondition(key.parameters == parameters, "the key has the layout's parameters")
        let items = items
        guard witness.count == items.count else { return nil }
        var digits = [UInt8](repeating: 0, count: parameters.chainCount)
        for (item, bytes) in zip(items, witness) {
            guard case .digit(let index, let exponent) = item else { continue }
            guard let value = strictValue(bytes) else { return nil }
            digits[index] |= value << UInt8(exponent)
        }
        for (item, bytes) in zip(items, witness) {
            guard case .value(let index) = item else { continue }
            let steps = parameters.profile.maximumDigit - digits[index]
            guard Self.hash(bytes, steps: steps) == key.chains[index].bytes else { return nil }
        }
        return try? parameters.message(fromDigits: digits)
    }

    /// What an item says, if it is the one encoding of an allowed value.
    private func strictValue(_ bytes: [UInt8]) -> UInt8? {
        guard let only = bytes.first else { return 0 }
        guard bytes.count == 1, only != 0, form.values.contains(only) else { return nil }
        return only
    }

    private static func hash(_ bytes: [UInt8], steps: UInt8) -> [UInt8]? {
        guard bytes.count <= maximumItemByteCount else { return nil }
        return (0..<steps).reduce(bytes) { value, _ in Hash160.hash(value).bytes }
    }
}
