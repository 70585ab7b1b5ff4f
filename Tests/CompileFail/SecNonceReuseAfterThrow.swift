// error: 'nonce' consumed more than once
import Curve
import MuSig2
import Secrets

func tryAgain(
    _ nonce: consuming SecNonce, _ session: SessionContext, _ key: borrowing SecretKey
) throws -> PartialSignature {
    do {
        return try nonce.partialSign(session, with: key)
    } catch {
        return try nonce.partialSign(session, with: key)
    }
}
