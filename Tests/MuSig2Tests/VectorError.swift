import MuSig2

/// The `error` of a failing case of BIP-327's vectors.
struct VectorError: Decodable, Sendable {
    let type: String
    let signer: Int?
    let contrib: String?

    /// What our algorithms throw for it; nil for errors of type `value`, which the vectors describe in words.
    var contribution: MuSig2Error? {
        switch contrib {
        case "pubkey": .invalidContribution(.publicKey, signerIndex: signer)
        case "pubnonce": .invalidContribution(.pubNonce, signerIndex: signer)
        case "aggnonce": .invalidContribution(.aggNonce, signerIndex: signer)
        case "aggothernonce": .invalidContribution(.pubNonce, signerIndex: signer)
        case "psig": .invalidContribution(.partialSignature, signerIndex: signer)
        default: nil
        }
    }
}
