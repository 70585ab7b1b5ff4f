public import Primitives

/// A one-time public key of either profile, as participants announce it.
public enum OneTimePublicKey: Hashable, Sendable {
    /// Of profile 1.
    case base16(WinternitzPublicKey)
    /// Of profile 2.
    case composition(CompositionPublicKey)

    private static let digestHash = TaggedHash("BitVMX/winternitz-key/v1")

    /// Checks that there are as many chains as the parameters ask for.
    public init(parameters: OneTimeParameters, chains: [Bytes20]) throws(WinternitzError) {
        switch parameters {
        case .base16(let parameters):
            self = .base16(try WinternitzPublicKey(parameters: parameters, chains: chains))
        case .composition:
            self = .composition(try CompositionPublicKey(chains: chains))
        }
    }

    /// Reads what `encoded()` writes, all of it; the first byte is the profile's number.
    ///
    /// The length is compared with what profile and message length ask for before chains are read.
    public init(decoding bytes: [UInt8]) throws(WinternitzError) {
        if bytes.first == CompositionCode.profileNumber {
            self = .composition(try CompositionPublicKey(decoding: bytes))
        } else {
            self = .base16(try WinternitzPublicKey(decoding: bytes))
        }
    }

    /// Profile number (1 byte), message length (2 bytes, least significant first), chains.
    public func encoded() -> [UInt8] {
        switch self {
        case .base16(let key): key.encoded()
        case .composition(let key): key.encoded()
        }
    }

    /// A digest of the whole key; profile and message length included, so that keys of two profiles
    /// never have the same one.
    public var digest: Bytes32 {
        Self.digestHash.hash(encoded())
    }

    /// What the key can sign, and how.
    public var parameters: OneTimeParameters {
        switch self {
        case .base16(let key): .base16(key.parameters)
        case .composition: .composition
        }
    }

    /// The public ends of the chains.
    public var chains: [Bytes20] {
        switch self {
        case .base16(let key): key.chains
        case .composition(let key): key.chains
        }
    }

    /// Whether a signature is this key's of a message.
    ///
    /// - Parameters:
    ///   - signature: Of either profile; one of the other profile makes the answer false.
    ///   - message: Of any length; one that is not the key's makes the answer false.
    public func verify(_ signature: OneTimeSignature, of message: [UInt8]) -> Bool {
        switch (self, signature) {
        case (.base16(let key), .base16(let signature)):
            return signature.verify(message: message, publicKey: key)
        case (.composition(let key), .composition(let signature)):
            guard let message = Bytes20(message) else { return false }
            return signature.verify(message: message, publicKey: key)
        case (.base16, .composition), (.composition, .base16):
            return false
        }
    }
}
