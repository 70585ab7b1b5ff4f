package import Exchange
package import Model
package import Validation

/// What has to happen next for a program to go on.
package enum NextStep: Hashable, Sendable {
    /// The own signer is asked for this.
    case ask(BundleKind)
    /// Other operators' signers have to give this.
    case wait(BundleKind, of: [OperatorName])
    /// The participant that signs last is waited for, because its nonces come with its signatures.
    case waitForLastSigner(OperatorName)
    /// The user has to pay, and `program fund` has to say with which transaction.
    case pay
    /// Somebody's contribution breaks rules; only a new attempt or a new program helps.
    case faulty([RuleViolation])
    /// Every signature is there.
    case ready

    /// A sentence without its end.
    package var text: String {
        switch self {
        case .ask(let kind):
            "write the \(Self.noun(kind, isRequest: true)) with 'request next'"
        case .wait(let kind, let names):
            "waiting for the \(Self.noun(kind, isRequest: false)) of "
                + names.map(\.text).joined(separator: ", ")
        case .waitForLastSigner(let name):
            "waiting for the partial signatures of \(name), who signs last"
        case .pay:
            "waiting for the user's payment; name its transaction with 'program fund'"
        case .faulty(let violations):
            violations.map(\.description).joined(separator: "; ")
        case .ready: "ready: every signature is there"
        }
    }

    /// The stable word of `--json` reports.
    package var word: String {
        switch self {
        case .ask(let kind): "ask-\(kind.word)"
        case .wait(let kind, _): "wait-\(kind.word)"
        case .waitForLastSigner: "wait-\(BundleKind.partialSignatures.word)"
        case .pay: "pay"
        case .faulty: "faulty"
        case .ready: "ready"
        }
    }

    /// Who is waited for.
    package var awaited: [OperatorName] {
        switch self {
        case .wait(_, let names): names
        case .waitForLastSigner(let name): [name]
        case .ask, .pay, .faulty, .ready: []
        }
    }

    static func noun(_ kind: BundleKind, isRequest: Bool) -> String {
        let noun =
            switch kind {
            case .identity: "identity"
            case .registration: "registration"
            case .keys: "keys"
            case .nonces: "nonces"
            case .partialSignatures: "partial signatures"
            case .reveal: "reveal"
            case .status: "status"
            }
        return isRequest ? noun + " request" : noun
    }
}
