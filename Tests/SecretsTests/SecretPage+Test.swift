import Curve
import Primitives
import Secrets
import TestSupport

// Test secrets are no secrets: these helpers take and give ordinary values.

extension SecretPage {
    /// A page as somebody typed it: zero bytes follow.
    static func typed(_ text: String) throws -> SecretPage {
        try holding(Array(text.utf8) + [0, 0, 0])
    }

    var copy: [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension SecretKey {
    static func holding(hex: String) throws -> SecretKey {
        try SecretKey(validating: .holding(Hex.decode(hex)))
    }

    var copy: [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension Seed {
    static func holding(hex: String) throws -> Seed {
        try Seed(.holding(Hex.decode(hex)))
    }

    var copy: [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension Mnemonic {
    /// The words as one text.
    var text: String {
        var words: [String] = []
        forEachWord { _, word in
            words.append(String(decoding: word.indices.map { word[$0] }, as: UTF8.self))
        }
        return words.joined(separator: " ")
    }
}
