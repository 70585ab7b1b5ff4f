import Secrets

/// A key was derived that is not of the profile that its context says.
struct OtherProfile: Error {}

extension SecretDerivation {
    /// The key of a context of profile 1.
    borrowing func winternitzKey(_ context: OneTimeContext) throws -> WinternitzSecretKey {
        switch try oneTimeKey(context) {
        case .base16(let key): return key
        case .composition: throw OtherProfile()
        }
    }

    /// The key of a context of profile 2.
    borrowing func compositionKey(_ context: OneTimeContext) throws -> CompositionSecretKey {
        switch try oneTimeKey(context) {
        case .base16: throw OtherProfile()
        case .composition(let key): return key
        }
    }
}
