import Bitcoin
package import Curve
package import Exchange
import Model
import Primitives
import ProtocolBuilder
package import Protocols
import Winternitz

/// A one-time value that a participant has revealed, beside the program that it belongs to.
///
/// What the watcher holds a reveal to, of whatever profile: the key that the participant announced
/// decides how the signature is read.
package struct RevealedValue: Sendable {
    package let program: ProgramGraph
    /// Whose value it is.
    package let signer: XOnlyPublicKey
    package let response: RevealResponse

    package init(program: ProgramGraph, signer: XOnlyPublicKey, response: RevealResponse) {
        self.program = program
        self.signer = signer
        self.response = response
    }

    /// Why the value does not count; nil when the participant is bound to it.
    package var fault: String? {
        let keys = program.participants.first { $0.identity == signer }
        guard let key = keys?.oneTimeKeys[response.variable] else {
            return "the program has no such variable"
        }
        if response.variable == .acceptance,
            response.message != program.graph[.lock(.accept)]?.txid.bytes.bytes
        {
            return "it is not for the accept transaction"
        }
        guard key.verify(response.signature, of: response.message) else {
            return "it does not match the announced one-time key"
        }
        return nil
    }
}
