import Curve
import Exchange
import Foundation
import Model
import Primitives
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

/// A visit that reveals a value, in a folder of its own.
private struct RevealVisit {
    let folder: String
    /// Place in the ceremony's declarations.
    let variableIndex: Int

    /// What the watcher asks for first, and what somebody asks for instead.
    enum Request: UInt8 {
        case first = 1
        case second = 2

        var message: [UInt8] { [UInt8](repeating: rawValue, count: 20) }
    }

    private var location: VaultLocation { VaultLocation(stateDirectory: folder + "/0/state") }
    private var world: String { folder + "/world" }

    private func bundle(_ name: String) throws -> SignedBundle {
        try SignedBundle(decoding: [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
    }

    func program() throws -> ProgramGraph {
        let definition = try RegistrationRequest.decoded(
            from: bundle("registration").envelope.payload
        ).definition
        return try DeclaredCeremony.program(definition, [bundle("keys-0"), bundle("keys-1")])
    }

    /// Everything from the request to the answer on the medium, the judge excepted.
    ///
    /// Whatever the watcher asks for is found due: only the ledger stands against a second message.
    func process(
        _ request: Request, _ variable: VariableDeclaration, _ probe: DurabilityProbe = .none
    ) throws {
        let bundle = try bundle("request-\(request.rawValue)")
        let signer = try Signer.open(at: location, unlock: SignerOperator.unlock(probe: probe))
        let examination = try signer.examine(bundle.bytes, environment: .unexamined)
        if case .answered(let release) = examination.outcome {
            return try tell(release)
        }
        let work = try DeclaredCeremony.work(bundle, variable, in: program())
        let prepared = try PreparedRequest(
            work,
            shownBy: ScreenContext(
                signer: signer, bundle: bundle, report: RuleReport(), environment: .unexamined))
        let confirmation = try #require(
            Confirmation(typed: prepared.screen.phrase, for: prepared))
        try tell(signer.perform(prepared, confirmation))
    }

    /// Lets a release into the world, whence nothing comes back.
    private func tell(_ release: Release) throws {
        try FileManager.default.createDirectory(atPath: world, withIntermediateDirectories: true)
        try Data(release.bytes).write(to: URL(filePath: "\(world)/\(release.digest.hex)"))
    }

    /// What has left.
    func released() throws -> [RevealResponse] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: world) else {
            return []
        }
        return try names.map { name in
            try RevealResponse.decoded(from: bundle("world/\(name)").envelope.payload)
        }
    }
}

@Suite("Signer: loss of power while revealing", .serialized)
struct RevealPowerLossTests {
    @Test("Killed at every write of a reveal: one message for a key", arguments: [1, 3])
    func killed(_ variableIndex: Int) async throws {
        let (pristine, variables) = try prepare(variableIndex)
        let variable = variables[variableIndex]
        let points = try await countPoints(pristine, variableIndex)
        #expect(points > 10)
        var counts = [0, 0]
        for point in 1...points {
            let folder = try copy(pristine)
            await #expect(processExitsWith: .signal(SIGKILL), "point \(point)") {
                [
                    folder = folder as String, point = point as Int,
                    variableIndex = variableIndex as Int
                ] in
                KillSwitch.arm(at: point, .before)
                try RevealPowerLossTests.visit(folder, variableIndex, KillSwitch.probe)
            }
            let visit = RevealVisit(folder: folder, variableIndex: variableIndex)
            #expect(try visit.released().isEmpty, "point \(point)")
            let requests: [RevealVisit.Request] =
                point.isMultiple(of: 2) ? [.first, .second, .first] : [.second, .first, .second]
            for request in requests { attempt(visit, request, variable, point) }
            let released = try visit.released()
            #expect(Set(released).count == 1, "point \(point)")
            let program = try visit.program()
            for response in released {
                let signer = try #require(owner(of: response, in: program))
                #expect(
                    RevealedValue(program: program, signer: signer, response: response).fault
                        == nil)
                counts[response.message == RevealVisit.Request.first.message ? 0 : 1] += 1
            }
            try FileManager.default.removeItem(atPath: folder)
        }
        // Before the commit either message may come; after it the first one has come for good.
        #expect(counts[0] > 0 && counts[1] > 0, "\(counts)")
    }

    private func attempt(
        _ visit: RevealVisit, _ request: RevealVisit.Request, _ variable: VariableDeclaration,
        _ point: Int
    ) {
        do {
            try visit.process(request, variable)
        } catch SignerError.vault(.spent), SignerError.vault(.refused) {
            return
        } catch {
            Issue.record("point \(point), \(request): \(error)")
        }
    }

    private func owner(
        of response: RevealResponse, in program: ProgramGraph
    ) -> XOnlyPublicKey? {
        program.participants.first { keys in
            keys.oneTimeKeys[response.variable]?.verify(
                response.signature, of: response.message) == true
        }?.identity
    }

    private static func visit(
        _ folder: String, _ variableIndex: Int, _ probe: DurabilityProbe
    ) throws {
        let variables = try DeclaredCeremony.declared()
        try RevealVisit(folder: folder, variableIndex: variableIndex).process(
            .first, variables[variableIndex], probe)
    }

    /// A ceremony before the visit, with two requests that differ in the message.
    private func prepare(_ variableIndex: Int) throws -> (String, [VariableDeclaration]) {
        let folder = try VaultScene.temporaryDirectory()
        let scene = try DeclaredCeremony(folder: folder)
        func write(_ bundle: SignedBundle, _ name: String) throws {
            try Data(bundle.bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        // Folder 0 is that of the operator that was made first, whatever its place.
        let who = try #require(scene.operators.first { $0.folder == folder + "/0" })
        try write(scene.ceremony.registration(who), "registration")
        for (index, bundle) in scene.keysBundles.enumerated() {
            try write(bundle, "keys-\(index)")
        }
        let variable = scene.variables[variableIndex]
        for request in [RevealVisit.Request.first, .second] {
            try write(scene.request(who, variable, request.message), "request-\(request.rawValue)")
        }
        return (folder, scene.variables)
    }

    private func copy(_ pristine: String) throws -> String {
        let folder = try VaultScene.temporaryDirectory()
        for name in ["0", "registration", "keys-0", "keys-1", "request-1", "request-2"] {
            try FileManager.default.copyItem(
                atPath: "\(pristine)/\(name)", toPath: "\(folder)/\(name)")
        }
        return folder
    }

    private func countPoints(_ pristine: String, _ variableIndex: Int) async throws -> Int {
        let folder = try copy(pristine)
        await #expect(processExitsWith: .success) {
            [folder = folder as String, variableIndex = variableIndex as Int] in
            KillSwitch.arm(at: .max, .before)
            try RevealPowerLossTests.visit(folder, variableIndex, KillSwitch.probe)
            try Data("\(KillSwitch.passed)".utf8).write(to: URL(filePath: folder + "/count"))
        }
        let text = try String(contentsOfFile: folder + "/count", encoding: .utf8)
        return try #require(Int(text))
    }
}
