// error: 'nonce' consumed in a loop
import Curve
import MuSig2
import Secrets

func signAll(
    _ nonce: consuming SecNonce, _ sessions: [SessionContext], _ key: borrowing SecretKey
) throws {
    for session in sessions {
        _ = try nonce.partialSign(session, with: key)
    }
}
