import Exchange
import Model
import Primitives

/// Reads the bytes as a bundle, and as each record that a bundle carries; what is one is written again
/// as the same bytes.
///
/// The first byte says which record the others are. libFuzzer cannot sign, so what stands behind a
/// bundle's signature is read without it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: byteCount))
    if bytes.starts(with: Array("BVXB".utf8)) {
        if let bundle = try? SignedBundle(decoding: bytes) {
            precondition(bundle.bytes == bytes, "a bundle keeps its bytes")
        }
        readFrame(Array(bytes.dropFirst(4)))
    } else if let kind = bytes.first {
        readRecord(kind, Array(bytes.dropFirst()))
    }
    return 0
}

private func readFrame(_ bytes: [UInt8]) {
    guard let frame = try? CBORValue.decode(bytes) else { return }
    precondition(frame.encode() == bytes, "a value has one encoding")
    guard case .array(let parts) = frame, case .bytes(let body) = parts.first else { return }
    readEnvelope(body)
}

private func readEnvelope(_ bytes: [UInt8]) {
    guard let envelope = try? Envelope(decoding: bytes) else { return }
    // Fields from 128 on are ignored, and so are not written again.
    if let again = try? Envelope(decoding: envelope.encoded()) {
        precondition(again == envelope, "an envelope says the same again")
    } else {
        preconditionFailure("what is written can be read")
    }
    switch (envelope.kind, envelope.direction) {
    case (.identity, _): read(IdentityPayload.self, envelope.payload)
    case (.keys, _): read(KeysResponse.self, envelope.payload)
    case (.nonces, .response): read(NoncesResponse.self, envelope.payload)
    case (.partialSignatures, .response): read(PartialSignaturesResponse.self, envelope.payload)
    case (.reveal, .response): read(RevealResponse.self, envelope.payload)
    case (.status, .response): read(StatusResponse.self, envelope.payload)
    case (_, .request), (.registration, .response): _ = try? RequestPayload(of: envelope)
    }
}

private func readRecord(_ kind: UInt8, _ bytes: [UInt8]) {
    switch kind {
    case 0: readEnvelope(bytes)
    case 1: read(IdentityPayload.self, bytes)
    case 2: read(RegistrationRequest.self, bytes)
    case 3: read(KeysResponse.self, bytes)
    case 4: read(NoncesRequest.self, bytes)
    case 5: read(NoncesResponse.self, bytes)
    case 6: read(PartialSignaturesRequest.self, bytes)
    case 7: read(PartialSignaturesResponse.self, bytes)
    case 8: read(RevealRequest.self, bytes)
    case 9: read(RevealResponse.self, bytes)
    case 10: read(StatusRequest.self, bytes)
    case 11: read(StatusResponse.self, bytes)
    case 12:
        guard let definition = try? CeremonyDefinition(decoding: bytes) else { return }
        precondition(definition.encoded() == bytes, "a definition has one encoding")
    case 13:
        guard let keys = try? ParticipantKeys(decoding: bytes) else { return }
        precondition(keys.encoded() == bytes, "keys have one encoding")
    default:
        guard let value = try? CBORValue.decode(bytes) else { return }
        precondition(value.encode() == bytes, "a value has one encoding")
    }
}

private func read<Payload: BundlePayload>(_ type: Payload.Type, _ bytes: [UInt8]) {
    guard let payload = try? Payload.decoded(from: bytes) else { return }
    precondition(payload.encoded() == bytes, "a payload has one encoding")
}
