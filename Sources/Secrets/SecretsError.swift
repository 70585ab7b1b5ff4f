package import Primitives

/// Why a secret could not be made, read or derived; says nothing of the secret.
package enum SecretsError: Error, Equatable {
    /// There is no locked memory for it.
    case page(SecretPageError)
    /// The kernel gave no randomness.
    case noRandomness(errorNumber: Int32)
    /// Something in typed dice rolls or coin tosses is neither a symbol nor a separator.
    ///
    /// The index counts bytes from 0.
    case unexpectedSymbol(at: Int)
    /// A mnemonic has 12, 15, 18, 21 or 24 words.
    case wordCount(Int)
    /// These words, counted from 0, are not in the English list of BIP-39.
    case unknownWords(at: [Int])
    /// All words are known, but they do not belong together: a wrong word or a wrong order.
    case mnemonicChecksum
    /// A passphrase is printable ASCII; the index counts bytes from 0.
    case passphraseNotASCII(at: Int)
    /// Bytes of a wrong length where a seed or a root was expected.
    case byteCount(Int, allowed: ClosedRange<Int>)
    /// BIP-32 has no key here (probability below 2^-127): the next index has to be taken.
    case noKeyAtIndex(UInt32)
    /// BIP-32 ends at depth 255.
    case tooDeep
    /// A name in the context of a derived secret is too long.
    case contextFieldTooLong(byteCount: Int, limit: Int)
    /// Text that is no extended public key.
    case malformedExtendedKey(ExtendedKeyDefect)
    /// A secret nonce is zero or not below the group order; libraries of others mark used ones so.
    case nonceOutOfRange
    /// A message of a wrong length for this one-time key.
    case messageByteCount(Int, expected: Int)
}

/// What is wrong with the text of an extended public key.
package enum ExtendedKeyDefect: Hashable, Sendable {
    case notBase58
    case checksum
    case byteCount(Int)
    /// Not `xpub` or `tpub`.
    case version(UInt32)
    case publicKey
    /// A master key with a parent, or with an index.
    case masterWithParent
}
