import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

/// A page with bytes that are no secret: they stand in a published vector or come from a seed.
func page(_ bytes: [UInt8]) throws -> SecretPage {
    try .holding(bytes)
}

/// A secret key of bytes that are no secret.
func secretKey(_ bytes: [UInt8]) throws -> SecretKey {
    try SecretKey(validating: try page(bytes))
}

/// `secnonce` of the vectors: two numbers and the key that they are bound to, 97 bytes.
func secNonce(_ hex: String) throws -> SecNonce {
    let bytes = try Hex.decode(hex)
    try #require(bytes.count == 97)
    return try SecNonce(
        try page(Array(bytes[..<32])), try page(Array(bytes[32..<64])),
        publicKey: try PublicKey(decoding: Array(bytes[64...])))
}

/// The elements of a list of hexadecimal texts, by index.
func select(_ indices: [Int], of list: [String]) throws -> [[UInt8]] {
    try indices.map { try Hex.decode(list[$0]) }
}

/// The context of keys and tweaks as the vectors name them.
func context(
    keys: [[UInt8]], tweaks: [[UInt8]], xOnly: [Bool]
) throws -> KeyAggContext {
    var context = try KeyAggContext(decoding: keys)
    for (tweak, xOnly) in zip(tweaks, xOnly) {
        let tweak = try #require(Bytes32(tweak))
        context = try context.applyingTweak(tweak, xOnly ? .xOnly : .plain)
    }
    return context
}
