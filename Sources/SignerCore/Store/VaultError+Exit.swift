package import Model

extension VaultError {
    /// How a program ends that cannot go on because of this.
    package var exit: ProgramExit {
        switch self {
        case .environment: .unsafeEnvironment
        case .busy: .busy
        case .inputOutput: .media
        case .damaged: .vault
        case .rollback: .replayOrRollback
        case .spent: .alreadySpent
        case .refused(let refusal): refusal.exit
        }
    }
}

extension RecordRefusal {
    var exit: ProgramExit {
        switch self {
        case .sequenceRepeated, .sequenceGap, .previousResponseDiffers: .replayOrRollback
        case .exists, .unknown, .alreadyBound, .keyAnnounced, .nameTaken, .keyNotAnnounced:
            .refusedByRule
        case .notCommitted, .counterExhausted: .internalError
        }
    }
}
