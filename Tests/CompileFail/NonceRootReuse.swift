// error: 'root' consumed more than once
import Curve
import MuSig2
import Secrets

func signTwice(
    _ root: consuming NonceRoot, _ requests: [SigningRequest], _ key: borrowing SecretKey
) throws {
    _ = try root.partialSignatures(requests, key: key)
    _ = try root.partialSignatures(requests, key: key)
}
