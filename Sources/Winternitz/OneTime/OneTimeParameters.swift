/// Which one-time signatures a key makes: its profile, and how long its one message is.
///
/// Every value of this type can be signed with: a length that a profile does not have cannot be said.
///
/// - Source: docs/protocol/winternitz.md.
public enum OneTimeParameters: Hashable, Sendable {
    /// Profile 1: digits of base 16, which scripts read.
    case base16(WinternitzParameters)
    /// Profile 2: chosen chains, for 20 bytes that no script reads in the normal course.
    case composition

    /// Reads a profile's number with a message length.
    ///
    /// - Throws: `unknownProfile`, or `messageByteCount` for a length that the profile does not have.
    public init(profileNumber: UInt8, messageByteCount: Int) throws(WinternitzError) {
        if profileNumber == CompositionCode.profileNumber {
            guard messageByteCount == CompositionCode.messageByteCount else {
                throw .messageByteCount(messageByteCount)
            }
            self = .composition
            return
        }
        guard let profile = WinternitzProfile(rawValue: profileNumber) else {
            throw .unknownProfile(profileNumber)
        }
        self = .base16(
            try WinternitzParameters(profile: profile, messageByteCount: messageByteCount))
    }

    /// The number of the profile in encodings and key derivations.
    public var profileNumber: UInt8 {
        switch self {
        case .base16(let parameters): parameters.profile.rawValue
        case .composition: CompositionCode.profileNumber
        }
    }

    /// How many bytes a message has.
    public var messageByteCount: Int {
        switch self {
        case .base16(let parameters): parameters.messageByteCount
        case .composition: CompositionCode.messageByteCount
        }
    }

    /// How many chains a key has.
    public var chainCount: Int {
        switch self {
        case .base16(let parameters): parameters.chainCount
        case .composition: CompositionCode.chainCount
        }
    }

    /// How many chain values a signature has.
    public var disclosedCount: Int {
        switch self {
        case .base16(let parameters): parameters.chainCount
        case .composition: CompositionCode.disclosedCount
        }
    }

    /// Hash steps from a chain's secret to its public value.
    public var stepCount: UInt8 {
        switch self {
        case .base16(let parameters): parameters.profile.maximumDigit
        case .composition: CompositionCode.stepCount
        }
    }
}

extension OneTimeParameters: CustomStringConvertible {
    /// For people: `32 bytes, profile 1`.
    public var description: String {
        "\(messageByteCount) bytes, profile \(profileNumber)"
    }
}
