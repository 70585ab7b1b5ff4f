import Model

/// The payload of a request, by kind.
package enum RequestPayload: Sendable {
    case registration(RegistrationRequest)
    case nonces(NoncesRequest)
    case partialSignatures(PartialSignaturesRequest)
    case reveal(RevealRequest)
    case status(StatusRequest)

    /// - Throws: `ExchangeError.malformed`, or `.unexpectedKind` for a kind that is no request.
    package init(of envelope: Envelope) throws(ExchangeError) {
        switch envelope.kind {
        case .registration: self = .registration(try .decoded(from: envelope.payload))
        case .nonces: self = .nonces(try .decoded(from: envelope.payload))
        case .partialSignatures: self = .partialSignatures(try .decoded(from: envelope.payload))
        case .reveal: self = .reveal(try .decoded(from: envelope.payload))
        case .status: self = .status(try .decoded(from: envelope.payload))
        case .identity, .keys:
            throw .unexpectedKind(
                found: envelope.kind, direction: envelope.direction, expected: "a request")
        }
    }

    package static func check(_ envelope: Envelope) throws(ExchangeError) {
        _ = try RequestPayload(of: envelope)
    }
}
