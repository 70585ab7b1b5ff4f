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
    package let signature: OneTimeSignature

    package init(variable: VariableName, message: [UInt8], signature: OneTimeSignature) {
        self.variable = variable
        self.message = message
        self.signature = signature
    }
}

extension RevealResponse: BundlePayload {
    package static let recordName = "reveal"

    /// The profile that a response without a profile is of: those of the first version have none.
    private static let silentProfile = WinternitzProfile.base16Hash160.rawValue

    package var record: CBORValue {
        var fields: [UInt64: CBORValue] = [
            1: .text(variable.text), 2: .bytes(message), 3: .bytes(signature.encoded()),
        ]
        if signature.profileNumber != Self.silentProfile {
            fields[4] = .unsigned(UInt64(signature.profileNumber))
        }
        return .record(fields)
    }

    package init(record: inout CBORRecord) throws {
        variable = try VariableName(record.text(1))
        message = try record.bytes(2)
        let bytes = try record.bytes(3)
        var profileNumber = Self.silentProfile
        if let written = try record.optionalUnsigned(4) {
            guard let number = UInt8(exactly: written), number != Self.silentProfile else {
                throw ModelError.invalidField(
                    name: "profile", reason: "\(written) is none that is written")
            }
            profileNumber = number
        }
        signature = try OneTimeSignature(profileNumber: profileNumber, decoding: bytes)
        // A signature of profile 1 fits one message length only, one of profile 2 has its own.
        let parameters = try OneTimeParameters(
            profileNumber: profileNumber, messageByteCount: message.count)
        guard signature.values.count == parameters.disclosedCount else {
            throw WinternitzError.chainCount(
                found: signature.values.count, needed: parameters.disclosedCount)
        }
    }
}
