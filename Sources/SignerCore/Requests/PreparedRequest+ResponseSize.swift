import Bitcoin
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import Winternitz

extension PreparedRequest {
    /// What the response takes at most, in bytes; at most 1,024 more than it then has.
    ///
    /// Known before anything is committed, so that room for it can be taken first.
    ///
    /// Source: docs/protocol/bundles.md; CBOR adds at most 5 bytes to each byte string here.
    package var responseByteLimit: Int { Self.envelopeByteCount + payloadByteLimit }

    /// Magic, envelope without its payload, and signature: below this with all fields at their
    /// largest.
    private static let envelopeByteCount = 600

    private var payloadByteLimit: Int {
        switch work {
        case .registration(let work):
            work.variables.map(Self.keyByteLimit).reduce(400, +)
        case .nonces(let work):
            100 + work.program.signatures.count * Self.nonceByteCount
        case .partialSignatures(let work):
            200 + work.program.signatures.count * Self.partialByteCount
        case .lastSignatures(let work):
            200 + work.program.signatures.count * (Self.partialByteCount + Self.nonceByteCount)
        case .reveal(let work):
            100 + work.variable.name.text.utf8.count + work.request.message.count
                + work.variable.parameters.disclosedCount * Bytes20.byteCount
        case .status(let ceremonyCount):
            100 + ceremonyCount * (Bytes32.byteCount + 2)
        }
    }

    private static let nonceByteCount = 66 + 2
    private static let partialByteCount = 32 + 2

    private static func keyByteLimit(_ variable: VariableDeclaration) -> Int {
        20 + variable.name.text.utf8.count
            + variable.parameters.chainCount * Bytes20.byteCount
    }
}
