import Bitcoin
import Curve
import Exchange
import Model
package import Primitives

extension Watcher {
    /// Digest of the whole state; equal states have equal digests, however they came about.
    package var digest: Bytes32 {
        let record = CBORValue.record([
            1: .text(name.text), 2: .text(network.rawValue), 3: .bytes(identity.bytes),
            4: .array(signers.values.sorted { $0.name < $1.name }.map(\.value)),
            5: channel.value,
            6: .array(programs.values.sorted { $0.id < $1.id }.map(\.value)),
        ])
        return TaggedHash("BitVMX/watcher-state/v1").hash(record.encode())
    }
}

extension EnrolledSigner {
    fileprivate var value: CBORValue {
        .array([
            .text(name.text), .bytes(identity.bytes), .unsigned(relation.rawValue), head.value,
        ])
    }
}

extension LogHead {
    fileprivate var value: CBORValue { .array([.unsigned(index), .bytes(hash.bytes)]) }
}

extension SignerChannel {
    fileprivate var value: CBORValue {
        let open = outstanding.map { [$0.current] + $0.replaced } ?? []
        return .array([
            .unsigned(lastSequence), .bytes(lastResponseDigest.bytes), head.value,
            .array(answers.sorted { $0.key < $1.key }.map { .bytes($0.value.bytes) }),
            .array(open.map { .bytes($0.digest.bytes) }),
        ])
    }
}

extension ProgramRecord {
    fileprivate var value: CBORValue {
        var fields: [UInt64: CBORValue] = [
            1: id.field, 3: .unsigned(UInt64(attempt)),
            4: .array(bundles.values.map(\.digest).sorted().map { .bytes($0.bytes) }),
            5: .array(
                published.sorted { $0.key.text < $1.key.text }.map { label, txid in
                    .array([.text(label.text), .bytes(txid.bytes.bytes)])
                }),
            6: .array(
                positions.sorted { $0.key.text < $1.key.text }.map { label, position in
                    .array([
                        .text(label.text), .bytes(position.txid.bytes.bytes),
                        .bytes(position.blockHash.bytes.bytes),
                        .unsigned(UInt64(position.height.value)),
                    ])
                }),
        ]
        fields[2] = funding.map { .record($0.fields) }
        return .record(fields)
    }
}
