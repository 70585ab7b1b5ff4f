// error: cannot be consumed when captured by an escaping closure
import Curve
import MuSig2
import Secrets

func later(
    _ nonce: consuming SecNonce, _ session: SessionContext
) -> (borrowing SecretKey) throws -> PartialSignature {
    { key in try nonce.partialSign(session, with: key) }
}
