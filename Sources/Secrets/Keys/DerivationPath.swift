/// One step of a BIP-32 path.
package enum ChildIndex: Hashable, Sendable, CustomStringConvertible {
    /// Derivable from the public key: 0…2³¹-1.
    case normal(UInt32)
    /// Derivable from the private key only: 0…2³¹-1, written with an `h`.
    case hardened(UInt32)

    /// The first number that means a hardened step.
    static let hardenedStart: UInt32 = 0x8000_0000

    /// The number in serialised keys: hardened indices start at 2³¹.
    package var number: UInt32 {
        switch self {
        case .normal(let index): index
        case .hardened(let index): index | Self.hardenedStart
        }
    }

    package var description: String {
        switch self {
        case .normal(let index): "\(index)"
        case .hardened(let index): "\(index)h"
        }
    }
}

/// The way from one extended key to another.
package struct DerivationPath: Hashable, Sendable, CustomStringConvertible {
    package let steps: [ChildIndex]

    package init(_ steps: [ChildIndex]) {
        self.steps = steps
    }

    /// Reads `m/86h/0h/0`; nil for anything else.
    package init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.removeFirst() == "m" else { return nil }
        var steps: [ChildIndex] = []
        for part in parts {
            let isHardened = part.last == "h"
            let digits = isHardened ? part.dropLast() : part
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let index = UInt32(digits), index < ChildIndex.hardenedStart
            else { return nil }
            steps.append(isHardened ? .hardened(index) : .normal(index))
        }
        self.init(steps)
    }

    /// As in a descriptor, without the leading `m`: `86h/0h/0h`.
    package var description: String {
        steps.map(\.description).joined(separator: "/")
    }
}
