/// Why there is no partial signature.
///
/// The secret nonce is gone in every case.
package enum PartialSignError: Error, Equatable {
    /// The nonce was made for another key.
    case nonceOfAnotherKey
    /// The key is not among those of the session.
    case signerNotAmongKeys
    /// The other signers' aggregate nonce is infinity in one of its halves.
    case otherNonceAtInfinity
    /// A sum or a product is zero, which no honest session meets.
    case degenerateSession
    /// The result did not verify: a fault of memory or processor. It was not released.
    case ownSignatureInvalid
    /// A secret could not be made or derived.
    case secret(SecretsError)
}
