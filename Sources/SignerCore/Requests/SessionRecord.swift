import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols

/// The newest signing attempt of a ceremony, as the vault's settings keep it.
struct SessionRecord: Hashable {
    let attempt: UInt32
    /// The vault's nonce session.
    let session: Bytes32
    let graph: Bytes32
    /// SHA-256 of the stored evidence that the graph was built from.
    let evidence: Bytes32

    static func settingName(_ ceremony: CeremonyID) -> String {
        "session/\(ceremony.digest.hex)"
    }

    func encoded() -> [UInt8] {
        CBORValue.record([
            1: .unsigned(UInt64(attempt)), 2: .bytes(session.bytes), 3: .bytes(graph.bytes),
            4: .bytes(evidence.bytes),
        ]).encode()
    }

    init(attempt: UInt32, session: Bytes32, graph: Bytes32, evidence: Bytes32) {
        self.attempt = attempt
        self.session = session
        self.graph = graph
        self.evidence = evidence
    }

    init?(decoding bytes: [UInt8]) {
        guard let value = try? CBORValue.decode(bytes, limits: .standard),
            var record = try? CBORRecord(value, known: 1, 2, 3, 4),
            let attempt = try? record.unsigned(1, as: UInt32.self),
            let session = try? record.bytes32(2), let graph = try? record.bytes32(3),
            let evidence = try? record.bytes32(4)
        else { return nil }
        self.init(attempt: attempt, session: session, graph: graph, evidence: evidence)
    }
}

extension SettingStore {
    /// The newest attempt of a ceremony; nil before the first.
    func session(of ceremony: CeremonyID) throws(VaultError) -> SessionRecord? {
        let name = SessionRecord.settingName(ceremony)
        guard let bytes = try bytes(name) else { return nil }
        guard let record = SessionRecord(decoding: bytes) else {
            throw .damaged(
                .recordMalformed(RecordReference(table: "setting", key: Array(name.utf8))))
        }
        return record
    }
}

extension SettingStore where Access == WriteAccess {
    func setSession(_ record: SessionRecord, of ceremony: CeremonyID) throws(VaultError) {
        try set(SessionRecord.settingName(ceremony), record.encoded())
    }
}

extension NonceSlot {
    /// The one set of signatures that a ceremony makes.
    init(setupOf ceremony: CeremonyID) {
        self.init(ceremony: ceremony.digest, round: "setup")
    }
}

/// What a session is about: all its signatures, in order, and for whom they are made.
struct SessionPlan {
    let program: ProgramGraph
    let attempt: UInt32
    let me: ParticipantKeys

    /// - Precondition: the keys are those of a participant.
    init(_ program: ProgramGraph, attempt: UInt32, me: ParticipantKeys) {
        self.program = program
        self.attempt = attempt
        self.me = me
    }

    /// Covers the whole ordered set: no signature can be exchanged, added or left out.
    ///
    /// Source: docs/protocol/musig2-sessions.md, "What a session binds".
    var digest: Bytes32 {
        let signatures = program.signatures.map { signature in
            CBORValue.array([
                .bytes(signature.task.sighash.bytes),
                .bytes(program.keyAggregation(of: signature).aggregateKey.bytes),
                signature.task.tweak.map { .bytes($0.bytes) } ?? .null,
                .bytes(me.signing[signature.role]?.key.bytes ?? []),
            ])
        }
        return TaggedHash("BitVMX/session/v1").hash(
            CBORValue.array([
                .bytes(program.definition.id.digest.bytes), .unsigned(UInt64(attempt)),
                .bytes(program.digest.bytes), .array(signatures),
            ]).encode())
    }

    /// The sessions of all signatures.
    ///
    /// - Parameter nonces: Of every participant in canonical order, one per signature.
    func sessions(_ nonces: [[PubNonce]]) -> [SessionContext] {
        program.signatures.enumerated().map { index, signature in
            SessionContext(
                aggNonce: Self.aggregate(nonces.map { $0[index] }),
                keys: program.keyAggregation(of: signature),
                message: signature.task.sighash.bytes)
        }
    }

    static func aggregate(_ nonces: [PubNonce]) -> AggNonce {
        do throws(MuSig2Error) {
            return try AggNonce(aggregating: nonces)
        } catch {
            preconditionFailure("a ceremony has participants, so there are nonces")
        }
    }

    func transcript(_ nonces: [[PubNonce]]) -> CeremonyTranscript {
        CeremonyTranscript(
            ceremony: program.definition.id, attempt: attempt, graphDigest: program.digest,
            keysDigests: program.participants.map(\.digest),
            noncesDigests: nonces.map(CeremonyTranscript.noncesDigest))
    }
}
