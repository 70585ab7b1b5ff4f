import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import Validation
import Winternitz

/// Judges one request, group of rules by group, and stops at the first group with an error.
///
/// It reads the state and changes nothing.
struct RequestJudge {
    let signer: Signer
    let bundle: SignedBundle
    private(set) var report = RuleReport()

    init(_ signer: Signer, _ bundle: SignedBundle) {
        self.signer = signer
        self.bundle = bundle
    }

    private var vault: Vault { signer.vault }
    private var me: XOnlyPublicKey { signer.profile.identity }

    /// What the request asks for.
    ///
    /// - Throws: `.refused` with the report so far, or why the request does not fit the state.
    mutating func work() throws(SignerError) -> RequestWork {
        let subject = try bundleSubject()
        try apply(BundleRules.place, to: subject)
        try apply([BundleRules.payload], to: subject)
        let payload = try SignerError.exchange { () throws(ExchangeError) in
            try RequestPayload(of: bundle.envelope)
        }
        switch payload {
        case .registration(let request): return try registration(request)
        case .nonces(let request): return try nonces(request)
        case .partialSignatures(let request): return try partialSignatures(request)
        case .reveal(let request): return try reveal(request)
        case .status: return .status(ceremonyCount: subject.ceremonies.count)
        }
    }

    private mutating func apply<Subject>(
        _ rules: [Rule<Subject>], to subject: Subject
    ) throws(SignerError) {
        report.apply(rules, to: subject)
        try report.requireMet()
    }

    private func bundleSubject() throws(SignerError) -> BundleSubject {
        let watchers = try signer.peers().filter { $0.role == .watcher }.map(\.identity)
        return try SignerError.vault { () throws(VaultError) in
            let channel = try vault.channels.state(bundle.envelope.sender.bytes)
            let last = try channel.map { state throws(VaultError) in
                try lastResponse(state)
            }
            return BundleSubject(
                bundle: bundle, me: me, network: signer.profile.network,
                watchers: Set(watchers),
                ceremonies: Set(try vault.ceremonies.all().map { CeremonyID($0.ceremony) }),
                lastSequence: channel?.sequence ?? 0,
                lastResponseDigest: last?.digest ?? .zero,
                isHeadKnown: try vault.log.contains(bundle.envelope.head))
        }
    }

    private func lastResponse(_ state: ChannelState) throws(VaultError) -> SignedBundle {
        let reference = RecordReference(table: "blob", key: state.response.bytes)
        guard let bytes = try vault.blobs.bytes(state.response) else {
            throw .damaged(.recordMissing(reference))
        }
        guard let response = try? SignedBundle(decoding: bytes) else {
            throw .damaged(.recordMalformed(reference))
        }
        return response
    }

    // MARK: - First visit

