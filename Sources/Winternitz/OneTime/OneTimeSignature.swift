public import Primitives

/// A one-time signature of either profile, as participants reveal it.
public enum OneTimeSignature: Hashable, Sendable {
    /// Of profile 1.
    case base16(WinternitzSignature)
    /// Of profile 2.
    case composition(CompositionSignature)

    /// Reads what `encoded()` writes, all of it.
    ///
    /// - Parameter profileNumber: Whose signature it is; the bytes alone do not say.
    public init(profileNumber: UInt8, decoding bytes: [UInt8]) throws(WinternitzError) {
        if profileNumber == CompositionCode.profileNumber {
            self = .composition(try CompositionSignature(decoding: bytes))
            return
        }
        guard WinternitzProfile(rawValue: profileNumber) != nil else {
            throw .unknownProfile(profileNumber)
        }
        self = .base16(try WinternitzSignature(decoding: bytes))
    }

    /// The number of the profile in encodings.
    public var profileNumber: UInt8 {
        switch self {
        case .base16: WinternitzProfile.base16Hash160.rawValue
        case .composition: CompositionCode.profileNumber
        }
    }

    /// The disclosed values, one after the other.
    public func encoded() -> [UInt8] {
        switch self {
        case .base16(let signature): signature.encoded()
        case .composition(let signature): signature.encoded()
        }
    }

    /// The disclosed values: of profile 1 one per chain, of profile 2 in the order of the picks.
    public var values: [Bytes20] {
        switch self {
        case .base16(let signature): signature.chains
        case .composition(let signature): signature.values
        }
    }
}
