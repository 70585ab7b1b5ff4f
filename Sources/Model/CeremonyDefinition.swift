package import Bitcoin
package import Curve
package import Primitives

/// The name of a ceremony: digest of everything that its definition says.
package struct CeremonyID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let digest: Bytes32

    package init(_ digest: Bytes32) {
        self.digest = digest
    }

    package var description: String { digest.hex }

    /// The first eight hex digits, as file names carry them.
    package var short: String { String(digest.hex.prefix(8)) }

    package static func < (left: CeremonyID, right: CeremonyID) -> Bool {
        left.digest < right.digest
    }
}

/// What a program is: who takes part, under which parameters, on which network.
///
/// Two watchers that read the same definition, with operators in any order, have the same
/// canonical bytes and therefore the same `id`.
package struct CeremonyDefinition: Hashable, Sendable {
    package static let participantCounts = 2...15

    package let network: Network
    /// Shown to people; 1 to 60 printable ASCII characters.
    package let title: String
    /// 16 random bytes that keep two programs with equal parameters apart.
    package let instance: [UInt8]
    /// In canonical order: by identity key.
    package let participants: [Participant]
    /// Index of the participant that signs last, in one visit (BIP-327 DeterministicSign);
    /// nil when all sign in two visits.
    package let lastSigner: Int?
    package let lock: LockParameters

    package var program: ProgramKind { .cardinalLock }

    package init(
        network: Network, title: String, instance: [UInt8], participants: [Participant],
        lastSigner: OperatorName?, lock: LockParameters
    ) throws(ModelError) {
        guard (1...60).contains(title.utf8.count),
            title.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .invalidTitle(byteCount: title.utf8.count, limit: 60) }
        guard instance.count == 16 else {
            throw .wrongInstanceLength(byteCount: instance.count)
        }
        guard Self.participantCounts.contains(participants.count) else {
            throw .participantCount(participants.count, allowed: Self.participantCounts)
        }
        let ordered = participants.sorted(by: Participant.canonicalOrder)
        try Self.refuseDuplicates(ordered)
        self.network = network
        self.title = title
        self.instance = instance
        self.participants = ordered
        self.lock = lock
        if let lastSigner {
            guard let index = ordered.firstIndex(where: { $0.name == lastSigner }) else {
                throw .unknownLastSigner(lastSigner.text)
            }
            self.lastSigner = index
        } else {
            self.lastSigner = nil
        }
    }

    private static func refuseDuplicates(_ participants: [Participant]) throws(ModelError) {
        var names: Set<OperatorName> = []
        var owners: [XOnlyPublicKey: OperatorName] = [:]
        for participant in participants {
            guard names.insert(participant.name).inserted else {
                throw .duplicateName(participant.name)
            }
            if let owner = owners.updateValue(participant.name, forKey: participant.identity) {
                throw .duplicateIdentity(owner, participant.name)
            }
        }
    }

    /// Digest of the canonical encoding: the number that people compare as words.
    package var id: CeremonyID {
        CeremonyID(TaggedHash("BitVMX/ceremony/v1").hash(encoded()))
    }

    /// 0-based position of `identity` in the canonical order, or nil.
    package func index(of identity: XOnlyPublicKey) -> Int? {
        participants.firstIndex { $0.identity == identity }
    }

    /// The values that each participant commits to with one-time keys.
    package var variables: [VariableDeclaration] {
        [VariableDeclaration.lockAcceptance]
    }
}
