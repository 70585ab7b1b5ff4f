import Curve
import Exchange
import Model
import Primitives
import Secrets

extension Signer {
    /// The key that signs this signer's bundles.
    func identityKey() throws(SignerError) -> SecretKey {
        let derivation = try derivation()
        do throws(SecretsError) {
            return try derivation.identityKey(KeyNetwork(profile.network))
        } catch { throw .secrets(error) }
    }

    /// Fresh auxiliary randomness for a BIP-340 signature.
    static func auxiliary() throws(SignerError) -> Bytes32 {
        let bytes = try SignerError.secrets { () throws(SecretsError) in
            try KernelRandom.publicBytes(count: Bytes32.byteCount)
        }
        guard let exact = Bytes32(bytes) else {
            preconditionFailure("32 random bytes are 32 bytes")
        }
        return exact
    }
}

/// Signs the response to one request, inside the transaction that stores it.
struct Responder: ~Copyable {
    private let key: SecretKey
    private let auxiliary: Bytes32
    let request: SignedBundle

    init(_ signer: Signer, to request: SignedBundle) throws(SignerError) {
        let key = try signer.identityKey()
        let auxiliary = try Signer.auxiliary()
        self.key = key
        self.auxiliary = auxiliary
        self.request = request
    }

    /// The response to everyone, or to the watcher alone where the request is about no ceremony.
    ///
    /// The quoted head is the newest entry now: the entries that name the response's own digest
    /// can only come after it.
    borrowing func response(
        _ payload: some BundlePayload, _ transaction: VaultTransaction
    ) throws(VaultError) -> SignedBundle {
        let asked = request.envelope
        let envelope = Envelope(
            kind: asked.kind.answer, direction: .response, network: asked.network,
            ceremony: asked.ceremony, sender: key.publicKey.xOnly,
            recipient: asked.ceremony == nil ? asked.sender : nil, sequence: asked.sequence,
            previous: request.digest, head: transaction.log.head,
            payload: payload.encoded())
        return envelope.signed(with: key, auxiliary: auxiliary)
    }

    /// Notes the request in the log, so that the head which the response quotes names it.
    borrowing func note(_ transaction: VaultTransaction) throws(VaultError) {
        let asked = request.envelope
        var subjects = [request.digest]
        if let ceremony = asked.ceremony { subjects.append(ceremony.digest) }
        try transaction.log.append(
            LogEvent(.note, subjects, detail: "\(asked.kind.word) request \(asked.sequence)"))
    }

    /// A signature by the identity key, for the ceremony's certificate.
    borrowing func certificateShare(_ transcript: CeremonyTranscript) -> SchnorrSignature {
        key.schnorrSign(message: transcript.digest.bytes, auxiliary: auxiliary)
    }
}

extension Envelope {
    /// The bundle of this envelope; its signature and its encoding are checked on the way.
    func signed(with key: borrowing SecretKey, auxiliary: Bytes32) -> SignedBundle {
        let signature = key.schnorrSign(message: digest.bytes, auxiliary: auxiliary)
        do throws(ExchangeError) {
            return try SignedBundle(self, signature: signature)
        } catch {
            preconditionFailure("an envelope that its own sender signed is a bundle")
        }
    }
}
