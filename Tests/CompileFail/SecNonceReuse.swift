// error: 'nonce' consumed more than once
import Curve
import MuSig2
import Secrets

func signTwice(
    _ nonce: consuming SecNonce, _ session: SessionContext, _ key: borrowing SecretKey
) throws {
    _ = try nonce.partialSign(session, with: key)
    _ = try nonce.partialSign(session, with: key)
}
