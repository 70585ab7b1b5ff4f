package import Bitcoin
package import Curve
package import Exchange
import Model
package import Primitives

/// What two people compare before they believe an identity: eight words of a digest.
package struct Fingerprint: Hashable, Sendable {
    package let digest: Bytes32

    package init(of payload: IdentityPayload, key: XOnlyPublicKey, network: Network) {
        digest = TaggedHash("BitVMX/fingerprint/v1").hash(
            [UInt8(payload.role.rawValue)], Array(network.rawValue.utf8), key.bytes,
            Array(payload.name.text.utf8))
    }

    package var words: [String] { Bytewords.words(for: digest) }

    /// Eight words on one line.
    package var spoken: String { words.joined(separator: " ") }
}
