import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Validation

extension WatcherError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .damagedEvent(let reason): "an event of the log is damaged: \(reason)"
        case .exchange(let error): "\(error)"
        case .wrongNetwork(let found, let expected):
            "the bundle is for \(found.rawValue), this watcher for \(expected.rawValue)"
        case .unexpectedBundle(let found, let expected):
            "this is a \(found) bundle; \(expected) is needed"
        case .rule(let violation, _): violation.description
        case .program(let error): "\(error)"
        case .waiting(let waits):
            waits.map { "program \($0.ceremony.short): \($0.step.text)" }
                .joined(separator: "; ")
        case .noPrograms: "there is no program yet"
        default: stateText ?? ceremonyText
        }
    }

    /// Messages about signers and the channel.
    private var stateText: String? {
        switch self {
        case .notASigner(let name):
            "'\(name)' is a watcher; only signers are enrolled here"
        case .nameTaken(let name, let owner, let claimer):
            "'\(name)' is already enrolled with key \(owner.hex.prefix(16))…, "
                + "this bundle has key \(claimer.hex.prefix(16))…"
        case .relationTaken(let name, let relation):
            "'\(name)' is already enrolled as \(relation.text)"
        case .secondSigner(let name, let enrolled):
            "'\(enrolled)' is this watcher's signer; '\(name)' can only be a peer"
        case .noSigner: "no signer of this watcher is enrolled yet"
        case .unknownSender(let sender):
            "sender \(sender.hex) is not an enrolled signer"
        case .wrongRecipient(let recipient):
            "the bundle is for \(recipient.hex.prefix(16))…, not for this watcher"
        case .conflict(let name, let what, let first, let second):
            "'\(name)' signed two different \(what): bundle \(first) is here, "
                + "this one is \(second)"
        case .forkedLog(let name, let index, let first, let second):
            "the log of '\(name)' has two entries \(index): \(first.hex.prefix(16))… and "
                + "\(second.hex.prefix(16))…; a copy of that signer's state is in use"
        case .logWentBack(let seen, let found):
            "the signer's log is at entry \(found.index), but entry \(seen.index) was seen: "
                + "its state was restored from an older copy"
        case .unexpectedResponse(let sequence, let last):
            sequence <= last
                ? "response \(sequence) is another one than the one accepted before"
                : "response \(sequence) answers no request of this watcher; "
                    + "the last answered request is \(last)"
        case .answersAnotherRequest(let expected, let found):
            "the open request asks for \(expected), the response brings \(found)"
        case .requestOutOfLine(let sequence, let expected):
            "request \(sequence) does not follow; the next one is \(expected)"
        case .outstanding(let sequence, let what, let ceremony):
            "request \(sequence) (\(what)\(ceremony.map { " of program \($0.short)" } ?? "")) "
                + "waits for its response"
        default: nil
        }
    }

    /// Messages about programs.
    private var ceremonyText: String {
        switch self {
        case .unknownCeremony(let text): "no program with an id that starts with '\(text)'"
        case .ambiguousCeremony(let text, let matches):
            "'\(text)' is the start of \(matches) program ids"
        case .notAParticipant(let name, let ceremony):
            "'\(name)' takes no part in program \(ceremony.short)"
        case .fundingIsBound(let ceremony):
            "the signer has bound program \(ceremony.short) to another funding transaction"
        case .attemptNotBegun(let ceremony, let attempt):
            "attempt \(attempt) of program \(ceremony.short) has not begun; nothing to retry"
        case .attemptTooFar(let ceremony, let attempt, let current):
            "a bundle of program \(ceremony.short) is for attempt \(attempt); this is attempt "
                + "\(current), and the next one is all that can have begun"
        case .alreadyReady(let ceremony):
            "program \(ceremony.short) has all its signatures; there is nothing to retry"
        case .invalidReceipt(let name, let reason):
            "the one-time signature of '\(name)' is no receipt: \(reason)"
        case .invalidSignature(let place):
            "the signature of \(place) is invalid although every share is valid"
        case .unknownTransaction(let text, let known):
            "no transaction '\(text)'; the program has \(known.joined(separator: ", "))"
        case .notPublishable(let label, let reason): "'\(label)' cannot be published: \(reason)"
        case .notReady(let ceremony, let wait): "program \(ceremony.short): \(wait)"
        default: preconditionFailure("every error has a message")
        }
    }
}
