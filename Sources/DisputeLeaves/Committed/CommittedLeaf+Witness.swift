package import Primitives
internal import Tapscript
package import Winternitz

/// A value with the one-time signature of it.
package enum SignedValue: Hashable, Sendable {
    /// Of profile 1.
    case base16([UInt8], WinternitzSignature)
    /// Of profile 2.
    case chosenChains(Bytes20, CompositionSignature)
}

/// What a leaf's witness says about a value.
package enum DecodedValue: Hashable, Sendable {
    /// The committed bytes.
    case message([UInt8])
    /// A choice of chains that no message has, as positions in the order of the picks.
    ///
    /// The script takes it where it reads nothing, and as different from every message.
    case noMessage(positions: [Int])
}

/// What stands in the witness of a leaf.
package struct LeafReading: Hashable, Sendable {
    /// The signature of the aggregate, not checked.
    package let signature: [UInt8]
    /// What was committed, by value.
    package let values: [LeafValue: DecodedValue]

    /// The bytes of a value; nil if the leaf does not take it or they are no message.
    package func message(_ value: LeafValue) -> [UInt8]? {
        if case .message(let bytes) = values[value] { bytes } else { nil }
    }
}

extension CommittedLeaf {
    /// The items for the script, bottom of the stack first; script and control block follow them.
    ///
    /// Whether signatures are right is not checked here: the interpreter does.
    ///
    /// - Parameters:
    ///   - signature: 64 bytes, or 65 with a sighash type.
    ///   - values: All that the layout has.
    package func witness(
        signature: [UInt8], values: [LeafValue: SignedValue]
    ) throws(LeafFault) -> [[UInt8]] {
        guard signature.count == 64 || signature.count == 65 else {
            throw .signatureByteCount(signature.count)
        }
        var items: [[UInt8]] = []
        for (entry, commitment) in zip(layout.entries, commitments) {
            guard let signed = values[entry.value] else { throw .noSignedValue(entry.value) }
            switch (commitment, signed) {
            case (.base16(let commitment), .base16(let message, let signature)):
                guard
                    let own = try? commitment.layout.witness(
                        message: message, signature: signature)
                else { throw .signedByteCount(entry.value) }
                items += own
            case (.chosenChains, .chosenChains(let message, let signature)):
                items += CompositionCommitment.witness(
                    positions: CompositionCode.positions(of: message), signature: signature)
            default: throw .signedProfile(entry.value, needed: entry.profile)
            }
        }
        return items + [signature]
    }

    /// Reads the values out of a witness, exactly where the script's checks of one-time signatures
    /// accept it.
    ///
    /// What the script demands besides, of the signature and of what the values say, is not looked
    /// at.
    ///
    /// - Parameter items: The items for the script, bottom of the stack first.
    /// - Throws: `itemCount`, or `notSigned` for the first value that the script does not take.
    package func reading(of items: [[UInt8]]) throws(LeafFault) -> LeafReading {
        let commitments = commitments
        let needed = LeafCosts.itemCount(layout, form)
        guard items.count == needed, let signature = items.last else {
            throw .itemCount(found: items.count, needed: needed)
        }
        var rest = items.dropLast()
        var values: [LeafValue: DecodedValue] = [:]
        for (entry, commitment) in zip(layout.entries, commitments) {
            let own = Array(rest.prefix(itemCount(of: entry)))
            rest = rest.dropFirst(own.count)
            guard let value = commitment.value(inWitness: own) else {
                throw .notSigned(entry.value)
            }
            values[entry.value] = value
        }
        return LeafReading(signature: signature, values: values)
    }
}

extension LeafCommitment {
    /// What some items say; nil where the script fails.
    fileprivate func value(inWitness items: [[UInt8]]) -> DecodedValue? {
        switch self {
        case .base16(let commitment):
            return commitment.layout.message(inWitness: items, of: commitment.key)
                .map { .message($0) }
        case .chosenChains(let commitment):
            guard let positions = commitment.positions(inWitness: items) else { return nil }
            let numbers = CompositionCode.numbers(at: positions)
            return CompositionCode.message(numbers).map { .message($0.bytes) }
                ?? .noMessage(positions: positions)
        }
    }
}
