package import Bitcoin
package import Model
package import Primitives

/// One transaction as the watcher claims it; the signer builds its own and compares.
package struct ClaimedTransaction: Hashable, Sendable {
    package let label: String
    /// Encoding without witness.
    package let transaction: [UInt8]
    package let txid: Txid
    /// One per signature of this transaction, in the order of the signing plan.
    package let sighashes: [Bytes32]

    package init(label: String, transaction: [UInt8], txid: Txid, sighashes: [Bytes32]) {
        self.label = label
        self.transaction = transaction
        self.txid = txid
        self.sighashes = sighashes
    }

    var record: CBORValue {
        .record([
            1: .text(label), 2: .bytes(transaction), 3: .bytes(txid.bytes.bytes),
            4: .array(sighashes.map { .bytes($0.bytes) }),
        ])
    }

    init(_ value: CBORValue) throws {
        var record = try CBORRecord(value)
        label = try record.text(1)
        transaction = try record.bytes(2)
        txid = Txid(try record.bytes32(3))
        sighashes = try record.array(4).map { item in
            guard case .bytes(let bytes) = item, let digest = Bytes32(bytes) else {
                throw ModelError.invalidField(name: "sighash", reason: "32 bytes expected")
            }
            return digest
        }
        try record.finish()
    }
}

/// Everything a signer needs to build a program's graph itself, and what the watcher built.
package struct GraphEvidence: Hashable, Sendable {
    /// The keys bundles of all participants, own one included, in canonical order.
    package let keysBundles: [[UInt8]]
    package let funding: Funding
    package let graphDigest: Bytes32
    package let transactions: [ClaimedTransaction]

    package init(
        keysBundles: [[UInt8]], funding: Funding, graphDigest: Bytes32,
        transactions: [ClaimedTransaction]
    ) {
        self.keysBundles = keysBundles
        self.funding = funding
        self.graphDigest = graphDigest
        self.transactions = transactions
    }

    var record: CBORValue {
        .record([
            1: .array(keysBundles.map(CBORValue.bytes)),
            2: .bytes(funding.transaction.encoded()),
            3: .unsigned(UInt64(funding.ordinalIndex)),
            4: .unsigned(UInt64(funding.feeIndex)),
            5: .bytes(graphDigest.bytes),
            6: .array(transactions.map(\.record)),
        ])
    }

    init(_ value: CBORValue) throws {
        var record = try CBORRecord(value)
        keysBundles = try record.byteStrings(1)
        funding = Funding(
            transaction: try Transaction(decoding: record.bytes(2)),
            ordinalIndex: try record.unsigned32(3), feeIndex: try record.unsigned32(4))
        graphDigest = try record.bytes32(5)
        transactions = try record.array(6).map(ClaimedTransaction.init)
        try record.finish()
    }
}
