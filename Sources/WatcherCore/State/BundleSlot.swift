package import Curve
import Exchange
package import Model

/// The one place in a program that a response fills; filled once, never with anything else.
package enum BundleSlot: Hashable, Sendable {
    case keys(XOnlyPublicKey)
    case nonces(XOnlyPublicKey, attempt: UInt32)
    case partialSignatures(XOnlyPublicKey, attempt: UInt32)
    case reveal(XOnlyPublicKey, VariableName)

    /// The slot of a response of a ceremony.
    ///
    /// - Throws: `ExchangeError` when the payload is malformed or has no place in a program.
    init(of envelope: Envelope) throws(ExchangeError) {
        switch envelope.kind {
        case .keys:
            self = .keys(envelope.sender)
        case .nonces:
            let response = try NoncesResponse.decoded(from: envelope.payload)
            self = .nonces(envelope.sender, attempt: response.attempt)
        case .partialSignatures:
            let response = try PartialSignaturesResponse.decoded(from: envelope.payload)
            self = .partialSignatures(envelope.sender, attempt: response.attempt)
        case .reveal:
            let response = try RevealResponse.decoded(from: envelope.payload)
            self = .reveal(envelope.sender, response.variable)
        case .identity, .registration, .status:
            throw .unexpectedKind(
                found: envelope.kind, direction: envelope.direction,
                expected: "keys, nonces, partial signatures or a reveal")
        }
    }

    /// What stands in the slot, for messages.
    package var text: String {
        switch self {
        case .keys: "keys"
        case .nonces(_, let attempt): "nonces of attempt \(attempt)"
        case .partialSignatures(_, let attempt): "partial signatures of attempt \(attempt)"
        case .reveal(_, let variable): "reveal of '\(variable)'"
        }
    }

    /// Attempt of nonces and partial signatures.
    package var attempt: UInt32? {
        switch self {
        case .nonces(_, let attempt), .partialSignatures(_, let attempt): attempt
        case .keys, .reveal: nil
        }
    }
}
