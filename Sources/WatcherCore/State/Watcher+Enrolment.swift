package import Curve
package import Exchange
package import Model
import Primitives

extension Watcher {
    /// The signer that this watcher writes requests for.
    package var ownSigner: EnrolledSigner? {
        signers.values.first { $0.relation == .own }
    }

    /// Enrolled signers by identity, as the rules want them.
    package var signerNames: [XOnlyPublicKey: OperatorName] {
        signers.mapValues(\.name)
    }

    /// The relation of a signer with `name` where nobody says another: its operator's own signer
    /// has the watcher's name.
    package func usualRelation(of name: OperatorName) -> SignerRelation {
        name == self.name ? .own : .peer
    }

    /// Reads an identity bundle that is to be enrolled.
    ///
    /// - Throws: `WatcherError` for anything but a signer's identity on this network.
    package func identityBundle(
        _ bytes: [UInt8]
    ) throws(WatcherError) -> (bundle: SignedBundle, payload: IdentityPayload) {
        let bundle: SignedBundle
        let payload: IdentityPayload
        do throws(ExchangeError) {
            bundle = try SignedBundle(decoding: bytes)
            guard bundle.envelope.kind == .identity else {
                throw .unexpectedKind(
                    found: bundle.envelope.kind, direction: bundle.envelope.direction,
                    expected: "an identity bundle")
            }
            payload = try IdentityPayload.decoded(from: bundle.envelope.payload)
        } catch {
            throw .exchange(error)
        }
        guard bundle.envelope.network == network else {
            throw .wrongNetwork(found: bundle.envelope.network, expected: network)
        }
        guard payload.role == .signer, bundle.envelope.direction == .response else {
            throw .notASigner(payload.name)
        }
        return (bundle, payload)
    }

    func checkEnrolment(
        _ bytes: [UInt8], _ relation: SignerRelation
    ) throws(WatcherError) -> Bool {
        let (bundle, payload) = try identityBundle(bytes)
        let sender = bundle.envelope.sender
        if let known = signers[sender] {
            guard known.name == payload.name else {
                throw .nameTaken(known.name, by: sender, claimedBy: sender)
            }
            guard known.relation == relation else {
                throw .relationTaken(known.name, relation: known.relation)
            }
            return false
        }
        if let owner = signers.values.first(where: { $0.name == payload.name }) {
            throw .nameTaken(payload.name, by: owner.identity, claimedBy: sender)
        }
        if relation == .own, let ownSigner {
            throw .secondSigner(payload.name, enrolled: ownSigner.name)
        }
        return true
    }

    mutating func enrol(_ bytes: [UInt8], _ relation: SignerRelation) throws(WatcherError) {
        let (bundle, payload) = try identityBundle(bytes)
        let sender = bundle.envelope.sender
        signers[sender] = EnrolledSigner(
            identity: sender, name: payload.name, relation: relation,
            head: bundle.envelope.head)
        if relation == .own { channel.head = bundle.envelope.head }
    }
}
