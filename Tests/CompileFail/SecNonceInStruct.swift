// error: stored property 'nonce' of 'Copyable'-conforming struct 'Session' has non-Copyable type
import Secrets

struct Session {
    let nonce: SecNonce
}
