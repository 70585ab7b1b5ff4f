import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import MuSig2
import Primitives
import SignerCore
import TestSupport
import Testing
import Validation

/// A second visit in a folder of its own: what the signer reads, and what it lets out.
private struct SigningVisit {
    let folder: String

    private var location: VaultLocation {
        VaultLocation(stateDirectory: folder + "/0/state")
    }
    private var world: String { folder + "/world" }

    /// What the watcher asks for first, and what somebody asks for instead.
    enum Request: String {
        case first, second
    }

    func write(_ bundle: SignedBundle, as request: Request) throws {
        try Data(bundle.bytes).write(to: URL(filePath: folder + "/" + request.rawValue))
    }

    /// Everything that `process` does, from the medium to the medium.
    func process(_ request: Request, _ probe: DurabilityProbe = .none) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + request.rawValue)))
        let signer = try Signer.open(at: location, unlock: SignerOperator.unlock(probe: probe))
        let examination = try signer.examine(bytes, environment: .unexamined)
        switch examination.outcome {
        case .answered(let release): try tell(release)
        case .refused(let error): throw error
        case .ready(let prepared):
            guard
                let confirmation = Confirmation(typed: prepared.screen.phrase, for: prepared)
            else { return }
            try tell(signer.perform(prepared, confirmation))
        }
    }

    /// Lets a release into the world, whence nothing comes back.
    private func tell(_ release: Release) throws {
        try FileManager.default.createDirectory(
            atPath: world, withIntermediateDirectories: true)
        try Data(release.bytes).write(to: URL(filePath: "\(world)/\(release.digest.hex)"))
    }

    /// The different sets of partial signatures that have left.
    func released() throws -> Set<[PartialSignature]> {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: world) else {
            return []
        }
        return try Set(
            names.map { name in
                let bytes = try Data(contentsOf: URL(filePath: "\(world)/\(name)"))
                let bundle = try SignedBundle(decoding: [UInt8](bytes))
                return try PartialSignaturesResponse.decoded(from: bundle.envelope.payload)
                    .signatures
            })
    }
}

/// Whose second visit is interrupted.
enum InterruptedSigner: String, CaseIterable, Sendable {
    case ordinary
    case last
}

@Suite("Signer: loss of power while signing", .serialized)
struct SigningPowerLossTests {
    @Test(
        "Killed at every write of a visit: never two partial signatures of one session",
        arguments: InterruptedSigner.allCases)
    func killed(_ interrupted: InterruptedSigner) async throws {
        let pristine = try prepare(interrupted)
        let points = try await countPoints(pristine)
        #expect(points > 20)
        var burntCount = 0
        var answeredCount = 0
        for point in 1...points {
            let folder = try copy(pristine)
            await #expect(processExitsWith: .signal(SIGKILL), "point \(point)") {
                [folder = folder as String, point = point as Int] in
                KillSwitch.arm(at: point, .before)
                try SigningVisit(folder: folder).process(.first, KillSwitch.probe)
            }
            let visit = SigningVisit(folder: folder)
            let requests: [SigningVisit.Request] =
                point.isMultiple(of: 2) ? [.first, .second, .first] : [.second, .first, .second]
            for request in requests {
                do throws(SignerError) {
                    try mapped { try visit.process(request) }
                } catch {
                    #expect(error.isSpentOrPassed, "point \(point), \(request): \(error)")
                }
            }
            let released = try visit.released()
            #expect(released.count <= 1, "point \(point)")
            if released.isEmpty { burntCount += 1 } else { answeredCount += 1 }
            try FileManager.default.removeItem(atPath: folder)
        }
        // Between the tombstone and the stored answer the session is lost; elsewhere it is not.
        #expect(burntCount > 0)
        #expect(answeredCount > 0)
    }

    private func mapped(_ body: () throws -> Void) throws(SignerError) {
        do {
            try body()
        } catch let error as SignerError {
            throw error
        } catch {
            Issue.record("\(error)")
        }
    }

    /// A ceremony before the visit, with two requests that differ in the others' nonces.
    private func prepare(_ interrupted: InterruptedSigner) throws -> String {
        let folder = try VaultScene.temporaryDirectory()
        let ceremony = try SignerCeremony(
            operatorCount: 2, last: interrupted == .last ? 0 : nil, folder: folder)
        try ceremony.register()
        try ceremony.releaseNonces()
        // Folder 0 is that of the operator that was made first, whatever its place.
        let who = try #require(ceremony.operators.first { $0.folder == folder + "/0" })
        let peer = try #require(ceremony.operators.first { $0.identity != who.identity })
        let visit = SigningVisit(folder: folder)
        let sound = try ceremony.partialsPayload(who)
        try visit.write(
            who.request(.partialSignatures, sound, ceremony.id), as: .first)
        let bundle = try #require(ceremony.nonceBundles[peer.identity])
        let response = try NoncesResponse.decoded(from: bundle.envelope.payload)
        let others = try response.nonces.indices.map { index in
            PubNonce(
                try FixtureKey("first \(index)").publicKey,
                try FixtureKey("second \(index)").publicKey)
        }
        let forged = try peer.forge(
            bundle.envelope.changing(
                payload: NoncesResponse(
                    attempt: 1, graphDigest: response.graphDigest, nonces: others
                ).encoded()))
        let attack = PartialSignaturesRequest(
            attempt: 1, graphDigest: sound.graphDigest, nonceBundles: [forged.bytes],
            evidence: sound.evidence)
        try visit.write(who.request(.partialSignatures, attack, ceremony.id), as: .second)
        return folder
    }

    private func copy(_ pristine: String) throws -> String {
        let folder = try VaultScene.temporaryDirectory()
        for name in ["0", "first", "second"] {
            try FileManager.default.copyItem(
                atPath: "\(pristine)/\(name)", toPath: "\(folder)/\(name)")
        }
        return folder
    }

    private func countPoints(_ pristine: String) async throws -> Int {
        let folder = try copy(pristine)
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            KillSwitch.arm(at: .max, .before)
            try SigningVisit(folder: folder).process(.first, KillSwitch.probe)
            try Data("\(KillSwitch.passed)".utf8).write(to: URL(filePath: folder + "/count"))
        }
        let text = try String(contentsOfFile: folder + "/count", encoding: .utf8)
        return try #require(Int(text))
    }
}

extension SignerError {
    /// The refusals that an interrupted visit may leave behind.
    fileprivate var isSpentOrPassed: Bool {
        switch self {
        case .vault(.spent): true
        case .session(.attemptUsed), .session(.attemptOpen): true
        case .refused: firstRule == "BND-SEQUENCE"
        default: false
        }
    }
}
