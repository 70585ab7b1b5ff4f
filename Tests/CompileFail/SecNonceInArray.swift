// error: 'Copyable'
import Secrets

func keep(_ nonce: consuming SecNonce) -> Int {
    let nonces = [nonce]
    return nonces.count
}
