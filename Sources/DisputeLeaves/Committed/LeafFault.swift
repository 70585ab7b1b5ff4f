package import Tapscript

/// Why a leaf cannot be written, or a witness of it not made or read.
package enum LeafFault: Error, Hashable, Sendable {
    /// There is no one-time key for a value.
    case noKey(LeafValue)
    /// The one-time key of a value has another profile.
    case keyProfile(LeafValue, found: CommitmentProfile, needed: CommitmentProfile)
    /// The one-time key of a value signs messages of another length.
    case keyByteCount(LeafValue, found: Int, needed: Int)
    /// One one-time key was given for two values.
    case sharedKey(LeafValue, LeafValue)
    /// The script does not come out, or needs more items than consensus allows.
    case script(AssemblerError)
    /// There is no signed value.
    case noSignedValue(LeafValue)
    /// A value was signed in another profile.
    case signedProfile(LeafValue, needed: CommitmentProfile)
    /// A signed message, or its signature, has another length.
    case signedByteCount(LeafValue)
    /// A value has a digit other than 0 where its body reads none.
    case unreadDigit(LeafValue)
    /// A signature of the aggregate has neither 64 nor 65 bytes.
    case signatureByteCount(Int)
    /// A witness has another number of items than the leaf takes.
    case itemCount(found: Int, needed: Int)
    /// What a witness has for a value is no one-time signature of its key.
    case notSigned(LeafValue)
}
