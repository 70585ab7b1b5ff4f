import Exchange
import Primitives

/// What a vault leaves outside its state directory, to recognise an older copy of itself.
struct Anchor: Hashable {
    let vault: Bytes32
    let epoch: UInt64
    let commit: UInt64
    let log: LogHead
    /// The digest of the whole state after that commit.
    let state: Bytes32

    private static let magic = "bitvmx-anchor"
    static let byteLimit = 4096

    /// The anchor of a committed state.
    init(_ head: VaultHead) {
        vault = head.vault
        epoch = head.epoch
        commit = head.commit
        log = head.log
        state = head.digest
    }

    /// The file's content: the fields, and their code under a key of the vault.
    func encoded(with keys: borrowing VaultKeys) -> [UInt8] {
        let code = keys.anchorCode(fields().encode())
        return CBORValue.array([fields(), .bytes(code.bytes)]).encode()
    }

    /// The vault that an anchor file claims to belong to, and its commit; nothing is verified.
    static func claim(_ bytes: [UInt8]) -> (vault: Bytes32, commit: UInt64)? {
        guard let parts = try? parse(bytes) else { return nil }
        return (parts.anchor.vault, parts.anchor.commit)
    }

    /// Reads a file's content; `nil` unless it is genuine.
    init?(_ bytes: [UInt8], keys: borrowing VaultKeys) {
        guard let parts = try? Self.parse(bytes) else { return nil }
        let code = keys.anchorCode(parts.anchor.fields().encode())
        guard ConstantTime.equal(code.bytes.span, parts.code.bytes.span) else { return nil }
        self = parts.anchor
    }

    private init(fields: CBORValue) throws(CBORError) {
        var record = try CBORRecord(fields, known: 0, 1, 2, 3, 4, 5, 6, 7)
        guard try record.text(0) == Self.magic, try record.unsigned(1) == VaultFormat.version
        else { throw .unknownKey(1) }
        vault = try record.bytes32(2)
        epoch = try record.unsigned(3)
        commit = try record.unsigned(4)
        log = LogHead(index: try record.unsigned(5), hash: try record.bytes32(6))
        state = try record.bytes32(7)
    }

    private func fields() -> CBORValue {
        .record([
            0: .text(Self.magic), 1: .unsigned(VaultFormat.version), 2: .bytes(vault.bytes),
            3: .unsigned(epoch), 4: .unsigned(commit), 5: .unsigned(log.index),
            6: .bytes(log.hash.bytes), 7: .bytes(state.bytes),
        ])
    }

    private static func parse(
        _ bytes: [UInt8]
    ) throws(CBORError) -> (anchor: Anchor, code: Bytes32) {
        let parts = try CBORValue.decode(bytes, limits: .standard).array()
        guard parts.count == 2 else { throw .trailingBytes(parts.count) }
        return (try Anchor(fields: parts[0]), try parts[1].bytes32())
    }
}

/// How a vault relates to its anchor.
enum AnchorVerdict: Hashable {
    case current
    /// The one commit whose anchor a crash prevented: write it now.
    case oneCommitAhead

    /// Compares the newest state of a vault with a genuine anchor of the same vault.
    static func judge(_ head: VaultHead, _ anchor: Anchor) throws(VaultError) -> AnchorVerdict {
        if head.commit < anchor.commit || head.epoch < anchor.epoch {
            throw .rollback(.rolledBack(vault: head.commit, anchor: anchor.commit))
        }
        if head.commit == anchor.commit {
            guard head.digest == anchor.state else {
                throw .rollback(.forked(commit: head.commit))
            }
            return .current
        }
        guard head.commit == anchor.commit + 1 else {
            throw .rollback(.anchorOutdated(vault: head.commit, anchor: anchor.commit))
        }
        guard head.previous == anchor.state else {
            throw .rollback(.forked(commit: head.commit))
        }
        return .oneCommitAhead
    }
}
