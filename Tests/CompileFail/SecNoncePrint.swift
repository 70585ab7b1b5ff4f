// error: 'Copyable'
import Secrets

func log(_ nonce: borrowing SecNonce) {
    print(nonce)
}
