package import Model
package import Primitives
package import Winternitz

/// Proof that a block contains a transaction, with the headers on top of it.
package struct ConfirmationProof: Hashable, Sendable {
    /// 80-byte headers, the block of the transaction first.
    package let headers: [[UInt8]]
    /// `CMerkleBlock` encoding, as `gettxoutproof` returns it.
    package let merkleBlock: [UInt8]

    package init(headers: [[UInt8]], merkleBlock: [UInt8]) {
        self.headers = headers
        self.merkleBlock = merkleBlock
    }
}

/// Asks a signer to sign a message with a one-time key, and proves that it is due.
package struct RevealRequest: Hashable, Sendable {
    package let variable: VariableName
    package let message: [UInt8]
    package let proof: ConfirmationProof

    package init(variable: VariableName, message: [UInt8], proof: ConfirmationProof) {
        self.variable = variable
        self.message = message
        self.proof = proof
    }
}

extension RevealRequest: BundlePayload {
    package static let recordName = "reveal request"

    package var record: CBORValue {
        .record([
            1: .text(variable.text), 2: .bytes(message),
            3: .array(proof.headers.map(CBORValue.bytes)), 4: .bytes(proof.merkleBlock),
        ])
    }

    package init(record: inout CBORRecord) throws {
        variable = try VariableName(record.text(1))
        message = try record.bytes(2)
        proof = ConfirmationProof(
            headers: try record.byteStrings(3), merkleBlock: try record.bytes(4))
    }
}

/// A one-time signature.
package struct RevealResponse: Hashable, Sendable {
    package let variable: VariableName
    package let message: [UInt8]
    package let signature: WinternitzSignature

    package init(variable: VariableName, message: [UInt8], signature: WinternitzSignature) {
        self.variable = variable
        self.message = message
        self.signature = signature
    }
}

extension RevealResponse: BundlePayload {
    package static let recordName = "reveal"

    package var record: CBORValue {
        .record([
            1: .text(variable.text), 2: .bytes(message), 3: .bytes(signature.encoded()),
        ])
    }

    package init(record: inout CBORRecord) throws {
        variable = try VariableName(record.text(1))
        message = try record.bytes(2)
        signature = try WinternitzSignature(decoding: record.bytes(3))
    }
}
