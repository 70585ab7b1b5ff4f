// error: 'SecNonce'
import Secrets

func erase(_ nonce: consuming SecNonce) -> Any {
    nonce
}
