import Bitcoin
import Curve
import Exchange
import Foundation
package import Primitives

/// Writes bundles that no program of ours would write, with a key that the reader believes.
package struct ProgramForger {
    private let keyBytes: [UInt8]

    /// Takes a watcher's transport identity.
    package init(watcherOf who: ProgramOperator) throws {
        keyBytes = [UInt8](
            try Data(contentsOf: who.folder.appending(path: "watcher/identity.key")))
    }

    /// A stranger's key.
    package init(keyByte: UInt8) {
        keyBytes = [UInt8](repeating: keyByte, count: 32)
    }

    package func identity() throws -> String {
        try SecretKey(known: keyBytes).publicKey.xOnly.hex
    }

    /// What is to be different in an envelope.
    package struct Change {
        package var network: String?
        package var recipient: String?
        package var sequence: UInt64?
        package var payload: [UInt8]?
        package var previous: Bytes32?

        package init() {}
    }

    /// The bundle again with changes, signed by this forger.
    package func rewrite(_ bytes: [UInt8], _ change: Change) throws -> [UInt8] {
        let old = try SignedBundle(decoding: bytes).envelope
        let key = try SecretKey(known: keyBytes)
        let envelope = Envelope(
            kind: old.kind, direction: old.direction,
            network: change.network.flatMap { Network(rawValue: $0) } ?? old.network,
            ceremony: old.ceremony, sender: key.publicKey.xOnly,
            recipient: change.recipient.flatMap { XOnlyPublicKey(hex: $0) } ?? old.recipient,
            sequence: change.sequence ?? old.sequence, previous: change.previous ?? old.previous,
            head: old.head, payload: change.payload ?? old.payload)
        return try signed(envelope.encoded())
    }

    /// The bundle again with a field of its envelope replaced or added, signed by this forger.
    package func rewrite(_ bytes: [UInt8], field: UInt64, _ value: CBORValue) throws -> [UInt8] {
        let envelope = try SignedBundle(decoding: bytes).envelope
        let decoded = try CBORValue.decode(envelope.encoded(), limits: .standard)
        guard case .map(let entries) = decoded else { return [] }
        let kept = entries.filter { $0.key != .unsigned(field) && $0.key != .unsigned(6) }
        let key = try SecretKey(known: keyBytes)
        let all =
            kept + [
                CBORMapEntry(key: .unsigned(field), value: value),
                CBORMapEntry(key: .unsigned(6), value: .bytes(key.publicKey.xOnly.bytes)),
            ]
        return try signed(CBORValue.map(all).encode())
    }

    /// A frame around any body, signed as if it were an envelope.
    package func signed(_ body: [UInt8]) throws -> [UInt8] {
        let key = try SecretKey(known: keyBytes)
        let digest = TaggedHash("BitVMX/bundle/v1").hash(body)
        let signature = key.schnorrSign(message: digest.bytes, auxiliary: .zero)
        let frame = CBORValue.array([.bytes(body), .bytes(signature.bytes)])
        return Array("BVXB".utf8) + frame.encode()
    }

    /// The body of a bundle: its envelope's bytes.
    package static func body(_ bytes: [UInt8]) throws -> [UInt8] {
        try SignedBundle(decoding: bytes).envelope.encoded()
    }
}
