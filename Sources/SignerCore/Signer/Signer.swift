import Bitcoin
import Curve
package import Exchange
import Model
package import Primitives
package import Secrets
package import Validation

/// One operator's cold half: judges requests, and answers those that a person has confirmed.
///
/// One thread, no clock, no files but the vault. A request is parsed once; what is shown and what
/// is signed come from the same value. A refused request leaves the state as it was.
///
/// Source: docs/protocol/musig2-sessions.md.
package final class Signer {
    package let vault: Vault
    package let profile: SignerProfile
    package let policy: SignerPolicy

    static let seedName = "seed"

    private init(_ vault: Vault, _ profile: SignerProfile) {
        self.vault = vault
        self.profile = profile
        policy = .standard(for: profile.network, coldTripBlocks: profile.coldTripBlocks)
    }

    /// Makes a vault and the signer in it, in one commit: after a crash there are both or neither.
    ///
    /// - Parameter seed: Where every key comes from; the vault keeps a sealed copy.
    package static func create(
        _ new: NewSigner, seed: borrowing Seed, at location: VaultLocation,
        unlock: borrowing VaultUnlock
    ) throws(SignerError) -> Signer {
        let derivation = try SignerError.secrets { () throws(SecretsError) in
            try SecretDerivation(seed: seed)
        }
        let identity = try SignerError.secrets { () throws(SecretsError) in
            try derivation.identityKey(KeyNetwork(new.network)).publicKey.xOnly
        }
        let profile = SignerProfile(
            name: new.name, network: new.network, coldTripBlocks: new.coldTripBlocks,
            identity: identity)
        let settings = unlock.settings
        let vault = try unlock.passphrase.withBytes { passphrase throws(SignerError) in
            try SignerError.vault { () throws(VaultError) in
                let key = VaultKey(passphrase.extracting(first: unlock.byteCount), settings)
                return try Vault.create(
                    at: location, key: key, origin: new.origin
                ) { transaction throws(VaultError) in
                    try profile.store(in: transaction, new, seed)
                }
            }
        }
        return Signer(vault, profile)
    }

    /// Opens the signer of a vault.
    ///
    /// - Throws: `.vault(.rollback)` when the state is an older copy of itself; `.notASigner`.
    package static func open(
        at location: VaultLocation, unlock: borrowing VaultUnlock
    ) throws(SignerError) -> Signer {
        let settings = unlock.settings
        let vault = try unlock.passphrase.withBytes { passphrase throws(SignerError) in
            try SignerError.vault { () throws(VaultError) in
                try Vault.open(
                    at: location, passphrase: passphrase.extracting(first: unlock.byteCount),
                    settings: settings)
            }
        }
        return try Signer(opened: vault)
    }

    /// Opens a signer whose anchor is lost; see `Vault.acknowledgeLostAnchor`.
    ///
    /// - Parameter environment: The machine, which must be fit for the signer's network before a new
    ///   epoch begins.
    package static func openWithoutAnchor(
        at location: VaultLocation, unlock: borrowing VaultUnlock, environment: EnvironmentFacts
    ) throws(SignerError) -> Signer {
        let settings = unlock.settings
        let unanchored = try unlock.passphrase.withBytes { passphrase throws(SignerError) in
            try SignerError.vault { () throws(VaultError) in
                try Vault.openWithoutAnchor(
                    at: location, passphrase: passphrase.extracting(first: unlock.byteCount),
                    settings: settings)
            }
        }
        let signer = try Signer(opened: unanchored.vault)
        try environment.check(for: signer.profile.network)
        try SignerError.vault { () throws(VaultError) in
            _ = try unanchored.beginEpoch()
        }
        return signer
    }

    private convenience init(opened vault: Vault) throws(SignerError) {
        let bytes = try SignerError.vault { () throws(VaultError) in
            try vault.settings.bytes(SignerProfile.settingName)
        }
        guard let bytes, let profile = SignerProfile(decoding: bytes) else {
            throw .notASigner
        }
        self.init(vault, profile)
        guard profile.network == .mainnet else { return }
        try SignerError.vault { () throws(VaultError) in
            let kind = try FileSystemKind(holding: vault.location.stateDirectory)
            guard kind.keepsCommits else {
                throw .environment(
                    .fileSystem(path: vault.location.stateDirectory, kind: kind.name))
            }
        }
    }

    // MARK: - Secrets

    private func seed() throws(SignerError) -> Seed {
        let page = try SignerError.vault { () throws(VaultError) in
            guard let page = try vault.secrets.open(Self.seedName) else {
                throw .damaged(
                    .recordMissing(
                        RecordReference(table: "secret", key: Array(Self.seedName.utf8))))
            }
            return page
        }
        do throws(SecretsError) { return try Seed(page) } catch { throw .secrets(error) }
    }

    func derivation() throws(SignerError) -> SecretDerivation {
        let seed = try seed()
        do throws(SecretsError) {
            return try SecretDerivation(seed: seed)
        } catch { throw .secrets(error) }
    }

    /// The account that this operator's money goes to.
    package func payoutAccount() throws(SignerError) -> TaprootAccount {
        let seed = try seed()
        do throws(SecretsError) {
            return try TaprootAccount(seed: seed, network: KeyNetwork(profile.network))
        } catch { throw .secrets(error) }
    }

    // MARK: - Heads

    /// The newest log entry, as bundles quote it.
    package var head: LogHead { vault.log.head }
}

/// What opens a vault: a passphrase, which is the first bytes of a page, and the settings.
package struct VaultUnlock: ~Copyable {
    package let passphrase: SecretPage
    package let byteCount: Int
    package let settings: VaultSettings

    /// - Precondition: `byteCount` is not above the page's.
    package init(
        passphrase: consuming SecretPage, byteCount: Int, settings: VaultSettings
    ) {
        precondition(byteCount <= passphrase.byteCount, "a passphrase fits on its page")
        self.passphrase = passphrase
        self.byteCount = byteCount
        self.settings = settings
    }
}
