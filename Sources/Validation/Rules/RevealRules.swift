import Bitcoin
package import Exchange
package import Model
package import Primitives
import ProtocolBuilder
package import Protocols

/// A one-time value that a request says is due.
package struct RevealSubject: Sendable {
    package let program: ProgramGraph
    package let request: RevealRequest
    /// Digest of the message that the key has signed before; nil when it is unused.
    package let signedDigest: Bytes32?
    package let policy: SignerPolicy
    /// What every participant can commit to.
    package let variables: [VariableDeclaration]

    /// - Parameter variables: Nil for those that the program declares.
    package init(
        program: ProgramGraph, request: RevealRequest, signedDigest: Bytes32?,
        policy: SignerPolicy, variables: [VariableDeclaration]? = nil
    ) {
        self.program = program
        self.request = request
        self.signedDigest = signedDigest
        self.policy = policy
        self.variables = variables ?? program.definition.variables
    }

    /// What a ledger remembers of a message.
    package static func messageDigest(_ message: [UInt8]) -> Bytes32 {
        TaggedHash("BitVMX/one-time-message/v1").hash(message)
    }
}

/// OTS: a value that is revealed is declared, due and not in conflict with an earlier one.
package enum RevealRules {
    package static let all: [Rule<RevealSubject>] = [
        variable, message, inclusion, work, fresh,
    ]

    static let variable = Rule<RevealSubject>(
        "OTS-VARIABLE", "The program declares the variable, with this length."
    ) { subject in
        guard let variable = subject.variables.first(where: { $0.name == subject.request.variable })
        else { return "the program has no variable '\(subject.request.variable)'" }
        guard subject.request.message.count != variable.byteCount else { return nil }
        return "'\(variable.name)' has \(variable.byteCount) bytes, the message "
            + "\(subject.request.message.count)"
    }

    static let message = Rule<RevealSubject>(
        "OTS-MESSAGE",
        "The value is one that is due: the acceptance is the txid of the graph's accept transaction."
    ) { subject in
        guard subject.request.variable == .acceptance else {
            return "no rule says when '\(subject.request.variable)' is due"
        }
        guard let accept = subject.program.graph[.lock(.accept)] else {
            return "the graph has no accept transaction"
        }
        guard subject.request.message != accept.txid.bytes.bytes else { return nil }
        return "the message is not the txid \(accept.txid)"
    }

    static let inclusion = Rule<RevealSubject>(
        "OTS-INCLUSION", "A Merkle proof shows the accept transaction in a block."
    ) { subject in
        guard let accept = subject.program.graph[.lock(.accept)] else {
            return "the graph has no accept transaction"
        }
        do {
            let block = try MerkleBlock(decoding: subject.request.proof.merkleBlock)
            _ = try block.position(of: accept.transaction)
            guard subject.request.proof.headers.first == block.header.encoded() else {
                return "the proof is for another block than the first header"
            }
            return nil
        } catch {
            return "the proof is broken: \(error)"
        }
    }

    static let work = Rule<RevealSubject>(
        "OTS-WORK", "Linked headers bury the block as deep, and with as much work, as policy says."
    ) { subject in
        let needed = subject.policy.revealConfirmations
        var headers: [BlockHeader] = []
        for bytes in subject.request.proof.headers {
            guard let header = try? BlockHeader(decoding: bytes) else {
                return "a header does not have 80 bytes"
            }
            if let parent = headers.last, header.previousBlockHash != parent.hash {
                return "header \(headers.count) does not follow the one before"
            }
            if !header.meetsProofOfWork(on: subject.program.definition.network) {
                return "header \(headers.count) has no valid proof of work"
            }
            if let easiest = subject.policy.easiestTarget, let target = header.target,
                target > easiest
            {
                return "header \(headers.count) has less work than the policy asks for"
            }
            headers.append(header)
        }
        guard headers.count < needed else { return nil }
        return "\(headers.count) headers; \(needed) confirmations are needed"
    }

    static let fresh = Rule<RevealSubject>(
        "OTS-FRESH", "The key has signed nothing else.", exit: .alreadySpent
    ) { subject in
        guard let signed = subject.signedDigest else { return nil }
        guard signed != RevealSubject.messageDigest(subject.request.message) else { return nil }
        return "the key has signed another message (\(signed.hex.prefix(16))…); "
            + "a one-time key never signs twice"
    }
}
