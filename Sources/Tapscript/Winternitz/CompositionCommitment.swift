import Primitives
public import Winternitz

/// A value of 20 bytes that a leaf reads under a one-time key of profile 2.
///
/// The witness has a pair of items for every disclosed value: the position of its chain among those
/// left, and the value. The pair of the first pick lies deepest.
public struct CompositionCommitment: Hashable, Sendable {
    /// Names the items in listings.
    public let name: String
    /// Whose signature is wanted.
    public let key: CompositionPublicKey

    /// Describes a value that a leaf reads.
    public init(name: String, key: CompositionPublicKey) {
        self.name = name
        self.key = key
    }

    /// A commitment whose witness items have handles, in the order of the picks.
    public struct Declared: Sendable {
        let commitment: CompositionCommitment
        let positions: Items
        let values: Items
    }

    /// Declares the witness items, above those declared before.
    public func declare(in assembler: inout Assembler) -> Declared {
        var positions: [Item] = []
        var values: [Item] = []
        for index in 0..<CompositionCode.disclosedCount {
            positions.append(assembler.input("\(name).position[\(index)]"))
            values.append(assembler.input("\(name).value[\(index)]", byteCount: 20))
        }
        return Declared(
            commitment: self, positions: Items(positions), values: Items(values))
    }

    /// The items of a signature's witness, bottom first.
    public static func witness(
        positions: [Int], signature: CompositionSignature
    ) -> [[UInt8]] {
        zip(positions, signature.values).flatMap { position, value in
            [position == 0 ? [] : [UInt8(position)], value.bytes]
        }
    }
}
