import Bitcoin
import Curve
import Exchange
import Model
import Primitives

extension ProgramForger {
    /// A nonces request in which the keys bundle of everybody but one operator is signed, and
    /// sent, by a stranger.
    package func replacingKeys(
        _ bytes: [UInt8], notOf who: ProgramOperator, by stranger: ProgramForger
    ) throws -> [UInt8] {
        let old = try Self.noncesRequest(bytes)
        let own = try who.watcherReport("status").text("signer")
        let bundles = try old.evidence.keysBundles.map { bundle in
            try SignedBundle(decoding: bundle).envelope.sender.hex == own
                ? bundle : stranger.rewrite(bundle, Change())
        }
        return try rewrite(
            bytes, old.attempt,
            GraphEvidence(
                keysBundles: bundles, funding: old.evidence.funding,
                graphDigest: old.evidence.graphDigest, transactions: old.evidence.transactions))
    }

    /// A nonces request whose first transaction has an output that is a satoshi smaller.
    package func changingAmount(_ bytes: [UInt8]) throws -> [UInt8] {
        let old = try Self.noncesRequest(bytes)
        var claims = old.evidence.transactions
        var transaction = try Transaction(decoding: claims[0].transaction)
        transaction.outputs[0].value = try transaction.outputs[0].value.subtracting(Amount(1))
        claims[0] = ClaimedTransaction(
            label: claims[0].label, transaction: transaction.encodedWithoutWitness(),
            txid: transaction.txid, sighashes: claims[0].sighashes)
        return try rewrite(
            bytes, old.attempt,
            GraphEvidence(
                keysBundles: old.evidence.keysBundles, funding: old.evidence.funding,
                graphDigest: old.evidence.graphDigest, transactions: claims))
    }

    /// A request for partial signatures whose nonces are signed, and sent, by a stranger.
    package func replacingNonces(
        _ bytes: [UInt8], by stranger: ProgramForger
    ) throws -> [UInt8] {
        let old = try PartialSignaturesRequest.decoded(
            from: SignedBundle(decoding: bytes).envelope.payload)
        var change = Change()
        change.payload = PartialSignaturesRequest(
            attempt: old.attempt, graphDigest: old.graphDigest,
            nonceBundles: try old.nonceBundles.map { try stranger.rewrite($0, Change()) },
            evidence: old.evidence
        ).encoded()
        return try rewrite(bytes, change)
    }

    private static func noncesRequest(_ bytes: [UInt8]) throws -> NoncesRequest {
        try NoncesRequest.decoded(from: SignedBundle(decoding: bytes).envelope.payload)
    }

    private func rewrite(
        _ bytes: [UInt8], _ attempt: UInt32, _ evidence: GraphEvidence
    ) throws -> [UInt8] {
        var change = Change()
        change.payload = NoncesRequest(attempt: attempt, evidence: evidence).encoded()
        return try rewrite(bytes, change)
    }
}
