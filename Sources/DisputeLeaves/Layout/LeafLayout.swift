internal import Primitives
internal import Winternitz

/// Which values a leaf takes, in which order, and what its body reads of them.
///
/// Script, witness, decoder, screen and documentation come from it.
package struct LeafLayout: Hashable, Sendable {
    /// One value of a leaf.
    package struct Entry: Hashable, Sendable {
        /// What it is; it says who commits it and how many bytes it has.
        package let value: LeafValue
        /// How it is committed.
        package let profile: CommitmentProfile
        /// Items that the body takes of it: 0 if it is committed only.
        ///
        /// Of base 16 the least significant digits, those above being proved zero by the whole leaf;
        /// of chosen chains all positions.
        package let readItemCount: Int

        /// Whether the body reads it, rather than that it is committed only.
        package var isRead: Bool {
            readItemCount > 0
        }

        /// A value of base 16 of which all digits are read.
        static func read(_ value: LeafValue) -> Entry {
            Entry(value: value, profile: .base16, readItemCount: value.digitCount)
        }

        /// A hash of a search that is read in its profile.
        static func read(_ value: LeafValue, _ profile: CommitmentProfile) -> Entry {
            switch profile {
            case .base16: read(value)
            case .chosenChains:
                Entry(
                    value: value, profile: profile,
                    readItemCount: CompositionCode.disclosedCount)
            }
        }

        /// A value that no script reads.
        static func committed(_ value: LeafValue, _ profile: CommitmentProfile = .base16) -> Entry {
            Entry(value: value, profile: profile, readItemCount: 0)
        }
    }

    /// Deepest first.
    package let entries: [Entry]

    /// Entries of different values, deepest first.
    init(_ entries: [Entry]) {
        precondition(
            Set(entries.map(\.value)).count == entries.count, "a leaf takes every value once")
        self.entries = entries
    }

    /// Values of base 16 that are read wholly, deepest first.
    init(_ values: [LeafValue]) {
        self.init(values.map { .read($0) })
    }

    /// Items that the body takes.
    package var readItemCount: Int {
        entries.reduce(0) { $0 + $1.readItemCount }
    }

    /// The entry of a value, if the leaf takes it.
    package func entry(of value: LeafValue) -> Entry? {
        entries.first { $0.value == value }
    }

    /// The items of the body alone, bottom of the stack first, as minimal numbers.
    ///
    /// - Parameter digits: Of every value that is read: `digitCount` of them, the most significant
    ///   first; those that the body does not read are 0.
    package func bodyWitness(_ digits: (LeafValue) -> [UInt8]) -> [[UInt8]] {
        entries.filter(\.isRead).flatMap { entry in
            let digits = digits(entry.value)
            precondition(
                digits.count == entry.value.digitCount, "a value has the digits of its bytes")
            return Self.items(digits, entry).map { $0 == 0 ? [] : [$0] }
        }
    }

    private static func items(_ digits: [UInt8], _ entry: Entry) -> [UInt8] {
        switch entry.profile {
        case .base16:
            precondition(
                digits.dropLast(entry.readItemCount).allSatisfy { $0 == 0 },
                "digits that a body does not read are zero")
            return digits.suffix(entry.readItemCount)
        case .chosenChains:
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                digits[$0] << 4 | digits[$0 + 1]
            }
            guard let message = Bytes20(bytes) else {
                preconditionFailure("hashes of a search have 20 bytes")
            }
            return CompositionCode.positions(of: message).map { UInt8($0) }
        }
    }
}
