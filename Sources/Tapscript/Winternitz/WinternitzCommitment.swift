public import Winternitz

/// A value that a leaf reads from the witness under a one-time key.
public struct WinternitzCommitment: Hashable, Sendable {
    /// Names the items in listings.
    public let name: String
    /// Whose signature is wanted.
    public let key: WinternitzPublicKey
    /// Order and form of the items.
    public let layout: WinternitzLayout

    /// Describes a value that a leaf reads.
    ///
    /// - Parameter key: Of the base-16 profile.
    public init(name: String, key: WinternitzPublicKey, form: DigitForm, use: DigitUse) {
        self.name = name
        self.key = key
        layout = WinternitzLayout(parameters: key.parameters, form: form, use: use)
    }

    /// A commitment whose witness items have handles.
    public struct Declared: Sendable {
        let commitment: WinternitzCommitment
        let items: [WinternitzItem: Item]
    }

    /// Declares the witness items, above those declared before.
    public func declare(in assembler: inout Assembler) -> Declared {
        var items: [WinternitzItem: Item] = [:]
        for item in layout.items {
            switch item {
            case .value(let index):
                items[item] = assembler.input("\(name).chain[\(index)]", byteCount: 20)
            case .digit(let index, let exponent):
                let place = layout.form == .bits ? ".bit[\(exponent)]" : ""
                items[item] = assembler.input("\(name).digit[\(index)]\(place)")
            }
        }
        return Declared(commitment: self, items: items)
    }
}

extension Assembler {
    /// Checks one-time signatures, the one declared last first, as it lies on top.
    ///
    /// Fails the script unless every digit is strict, every chain leads to its public value and every
    /// checksum is exact.
    ///
    /// - Parameter declared: In the order of declaration; nothing lies above the last.
    /// - Returns: The kept digits by commitment, on the stack in the order of declaration.
    public mutating func verify(_ declared: [WinternitzCommitment.Declared]) -> [Items] {
        var checks = declared.reversed().map { declared in
            section(declared.commitment.name) { assembler in
                var check = WinternitzCheck(declared)
                check.verifyChains(&assembler)
                return check
            }
        }
        checks.reverse()
        return checks.map { check in
            section(check.name) { assembler in check.finish(&assembler) }
        }
    }

    /// The number that digits of 4 bits stand for, the first most significant.
    ///
    /// - Parameter digits: 1 to 7, or 8 of which the first is below 8; else arithmetic fails.
    @discardableResult
    public mutating func number(fromDigits digits: Items, as name: String = "") -> Item {
        guard var sum = digits.first else { preconditionFailure("a number has digits") }
        for digit in digits.dropFirst() {
            let shifted = shiftLeft(.move(sum), by: 4)
            sum = add(.move(shifted), .move(digit), as: name)
        }
        return sum
    }
}
