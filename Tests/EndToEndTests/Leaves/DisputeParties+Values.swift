import DisputeLeaves
import Primitives
import Secrets
import Winternitz

extension DisputeParties {
    /// Who commits a value; words of the input are the verifier's here.
    private func owner(of value: LeafValue) -> DisputeParty {
        switch value.committer {
        case .prover, .proverAgain: prover
        case .verifier, .inputOwner: verifier
        }
    }

    /// The public one-time key of a value.
    func publicKey(_ entry: LeafLayout.Entry) throws -> OneTimeKey {
        if let known = publicKeys[entry.value]?[entry.profile] { return known }
        let owner = owner(of: entry.value)
        let key: OneTimeKey =
            switch entry.profile {
            case .base16:
                .base16(
                    try owner.winternitzKey(entry.value.name, byteCount: entry.value.byteCount)
                        .publicKey())
            case .chosenChains:
                .chosenChains(try owner.compositionKey(entry.value.name).publicKey())
            }
        publicKeys[entry.value, default: [:]][entry.profile] = key
        return key
    }

    /// A one-time signature of a value by its owner.
    func sign(_ message: [UInt8], _ entry: LeafLayout.Entry) throws -> SignedValue {
        let owner = owner(of: entry.value)
        switch entry.profile {
        case .base16:
            let key = try owner.winternitzKey(
                entry.value.name, byteCount: entry.value.byteCount)
            return .base16(message, try key.sign(message))
        case .chosenChains:
            guard let hash = Bytes20(message) else {
                throw LeafFault(description: "\(entry.value.name) has not 20 bytes")
            }
            return .chosenChains(hash, try owner.compositionKey(entry.value.name).sign(hash))
        }
    }
}
