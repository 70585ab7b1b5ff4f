package import Curve
import Model
package import Primitives

/// An envelope with its sender's signature: what a bundle file holds.
///
/// Decoding verifies the signature by the sender's own key. Whether that sender may be believed
/// is a question for the rules (`BND-SENDER`).
package struct SignedBundle: Hashable, Sendable {
    /// Largest bundle file that is read.
    package static let byteLimit = 64 << 20
    static let magic: [UInt8] = Array("BVXB".utf8)

    package let envelope: Envelope
    package let signature: SchnorrSignature
    /// The file's bytes, exactly.
    package let bytes: [UInt8]

    /// The digest that the signature covers.
    package let digest: Bytes32

    /// Joins an envelope and its sender's signature over `envelope.digest`.
    ///
    /// - Throws: `ExchangeError.badSignature`.
    package init(_ envelope: Envelope, signature: SchnorrSignature) throws(ExchangeError) {
        let body = envelope.encoded()
        var writer = ByteWriter()
        writer.append(Self.magic)
        writer.append(CBORValue.array([.bytes(body), .bytes(signature.bytes)]).encode())
        try self.init(decoding: writer.bytes)
    }

    /// - Throws: `ExchangeError`; nothing beyond `limit` is looked at.
    package init(
        decoding bytes: [UInt8], limit: Int = SignedBundle.byteLimit
    ) throws(ExchangeError) {
        guard bytes.count <= limit else {
            throw .tooLarge(byteCount: bytes.count, limit: limit)
        }
        guard bytes.starts(with: Self.magic) else { throw .notABundle }
        let outer = try Decoding.value(
            Array(bytes.dropFirst(Self.magic.count)), part: "frame")
        guard case .array(let parts) = outer, parts.count == 2,
            case .bytes(let body) = parts[0], case .bytes(let signatureBytes) = parts[1],
            let signature = SchnorrSignature(signatureBytes)
        else {
            throw .malformed(part: "frame", reason: "envelope and 64-byte signature expected")
        }
        let envelope = try Envelope(decoding: body)
        let digest = TaggedHash("BitVMX/bundle/v1").hash(body)
        guard envelope.sender.verify(signature, message: digest.bytes) else {
            throw .badSignature(sender: envelope.sender)
        }
        self.envelope = envelope
        self.signature = signature
        self.bytes = bytes
        self.digest = digest
    }
}

extension XOnlyPublicKey {
    /// Eight hex digits, enough to tell keys apart in a message.
    var hexPrefix: String { String(Hex.encode(bytes).prefix(8)) }
}
