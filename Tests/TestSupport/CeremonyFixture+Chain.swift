package import Bitcoin
package import Exchange
import Model
package import Primitives
import ProtocolBuilder
import Protocols

extension CeremonyFixture {
    /// Proof that a regtest block of its own holds a transaction, with headers on top of it.
    ///
    /// - Parameter headerCount: At least 1: the block itself.
    package static func confirmation(
        of transaction: Transaction, headerCount: Int
    ) -> ConfirmationProof {
        let root = transaction.txid.bytes
        var headers = [mined(root, after: .zero)]
        while headers.count < headerCount, let last = headers.last {
            headers.append(mined(SHA256.hash(last.encoded()), after: last.hash))
        }
        var writer = ByteWriter()
        writer.append(headers[0].encoded())
        writer.appendUInt32LE(1)
        writer.appendCompactSize(1)
        writer.append(root)
        writer.appendCompactSize(1)
        writer.appendUInt8(1)
        return ConfirmationProof(
            headers: headers.map { $0.encoded() }, merkleBlock: writer.bytes)
    }

    /// A header with regtest's proof of work: two tries on average.
    package static func mined(_ root: Bytes32, after parent: BlockHash) -> BlockHeader {
        var nonce: UInt32 = 0
        while true {
            let header = BlockHeader(
                version: 4, previousBlockHash: parent, merkleRoot: root, time: 1_700_000_000,
                bits: Network.regtest.proofOfWorkLimitBits, nonce: nonce)
            if header.meetsProofOfWork(on: .regtest) { return header }
            nonce += 1
        }
    }

    /// The reveal request that is due once `accept` is confirmed.
    package func revealRequest(headerCount: Int = 1) throws -> RevealRequest {
        guard let accept = program.graph[.lock(.accept)] else {
            preconditionFailure("a lock has an accept transaction")
        }
        return RevealRequest(
            variable: .acceptance, message: accept.txid.bytes.bytes,
            proof: Self.confirmation(of: accept.transaction, headerCount: headerCount))
    }
}
