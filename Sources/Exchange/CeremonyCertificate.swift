package import Curve
package import Model
import Primitives

/// Proof that all participants of a ceremony signed the same graph with the same keys and nonces.
///
/// Anybody can check it offline: the definition makes the ceremony's id and names the identity
/// keys, and each of them has signed the transcript.
package struct CeremonyCertificate: Hashable, Sendable {
    /// Largest certificate that is read.
    package static let byteLimit = 1 << 20
    static let formatVersion: UInt64 = 1
    static let magic: [UInt8] = Array("BVXC".utf8)

    package let definition: CeremonyDefinition
    package let transcript: CeremonyTranscript
    /// Signature of each participant's identity key over `transcript.digest`, in canonical order.
    package let shares: [SchnorrSignature]

    /// Joins the shares and verifies them.
    ///
    /// - Throws: `ExchangeError.malformed` when transcript and definition do not belong together,
    ///   `.badSignature` with the first participant whose share is invalid.
    package init(
        definition: CeremonyDefinition, transcript: CeremonyTranscript,
        shares: [SchnorrSignature]
    ) throws(ExchangeError) {
        guard transcript.ceremony == definition.id else {
            throw .malformed(
                part: "certificate", reason: "the transcript is of another ceremony")
        }
        let count = definition.participants.count
        for (name, found) in [
            ("keys digests", transcript.keysDigests.count),
            ("nonces digests", transcript.noncesDigests.count), ("shares", shares.count),
        ] where found != count {
            throw .malformed(
                part: "certificate", reason: "\(found) \(name) for \(count) participants")
        }
        for (participant, share) in zip(definition.participants, shares)
        where !participant.identity.verify(share, message: transcript.digest) {
            throw .badSignature(sender: participant.identity)
        }
        self.definition = definition
        self.transcript = transcript
        self.shares = shares
    }

    package func encoded() -> [UInt8] {
        Self.magic
            + CBORValue.record([
                1: .unsigned(Self.formatVersion), 2: .bytes(definition.encoded()),
                3: .bytes(transcript.encoded()),
                4: .array(shares.map { .bytes($0.bytes) }),
            ]).encode()
    }

    /// - Throws: `ExchangeError`; only what `encoded()` writes is accepted, with valid shares.
    package init(decoding bytes: [UInt8]) throws(ExchangeError) {
        guard bytes.count <= Self.byteLimit else {
            throw .tooLarge(byteCount: bytes.count, limit: Self.byteLimit)
        }
        guard bytes.starts(with: Self.magic) else {
            throw .malformed(part: "certificate", reason: "it does not start with 'BVXC'")
        }
        let value = try Decoding.value(
            Array(bytes.dropFirst(Self.magic.count)), part: "certificate")
        do {
            var record = try CBORRecord(value)
            let version = try record.unsigned(1)
            guard version == Self.formatVersion else {
                throw ExchangeError.unsupportedVersion(version, supported: Self.formatVersion)
            }
            let definition = try CeremonyDefinition(decoding: record.bytes(2))
            let transcript = try CeremonyTranscript(decoding: record.bytes(3))
            let shares = try record.byteStrings(4).map(Self.share)
            try record.finish()
            try self.init(definition: definition, transcript: transcript, shares: shares)
        } catch let error as ExchangeError {
            throw error
        } catch {
            throw .malformed(part: "certificate", reason: "\(error)")
        }
    }

    private static func share(_ bytes: [UInt8]) throws -> SchnorrSignature {
        guard let share = SchnorrSignature(bytes) else {
            throw ModelError.invalidField(name: "share", reason: "64 bytes expected")
        }
        return share
    }
}

extension CeremonyTranscript {
    /// Exact decoding of `encoded()`.
    init(decoding bytes: [UInt8]) throws {
        var record = try CBORRecord(CBORValue.decode(bytes, limits: .certificate))
        let ceremony = CeremonyID(try record.bytes32(1))
        let attempt = try record.unsigned32(2)
        let graphDigest = try record.bytes32(3)
        let keysDigests = try record.digests(4)
        let noncesDigests = try record.digests(5)
        try record.finish()
        self.init(
            ceremony: ceremony, attempt: attempt, graphDigest: graphDigest,
            keysDigests: keysDigests, noncesDigests: noncesDigests)
    }
}

extension CBORLimits {
    fileprivate static let certificate = CBORLimits(
        byteCount: CeremonyCertificate.byteLimit, depth: 4, itemCount: 1_000,
        stringByteCount: 64)
}

extension CBORRecord {
    fileprivate mutating func digests(_ key: UInt64) throws -> [Bytes32] {
        try byteStrings(key).map { bytes in
            guard let digest = Bytes32(bytes) else {
                throw ModelError.invalidField(name: "digest", reason: "32 bytes expected")
            }
            return digest
        }
    }
}