    private mutating func registration(
        _ request: RegistrationRequest
    ) throws(SignerError) -> RequestWork {
        let subject = DefinitionSubject(
            definition: request.definition, announced: bundle.envelope.ceremony, me: me,
            network: signer.profile.network, signers: try signer.signers(),
            policy: signer.policy,
            usedSecretHashes: try secretHashes(outside: request.definition.id))
        try apply(DefinitionRules.all, to: subject)
        let ceremony = request.definition.id
        let known = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.ceremony(ceremony.digest)
        }
        guard known == nil else { throw .session(.alreadyRegistered(ceremony)) }
        return .registration(
            RegistrationWork(
                request.definition, declaring: request.definition.variables))
    }

    /// The secret hashes of registered programs.
    private func secretHashes(outside id: CeremonyID) throws(SignerError) -> Set<Bytes32> {
        let known = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.all().map { CeremonyID($0.ceremony) }
        }
        var hashes: Set<Bytes32> = []
        for ceremony in known where ceremony != id {
            hashes.insert(try signer.definition(ceremony).lock.secretHash)
        }
        return hashes
    }

    private mutating func nonces(_ request: NoncesRequest) throws(SignerError) -> RequestWork {
        let definition = try definition()
        let isLast = definition.lastSigner.map { definition.participants[$0].identity == me }
        guard isLast != true else { throw .session(.signsLast) }
        try requireNewAttempt(request.attempt, definition.id)
        return .nonces(try graph(definition, request.evidence, attempt: request.attempt))
    }

    /// How many attempts a watcher may have lost on the way between two visits.
    private static let attemptStepLimit: UInt32 = 16

    /// An attempt begins once, and only when no older one is open.
    private func requireNewAttempt(
        _ attempt: UInt32, _ ceremony: CeremonyID
    ) throws(SignerError) {
        let last = try SignerError.vault { () throws(VaultError) in
            try vault.settings.session(of: ceremony)
        }
        let lastAttempt = last?.attempt ?? 0
        guard attempt > lastAttempt else {
            throw .session(.attemptUsed(asked: attempt, last: lastAttempt))
        }
        // Whoever could name any attempt could use the last one up, and the ceremony with it.
        guard attempt - lastAttempt <= Self.attemptStepLimit else {
            throw .session(.attemptTooFar(asked: attempt, last: lastAttempt))
        }
        let open = try SignerError.vault { () throws(VaultError) in
            try vault.nonceSessions.open(in: NonceSlot(setupOf: ceremony))
        }
        guard open == nil else { throw .session(.attemptOpen(attempt: lastAttempt)) }
    }

    private mutating func graph(
        _ definition: CeremonyDefinition, _ evidence: GraphEvidence, attempt: UInt32
    ) throws(SignerError) -> GraphWork {
        let announced = try SignerError.exchange { () throws(ExchangeError) in
            try evidence.keysBundles.map { bytes throws(ExchangeError) in
                try AnnouncedKeys(decoding: bytes)
            }
        }
        try apply(KeyRules.all, to: keySubject(definition, announced))
        let keys = announced.map(\.keys)
        let aggregates = try SignerError.program { () throws(ProgramError) in
            try ProgramAggregates(definition: definition, keys: keys)
        }
        try apply(
            FundingRules.all,
            to: FundingSubject(aggregates: aggregates, funding: evidence.funding))
        let program = try SignerError.program { () throws(ProgramError) in
            try ProgramGraph(definition: definition, keys: keys, funding: evidence.funding)
        }
        let bound = try SignerError.vault { () throws(VaultError) in
            try vault.ceremonies.ceremony(definition.id.digest)?.graph
        }
        try apply(
            GraphRules.all,
            to: GraphSubject(
                program: program, evidence: evidence, boundDigest: bound, me: me,
                policy: signer.policy))
        let plan = SessionPlan(program, attempt: attempt, me: try signer.own(program))
        return GraphWork(
            plan: plan, evidence: evidence, announced: announced, isFirst: bound == nil)
    }

    private func keySubject(
        _ definition: CeremonyDefinition, _ announced: [AnnouncedKeys]
    ) throws(SignerError) -> KeySubject {
        let mine = try signer.announcedKeys(definition.id)
        var used = UsedOneTimeKeys(me: me)
        for participant in announced {
            let identity = participant.keys.identity
            for (variable, key) in participant.keys.oneTimeKeys {
                let isUsed = try isAnnounced(
                    key.digest, by: identity, otherThan: definition, variable)
                if isUsed { used.insert(key.digest, of: identity) }
                // A copy of a key of mine, whatever it is called.
                let isMine = try isAnnounced(
                    key.digest, by: me, otherThan: definition, variable)
                if isMine { used.insert(key.digest, of: me) }
            }
        }
        return KeySubject(
            definition: definition, announced: announced, mine: mine, usedOneTimeKeys: used)
    }

    /// Whether somebody has announced a one-time key under another name than this variable's.
    private func isAnnounced(
        _ digest: Bytes32, by identity: XOnlyPublicKey,
        otherThan definition: CeremonyDefinition, _ variable: VariableName
    ) throws(SignerError) -> Bool {
        let owner: OneTimeKeyOwner = identity == me ? .me : .peer(identity: identity.bytes)
        let name = try SignerError.vault { () throws(VaultError) in
            try vault.oneTime.announcedName(digest, by: owner)
        }
        return name != nil && name != OneTimeKeyName(definition, variable, owner: owner)
    }

    // MARK: - Second visit

    private mutating func partialSignatures(
        _ request: PartialSignaturesRequest
    ) throws(SignerError) -> RequestWork {
        let definition = try definition()
        let others = try SignerError.exchange { () throws(ExchangeError) in
            try request.nonceBundles.map { bytes throws(ExchangeError) in
                try AnnouncedNonces(decoding: bytes)
            }
        }
        let last = definition.lastSigner.map { definition.participants[$0].identity }
        if last == me {
            return try lastSignatures(request, definition, others)
        }
        guard request.evidence == nil else { throw .session(.evidenceSurplus) }
        let (record, program) = try signer.begun(definition)
        guard request.attempt == record.attempt else {
            throw .session(.attemptDiffers(asked: request.attempt, current: record.attempt))
        }
        guard request.graphDigest == record.graph else {
            throw .session(.graphDiffers(asked: request.graphDigest, bound: record.graph))
        }
        let requestDigest = bundle.digest
        try SignerError.vault { () throws(VaultError) in
            try vault.nonceSessions.checkBurn(record.session, request: requestDigest)
        }
        let plan = SessionPlan(
            program, attempt: record.attempt, me: try signer.own(program))
        let work = PartialWork(
            plan: plan, session: record.session, others: others,
            released: try signer.releasedNonces(record.session))
        try apply(NonceRules.all, to: NonceSubject(work, mine: work.released))
        return .partialSignatures(work)
    }

    private mutating func lastSignatures(
        _ request: PartialSignaturesRequest, _ definition: CeremonyDefinition,
        _ others: [AnnouncedNonces]
    ) throws(SignerError) -> RequestWork {
        guard let evidence = request.evidence else { throw .session(.evidenceMissing) }
        try requireNewAttempt(request.attempt, definition.id)
        let graph = try graph(definition, evidence, attempt: request.attempt)
        guard request.graphDigest == graph.program.digest else {
            throw .session(
                .graphDiffers(asked: request.graphDigest, bound: graph.program.digest))
        }
        try apply(
            NonceRules.all,
            to: NonceSubject(
                program: graph.program, attempt: request.attempt, me: me, others: others,
                mine: nil, releasedDigest: nil))
        return .lastSignatures(LastWork(graph: graph, others: others))
    }

    // MARK: - Third visit

    private mutating func reveal(_ request: RevealRequest) throws(SignerError) -> RequestWork {
        let definition = try definition()
        let (_, program) = try signer.begun(definition)
        let own = try signer.own(program)
        let key = own.oneTimeKeys[request.variable].map { publicKey in
            OneTimeKey(
                name: OneTimeKeyName(definition, request.variable, owner: .me),
                publicKeyDigest: publicKey.digest)
        }
        let signed = try SignerError.vault { () throws(VaultError) in
            try key.flatMap { key throws(VaultError) in
                try vault.oneTime.spent(key.publicKeyDigest)?.messageDigest
            }
        }
        try apply(
            RevealRules.all,
            to: RevealSubject(
                program: program, request: request, signedDigest: signed,
                policy: signer.policy))
        guard let key,
            let variable = definition.variables.first(where: { $0.name == request.variable })
        else { preconditionFailure("rules KEY-ONE-TIME and OTS-VARIABLE name the same keys") }
        let work = RevealWork(program: program, request: request, variable: variable, key: key)
        try SignerError.vault { () throws(VaultError) in
            _ = try vault.oneTime.check(key, messageDigest: work.messageDigest)
        }
        return .reveal(work)
    }

    /// The registered definition of the ceremony that the request names.
    private func definition() throws(SignerError) -> CeremonyDefinition {
        guard let ceremony = bundle.envelope.ceremony else {
            preconditionFailure("rule BND-CEREMONY asks for a ceremony")
        }
        return try signer.definition(ceremony)
    }
}
