package import Curve
package import Exchange
package import Model
package import MuSig2
import Primitives
package import Protocols

/// One participant's partial signatures with everything that checking them needs.
package struct ResponseSubject: Sendable {
    package let program: ProgramGraph
    package let transcript: CeremonyTranscript
    package let signer: XOnlyPublicKey
    package let response: PartialSignaturesResponse
    /// The signer's public nonces, one per signature.
    package let nonces: [PubNonce]
    /// One per signature, of the aggregate of all participants' nonces.
    package let sessions: [SessionContext]

    package init(
        program: ProgramGraph, transcript: CeremonyTranscript, signer: XOnlyPublicKey,
        response: PartialSignaturesResponse, nonces: [PubNonce], sessions: [SessionContext]
    ) {
        self.program = program
        self.transcript = transcript
        self.signer = signer
        self.response = response
        self.nonces = nonces
        self.sessions = sessions
    }

    var name: String {
        program.definition.participants.first { $0.identity == signer }?.name.text ?? signer.hex
    }
}

/// POST: what was signed is what was asked for.
///
/// The signer judges its own response before it leaves, the watcher judges everybody's.
package enum ResponseRules {
    package static let all: [Rule<ResponseSubject>] = [
        session, nonces, count, signatures, certificate,
    ]

    static let session = Rule<ResponseSubject>(
        "POST-SESSION", "Partial signatures are for this graph and this attempt.",
        exit: .graphDiffers
    ) { subject in
        let response = subject.response
        guard
            response.graphDigest != subject.program.digest
                || response.attempt != subject.transcript.attempt
        else { return nil }
        return "the partial signatures of '\(subject.name)' are for attempt "
            + "\(response.attempt) of graph \(response.graphDigest.hex.prefix(16))…"
    }

    static let nonces = Rule<ResponseSubject>(
        "POST-NONCES", "The nonces are the transcript's; only the last signer sends them along."
    ) { subject in
        let definition = subject.program.definition
        guard let index = definition.index(of: subject.signer),
            index < subject.transcript.noncesDigests.count
        else { return "the transcript has no nonces of '\(subject.name)'" }
        let digest = CeremonyTranscript.noncesDigest(subject.nonces)
        if subject.transcript.noncesDigests[index] != digest {
            return "the nonces of '\(subject.name)' are not those of the transcript"
        }
        if (subject.response.nonces != nil) != (definition.lastSigner == index) {
            return subject.response.nonces == nil
                ? "'\(subject.name)' signs last and sent no nonces along"
                : "'\(subject.name)' does not sign last and sent nonces along"
        }
        guard let sent = subject.response.nonces, sent != subject.nonces else { return nil }
        return "'\(subject.name)' sent other nonces along than it announced"
    }

    static let count = Rule<ResponseSubject>(
        "POST-COUNT", "There is one partial signature and one nonce for every signature."
    ) { subject in
        let expected = subject.program.signatures.count
        guard
            subject.response.signatures.count != expected || subject.nonces.count != expected
                || subject.sessions.count != expected
        else { return nil }
        return "'\(subject.name)' gave \(subject.response.signatures.count) partial signatures "
            + "for \(expected) signatures"
    }

    static let signatures = Rule<ResponseSubject>(
        "POST-PARTIALS", "Every partial signature is valid by BIP-327 PartialSigVerify.",
        exit: .badSignature
    ) { subject in
        guard
            let keys = subject.program.participants.first(where: {
                $0.identity == subject.signer
            })
        else { return "the signer is not a participant" }
        let count = min(
            subject.response.signatures.count, subject.nonces.count, subject.sessions.count)
        for index in 0..<min(count, subject.program.signatures.count) {
            let signature = subject.program.signatures[index]
            guard let key = keys.signing[signature.role]?.key else {
                return "'\(subject.name)' has no \(signature.role.text) key"
            }
            let isValid = subject.response.signatures[index].verify(
                pubNonce: subject.nonces[index], publicKey: key,
                session: subject.sessions[index])
            if !isValid {
                return "partial signature \(index) of '\(subject.name)' for "
                    + "\(signature.place) is wrong"
            }
        }
        return nil
    }

    static let certificate = Rule<ResponseSubject>(
        "POST-CERTIFICATE", "The signer's certificate share signs the ceremony's transcript.",
        exit: .badSignature
    ) { subject in
        let isValid = subject.signer.verify(
            subject.response.certificateShare, message: subject.transcript.digest.bytes)
        return isValid ? nil : "the certificate share of '\(subject.name)' is invalid"
    }
}
