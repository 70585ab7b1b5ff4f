package import Bitcoin
package import Curve
package import Exchange
package import Model
package import Primitives
package import Protocols
package import Validation

/// Why a watcher refused something; its state is as before.
package enum WatcherError: Error, Equatable {
    case damagedEvent(reason: String)
    case exchange(ExchangeError)
    case wrongNetwork(found: Network, expected: Network)
    /// A bundle that is fine but has no business here.
    case unexpectedBundle(found: String, expected: String)
    case notASigner(OperatorName)
    case nameTaken(OperatorName, by: XOnlyPublicKey, claimedBy: XOnlyPublicKey)
    case relationTaken(OperatorName, relation: SignerRelation)
    case secondSigner(OperatorName, enrolled: OperatorName)
    case noSigner
    case unknownSender(XOnlyPublicKey)
    case wrongRecipient(XOnlyPublicKey)
    case unknownCeremony(String)
    case ambiguousCeremony(String, matches: Int)
    case notAParticipant(OperatorName, CeremonyID)
    /// One sender, one slot, two contents: both were signed by its identity key.
    case conflict(OperatorName, what: String, first: Bytes32, second: Bytes32)
    /// Two different log entries of one signer with the same number.
    case forkedLog(OperatorName, index: UInt64, first: Bytes32, second: Bytes32)
    case logWentBack(seen: LogHead, found: LogHead)
    /// A response of the own signer that answers no open request.
    case unexpectedResponse(sequence: UInt64, last: UInt64)
    case answersAnotherRequest(expected: String, found: String)
    case requestOutOfLine(sequence: UInt64, expected: UInt64)
    case outstanding(sequence: UInt64, what: String, ceremony: CeremonyID?)
    case rule(RuleViolation, broken: [RuleID])
    case program(ProgramError)
    case waiting([ProgramWait])
    case noPrograms
    case fundingIsBound(CeremonyID)
    case attemptNotBegun(CeremonyID, attempt: UInt32)
    /// A bundle of an attempt that cannot have begun yet: more than one ahead.
    case attemptTooFar(CeremonyID, attempt: UInt32, current: UInt32)
    case alreadyReady(CeremonyID)
    case invalidReceipt(OperatorName, reason: String)
    case invalidSignature(place: String)
    case unknownTransaction(String, known: [String])
    case notPublishable(label: String, reason: String)
    case notReady(CeremonyID, wait: String)
}

/// A program that cannot go on, and why.
package struct ProgramWait: Hashable, Sendable {
    package let ceremony: CeremonyID
    package let step: NextStep

    package init(ceremony: CeremonyID, step: NextStep) {
        self.ceremony = ceremony
        self.step = step
    }
}

extension WatcherError {
    /// How a program ends that stops at this error.
    package var exit: ProgramExit {
        switch self {
        case .exchange(let error): Self.exit(error)
        case .damagedEvent: .media
        case .unexpectedBundle: .malformed
        case .wrongNetwork, .wrongRecipient, .notAParticipant, .notASigner, .nameTaken,
            .relationTaken, .secondSigner, .notPublishable, .program, .attemptTooFar:
            .refusedByRule
        case .unknownSender, .invalidReceipt, .invalidSignature: .badSignature
        case .conflict, .forkedLog, .logWentBack, .unexpectedResponse, .answersAnotherRequest,
            .requestOutOfLine:
            .replayOrRollback
        case .rule(let violation, _): violation.exit
        case .fundingIsBound: .graphDiffers
        case .ambiguousCeremony, .unknownTransaction, .alreadyReady, .attemptNotBegun: .usage
        case .noSigner, .unknownCeremony, .outstanding, .waiting, .noPrograms, .notReady:
            .incomplete
        }
    }

    private static func exit(_ error: ExchangeError) -> ProgramExit {
        switch error {
        case .badSignature: .badSignature
        case .media, .fileExists, .readBackDiffers, .notARegularFile, .checksumDiffers: .media
        case .tooLarge, .notABundle, .unsupportedVersion, .malformed, .unknownKind,
            .unexpectedKind:
            .malformed
        }
    }
}
