// error: 'SecNonce' conform to 'Encodable'
import Secrets

func encode<Value: Encodable>(_ value: Value) {}

func store(_ nonce: consuming SecNonce) {
    encode(nonce)
}
