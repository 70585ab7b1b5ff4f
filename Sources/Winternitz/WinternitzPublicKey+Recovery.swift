import Primitives

extension WinternitzPublicKey {
    /// Reads the message out of a published signature that came without it.
    ///
    /// Each chain is hashed until it meets its public value; the number of steps tells the digit.
    ///
    /// - Returns: The signed message, or `nil` if the signature is not one of this key.
    public func message(signedBy signature: WinternitzSignature) -> [UInt8]? {
        guard signature.chains.count == chains.count else { return nil }
        var values = signature.chains
        var digits = [UInt8?](repeating: nil, count: chains.count)
        let oneStep = [UInt8](repeating: 1, count: chains.count)
        for digit in (0...profile.maximumDigit).reversed() {
            for index in chains.indices where values[index] == chains[index] {
                digits[index] = digits[index] ?? digit
            }
            Hash160Lanes.iterate(&values, steps: oneStep)
        }
        let found = digits.compactMap { $0 }
        guard found.count == chains.count else { return nil }
        return try? parameters.message(fromDigits: found)
    }
}
