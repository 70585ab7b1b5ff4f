import Bitcoin
import Primitives
import Testing

/// Bytes of a vector's hexadecimal text; a vector that is not hexadecimal fails its test.
func bytes(_ hex: String) throws -> [UInt8] {
    try Hex.decode(hex)
}

/// 32 bytes of a vector's hexadecimal text.
func bytes32(_ hex: String) throws -> Bytes32 {
    try #require(Bytes32(hex: hex))
}

extension Transaction {
    /// A vector's transaction.
    init(hex: String) throws {
        try self.init(decoding: Hex.decode(hex))
    }
}

/// A vector's prevout.
struct PrevoutVector: Decodable, Sendable {
    let scriptPubKey: String
    let amount: UInt64

    func prevout() throws -> TxOut {
        TxOut(value: try Amount(amount), scriptPubKey: Script(try bytes(scriptPubKey)))
    }
}
