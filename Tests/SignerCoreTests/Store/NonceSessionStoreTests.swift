import GRDB
import Model
import Primitives
import SignerCore
import Testing

@Suite("Nonce sessions")
struct NonceSessionStoreTests {
    private let first = Sample.digest("round two")
    private let other = Sample.digest("another round two")

    @Test("From reservation to signature")
    func wholeWay() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let (session, release) = try vault.releaseNonces()
        #expect(release.bytes == Sample.nonces)
        #expect(try vault.nonceSessions.open(in: Sample.slot)?.id == session)

        let burnt = try vault.burn(session, requestDigest: first)
        let ticket = burnt.ticket
        let root = burnt.takeRoot()
        let bytes = root.withBytes { span in span.indices.map { span[$0] } }
        #expect(bytes == Sample.root)
        #expect(try vault.nonceSessions.session(session)?.state == .burnt(request: first))
        #expect(try vault.nonceSessions.open(in: Sample.slot) == nil)
        #expect(try rootCount(scene) == 0)

        let committed = try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: Sample.signatures)
        }
        #expect(try committed.receipt.release(Sample.signatures).digest == digest())
        #expect(
            try vault.nonceSessions.session(session)?.state
                == .signed(request: first, response: digest()))
        let kinds = try vault.log.newest(4).map(\.event.kind)
        #expect(
            kinds == [
                .nonceSessionReserved, .noncesReleased, .nonceSessionBurnt, .nonceSessionSigned,
            ])
    }

    @Test("(a) The reservation is durable before the nonces may leave")
    func reservedFirst() throws {
        let scene = try VaultScene()
        let receipt = try scene.create().releaseNonces().release.receipt
        let vault = try scene.open()
        #expect(vault.commit == receipt.commit)
        #expect(try vault.nonceSessions.open(in: Sample.slot) != nil)
    }

    @Test("(b) The root is handed out once, and only after its tombstone is durable")
    func onlyOnce() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try vault.releaseNonces().session
        let burnt = try vault.burn(session, requestDigest: first)
        #expect(
            try scene.query { try Int.fetchOne($0, sql: "SELECT count(*) FROM nonce_root") } == 0)
        _ = burnt.takeRoot()
        #expect(throws: VaultError.spent(.sessionBurnt(session: session, request: first))) {
            try vault.burnAndDrop(session, first)
        }
    }

    @Test("(c) The stored response is sent again, the same bytes, also after opening anew")
    func resend() throws {
        let scene = try VaultScene()
        try sign(scene.create())
        for _ in 0..<2 {
            let vault = try scene.open()
            #expect(try vault.resend(requestDigest: first)?.bytes == Sample.signatures)
        }
        let session = try #require(try scene.open().nonceSessions.all().first).id
        let error = VaultError.spent(.sessionSigned(session: session, request: first))
        #expect(throws: error) { try scene.open().burnAndDrop(session, first) }
    }

    @Test("(d) Another request for a spent session is refused for ever")
    func otherRequest() throws {
        let scene = try VaultScene()
        let session = try scene.create().releaseNonces().session
        let error = VaultError.spent(
            .sessionSpent(session: session, burntFor: first, asked: other))
        let vault = try scene.open()
        let ticket = try burn(vault, session)
        #expect(throws: error) { try vault.burnAndDrop(session, other) }
        try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: Sample.signatures)
        }
        #expect(throws: error) { try vault.burnAndDrop(session, other) }
        _ = consume vault
        #expect(throws: error) { try scene.open().burnAndDrop(session, other) }
        #expect(error.exit == .alreadySpent)
        #expect(try scene.open().resend(requestDigest: other) == nil)
    }

    @Test("(e) A repeated first round gets the same nonces while they are unspent")
    func repeatedRoundOne() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try vault.releaseNonces().session
        let again = Sample.reservation(request: "the same, asked again")
        let committed = try vault.transaction { transaction throws(VaultError) in
            let root = [UInt8](repeating: 9, count: 32)
            return try transaction.nonceSessions.reserve(again, root: root.span)
        }
        #expect(committed.value == .released(session: session, response: Sample.nonces))
        #expect(try committed.receipt.release(Sample.nonces).bytes == Sample.nonces)
        let request = Sample.digest("round one")
        #expect(try vault.resend(requestDigest: request)?.bytes == Sample.nonces)
        _ = try burn(vault, session)
        let error = VaultError.spent(.sessionNotReady(session: session, state: "burnt"))
        #expect(throws: error) { try vault.resend(requestDigest: request) }
    }

    @Test("(e) A first round over something else needs the open session aborted")
    func occupied() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try vault.releaseNonces().session
        let changed = Sample.reservation("another graph", request: "another round one")
        let error = VaultError.spent(
            .slotOccupied(
                session: session, digest: Sample.digest("graph"),
                asked: Sample.digest("another graph")))
        #expect(throws: error) {
            try vault.transaction { transaction throws(VaultError) in
                let root = Sample.root
                return try transaction.nonceSessions.reserve(changed, root: root.span)
            }
        }
        try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.abort(session, reason: "the graph has changed")
        }
        #expect(try rootCount(scene) == 0)
        let next = try vault.releaseNonces(changed).session
        #expect(next != session)
        #expect(throws: VaultError.spent(.sessionAborted(session: session))) {
            try vault.burnAndDrop(session, first)
        }
    }

    @Test("(f) A session without a stored response stays burnt; a new first round is possible")
    func burntForEver() throws {
        let scene = try VaultScene()
        let session = try scene.create().releaseNonces().session
        _ = try burn(scene.open(), session)
        let vault = try scene.open()
        let error = VaultError.spent(.sessionBurnt(session: session, request: first))
        #expect(throws: error) { try vault.resend(requestDigest: first) }
        #expect(throws: error) { try vault.burnAndDrop(session, first) }
        #expect("\(error)".contains("new first round"))
        let next = try vault.releaseNonces().session
        #expect(next != session)
        #expect(throws: VaultError.spent(.requestUsed(request: first, session: session))) {
            try vault.burnAndDrop(next, first)
        }
        _ = try vault.burn(next, requestDigest: other).takeRoot()
    }

    @Test("A reservation whose nonces never left takes the new root")
    func replacedRoot() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        for byte in [1, 2] as [UInt8] {
            try vault.transaction { transaction throws(VaultError) in
                let root = [UInt8](repeating: byte, count: 32)
                _ = try transaction.nonceSessions.reserve(Sample.reservation(), root: root.span)
            }
        }
        let session = try #require(try vault.nonceSessions.open(in: Sample.slot))
        #expect(session.state == .reserved)
        #expect(try vault.nonceSessions.all().count == 1)
        #expect(try vault.resend(requestDigest: Sample.digest("round one")) == nil)
        let notReady = VaultError.spent(
            .sessionNotReady(session: session.id, state: "reserved"))
        #expect(throws: notReady) { try vault.burnAndDrop(session.id, first) }
        try vault.transaction { transaction throws(VaultError) in
            let root = [UInt8](repeating: 3, count: 32)
            let outcome = try transaction.nonceSessions.reserve(
                Sample.reservation(), root: root.span)
            guard case .reserved(let reserved) = outcome else { return }
            try transaction.nonceSessions.commitNonces(reserved, response: Sample.nonces)
        }
        let root = try vault.burn(session.id, requestDigest: first).takeRoot()
        #expect(root.withBytes { $0[0] } == 3)
    }

    @Test("An aborted burnt session still names the request that spent it")
    func abortedAfterBurning() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try vault.releaseNonces().session
        let ticket = try burn(vault, session)
        try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.abort(session, reason: "given up")
        }
        #expect(
            throws: VaultError.spent(
                .sessionSpent(session: session, burntFor: first, asked: other))
        ) { try vault.burnAndDrop(session, other) }
        #expect(throws: VaultError.spent(.sessionAborted(session: session))) {
            try vault.burnAndDrop(session, first)
        }
        let notReady = VaultError.spent(.sessionNotReady(session: session, state: "aborted"))
        #expect(throws: notReady) {
            try vault.transaction { transaction throws(VaultError) in
                try transaction.nonceSessions.storeResponse(ticket, response: [1])
            }
        }
    }

    @Test("A signed session cannot be aborted, an unknown one is unknown")
    func wrongState() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try sign(vault)
        #expect(throws: VaultError.spent(.sessionSigned(session: session, request: first))) {
            try vault.transaction { transaction throws(VaultError) in
                try transaction.nonceSessions.abort(session, reason: "too late")
            }
        }
        #expect(throws: VaultError.spent(.sessionUnknown(.zero))) {
            try vault.burnAndDrop(.zero, first)
        }
    }

    private func digest() -> Bytes32 { SHA256.hash(Sample.signatures) }

    private func burn(_ vault: Vault, _ session: Bytes32) throws -> BurntTicket {
        let burnt = try vault.burn(session, requestDigest: first)
        let ticket = burnt.ticket
        _ = burnt.takeRoot()
        return ticket
    }

    @discardableResult
    private func sign(_ vault: Vault) throws -> Bytes32 {
        let session = try vault.releaseNonces().session
        let ticket = try burn(vault, session)
        try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: Sample.signatures)
        }
        return session
    }

    private func rootCount(_ scene: VaultScene) throws -> Int? {
        try scene.query { try Int.fetchOne($0, sql: "SELECT count(*) FROM nonce_root") }
    }
}
