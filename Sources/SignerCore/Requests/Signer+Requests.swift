import Curve
package import Exchange
import Model
package import Primitives
package import Validation

/// A person's word for one request, and only that one.
package struct Confirmation: Hashable, Sendable {
    let request: Bytes32

    /// The exact phrase of the screen.
    ///
    /// - Returns: nil for anything else.
    package init?(typed phrase: String, for prepared: PreparedRequest) {
        guard phrase == prepared.screen.phrase else { return nil }
        request = prepared.bundle.digest
    }

    /// The whole digest of the request, for scripted ceremonies.
    ///
    /// - Returns: nil for the digest of another request.
    package init?(digest: Bytes32, for prepared: PreparedRequest) {
        guard digest == prepared.bundle.digest else { return nil }
        request = digest
    }

    /// A status request changes nothing that anybody has to agree to.
    package init?(unaskedFor prepared: PreparedRequest) {
        guard case .status = prepared.work else { return nil }
        request = prepared.bundle.digest
    }
}

/// A request that met every rule and waits for a person.
package struct PreparedRequest {
    package let bundle: SignedBundle
    package let screen: Screen
    let work: RequestWork
    /// The vault's commit that it was judged against.
    let commit: UInt64

    /// Shows what the judge has found due; nothing else may be prepared but what has met every rule.
    package init(
        _ work: RequestWork, shownBy context: ScreenContext
    ) throws(SignerError) {
        bundle = context.bundle
        screen = try context.screen(of: work)
        self.work = work
        commit = context.signer.vault.commit
    }

    package var needsConfirmation: Bool {
        if case .status = work { return false }
        return true
    }
}

/// What became of a request when it was looked at.
///
/// Looking changes nothing.
package struct Examination {
    package enum Outcome {
        /// It was answered before: these are the same bytes.
        case answered(Release)
        case refused(SignerError)
        case ready(PreparedRequest)
    }

    package let bundle: SignedBundle
    package let report: RuleReport
    package let outcome: Outcome
}

extension Signer {
    /// Reads and judges a request.
    ///
    /// - Parameter environment: Shown on the screen beside the request.
    /// - Throws: What stands between the bytes and a bundle, and failures of the vault. A request
    ///   that is refused is an outcome.
    package func examine(
        _ bytes: [UInt8], environment: EnvironmentFacts
    ) throws(SignerError) -> Examination {
        let bundle = try SignerError.exchange { () throws(ExchangeError) in
            try SignedBundle(decoding: bytes)
        }
        if let release = try answered(bundle) {
            return Examination(
                bundle: bundle, report: RuleReport(), outcome: .answered(release))
        }
        var judge = RequestJudge(self, bundle)
        do throws(SignerError) {
            let work = try judge.work()
            let context = ScreenContext(
                signer: self, bundle: bundle, report: judge.report, environment: environment)
            return Examination(
                bundle: bundle, report: judge.report,
                outcome: .ready(try PreparedRequest(work, shownBy: context)))
        } catch {
            if case .vault(let fault) = error, !fault.isAboutTheRequest { throw error }
            return Examination(
                bundle: bundle, report: judge.report, outcome: .refused(error))
        }
    }

    /// The stored response to the last request of its sender.
    private func answered(_ bundle: SignedBundle) throws(SignerError) -> Release? {
        try SignerError.vault { () throws(VaultError) in
            try vault.resend(channel: bundle.envelope.sender.bytes, requestDigest: bundle.digest)
        }
    }

    /// Does what a confirmed request asks for, and makes it durable before it returns.
    ///
    /// - Throws: `.refused` and `.signing` also after a session was burnt; that session is lost.
    package func perform(
        _ prepared: PreparedRequest, _ confirmation: Confirmation
    ) throws(SignerError) -> Release {
        guard confirmation.request == prepared.bundle.digest else {
            throw .session(.otherConfirmation)
        }
        guard prepared.commit == vault.commit else { throw .session(.examinedBefore) }
        let responder = try Responder(self, to: prepared.bundle)
        switch prepared.work {
        case .registration(let work): return try register(work, responder)
        case .nonces(let work): return try releaseNonces(work, responder)
        case .partialSignatures(let work): return try signPartially(work, responder)
        case .lastSignatures(let work): return try signLast(work, responder)
        case .reveal(let work): return try reveal(work, responder)
        case .status: return try reportStatus(responder)
        }
    }

    private func reportStatus(_ responder: borrowing Responder) throws(SignerError) -> Release {
        try commit(responder) { transaction throws(VaultError) in
            try responder.note(transaction)
            return StatusResponse(
                epoch: transaction.epoch,
                ceremonies: try transaction.ceremonies.all().map { CeremonyID($0.ceremony) })
        }
    }

    /// Makes changes, signs a response over them, stores it, and releases it from the receipt of
    /// that one commit.
    func commit(
        _ responder: borrowing Responder,
        _ body: (VaultTransaction) throws(VaultError) -> some BundlePayload
    ) throws(SignerError) -> Release {
        try commit(responder, body) { _, _ throws(VaultError) in }
    }

    /// - Parameter finish: Stores the response's bytes where else they belong.
    func commit(
        _ responder: borrowing Responder,
        _ body: (VaultTransaction) throws(VaultError) -> some BundlePayload,
        finish: (VaultTransaction, SignedBundle) throws(VaultError) -> Void
    ) throws(SignerError) -> Release {
        do throws(VaultError) {
            let committed = try vault.transaction { transaction throws(VaultError) in
                let payload = try body(transaction)
                let response = try responder.response(payload, transaction)
                try finish(transaction, response)
                let channel = responder.request.envelope.sender.bytes
                let step = ChannelStep(
                    channel: channel, sequence: responder.request.envelope.sequence,
                    previousResponse: try transaction.channels.state(channel)?.response,
                    request: responder.request.digest)
                try transaction.channels.advance(step, response: response.bytes)
                return response.bytes
            }
            return try committed.receipt.release(committed.value)
        } catch { throw .vault(error) }
    }
}

extension VaultError {
    /// Whether the request is at fault, and not the vault.
    var isAboutTheRequest: Bool {
        switch self {
        case .spent, .refused: true
        case .environment, .busy, .inputOutput, .damaged, .rollback: false
        }
    }
}
