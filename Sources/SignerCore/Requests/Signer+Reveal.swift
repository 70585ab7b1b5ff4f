import Exchange
import Model
import Primitives
import Protocols
import Secrets
import Validation
import Winternitz

extension Signer {
    /// Signs a message with a one-time key, or gives again what it signed before.
    ///
    /// The ledger's record and the response are one commit: before it nothing has left, after it
    /// the key signs nothing else.
    func reveal(
        _ work: RevealWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let signature = try oneTimeSignature(work)
        let response = RevealResponse(
            variable: work.variable.name, message: work.request.message, signature: signature)
        return try commit(responder) { transaction throws(VaultError) in
            try responder.note(transaction)
            try transaction.oneTime.record(
                work.key, messageDigest: work.messageDigest, response: signature.encoded())
            return response
        }
    }

    private func oneTimeSignature(
        _ work: RevealWork
    ) throws(SignerError) -> OneTimeSignature {
        let verdict = try SignerError.vault { () throws(VaultError) in
            try vault.oneTime.check(work.key, messageDigest: work.messageDigest)
        }
        if case .signedBefore(let bytes) = verdict,
            let signature = try? OneTimeSignature(
                profileNumber: work.variable.parameters.profileNumber, decoding: bytes)
        {
            return signature
        }
        let key = try oneTimeKey(work.program.definition, work.variable)
        let publicKey: OneTimePublicKey
        let signature: OneTimeSignature
        do throws(SecretsError) {
            publicKey = try key.publicKey()
            signature = try key.sign(work.request.message)
        } catch { throw .secrets(error) }
        // A flipped bit of memory must not become a second position of a chain.
        guard publicKey.digest == work.key.publicKeyDigest,
            publicKey.verify(signature, of: work.request.message)
        else { throw .signing(.ownSignatureInvalid) }
        return signature
    }
}
