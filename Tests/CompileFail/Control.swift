// compiles
import Curve
import MuSig2
import Primitives
import Secrets
import Winternitz

// The right use of everything that the other snippets misuse.

func signOnce(
    _ nonce: consuming SecNonce, _ session: SessionContext, _ key: borrowing SecretKey
) throws(PartialSignError) -> PartialSignature {
    try nonce.partialSign(session, with: key)
}

func signOnce(
    _ key: consuming WinternitzSecretKey, _ message: [UInt8]
) throws -> WinternitzSignature {
    _ = try key.publicKey()
    return try key.sign(message)
}

func passOn(_ page: consuming SecretPage) -> Int {
    let moved = page
    return moved.byteCount
}

func wordCount(_ mnemonic: borrowing Mnemonic) -> Int {
    mnemonic.wordCount
}
