package import Curve

/// KeySort of BIP-327.
package enum KeySort {
    /// The keys in lexicographic order of their 33 bytes, duplicates included.
    package static func sorted(_ keys: [PublicKey]) -> [PublicKey] {
        keys.sorted()
    }
}
