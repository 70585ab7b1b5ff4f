// error: candidate requires that 'SecNonce' conform to 'Copyable'
import Secrets

func text(_ nonce: borrowing SecNonce) -> String {
    String(describing: nonce)
}
