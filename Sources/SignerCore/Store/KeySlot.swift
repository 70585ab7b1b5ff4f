import Primitives

/// The data key of a vault, wrapped under a passphrase.
///
/// Its checksum has no key: it tells an accident from a wrong passphrase. Against intent stands
/// the digest of the newest slot in the sealed head.
struct KeySlot: Hashable {
    static let saltByteCount = 32
    static let keyByteCount = 32

    let format: UInt64
    let vault: Bytes32
    let parameters: ScryptParameters
    let salt: [UInt8]
    let wrapped: SealedBox

    private static let tag = TaggedHash("BitVMX/vault/key-slot")

    init(
        format: UInt64, vault: Bytes32, parameters: ScryptParameters, salt: [UInt8],
        wrapped: SealedBox
    ) {
        self.format = format
        self.vault = vault
        self.parameters = parameters
        self.salt = salt
        self.wrapped = wrapped
    }

    /// Wraps a data key.
    ///
    /// - Parameter passphrase: Not empty.
    init(
        wrapping dataKey: borrowing SecretPage, vault: Bytes32, passphrase: Span<UInt8>,
        settings: VaultSettings
    ) throws(VaultError) {
        let salt = KernelEntropy.bytes(Self.saltByteCount)
        let parameters = settings.stretching
        try settings.check(parameters)
        let context = Self.context(vault, parameters)
        let wrappingKey = try Self.stretch(passphrase, salt, parameters)
        let wrapped = wrappingKey.withBytes { key in
            dataKey.withBytes { SealedBox(sealing: $0, key: key, for: context) }
        }
        self.init(
            format: VaultFormat.version, vault: vault, parameters: parameters, salt: salt,
            wrapped: wrapped)
    }

    /// The digest of all fields.
    var digest: Bytes32 {
        Self.tag.hash(
            CBORValue.array([
                .unsigned(format), .bytes(vault.bytes), .unsigned(UInt64(parameters.log2N)),
                .unsigned(UInt64(parameters.r)), .unsigned(UInt64(parameters.p)), .bytes(salt),
                .bytes(wrapped.nonce), .bytes(wrapped.box),
            ]).encode())
    }

    /// Unwraps the data key.
    func open(
        passphrase: Span<UInt8>, settings: VaultSettings
    ) throws(VaultError) -> SecretPage {
        try settings.check(parameters)
        guard parameters.isAcceptable, salt.count == Self.saltByteCount,
            wrapped.contentByteCount == Self.keyByteCount
        else { throw .damaged(.keySlotChanged) }
        let wrappingKey = try Self.stretch(passphrase, salt, parameters)
        let page = try wrappingKey.withBytes { key throws(VaultError) in
            try wrapped.open(key: key, for: Self.context(vault, parameters))
        }
        guard let page else { throw .damaged(.wrongPassphrase) }
        return page
    }

    private static func stretch(
        _ passphrase: Span<UInt8>, _ salt: [UInt8], _ parameters: ScryptParameters
    ) throws(VaultError) -> SecretPage {
        guard !passphrase.isEmpty else { throw .environment(.passphraseEmpty) }
        var page = try SecretPage(forVault: keyByteCount)
        try page.withMutableBytes { output throws(VaultError) in
            do throws(ScryptError) {
                try Scrypt.derive(
                    from: passphrase, salt: salt.span, parameters: parameters, into: &output)
            } catch {
                throw .environment(.stretching(error))
            }
        }
        return page
    }

    private static func context(
        _ vault: Bytes32, _ parameters: ScryptParameters
    ) -> SealingContext {
        SealingContext(
            vault: vault,
            name: "data-key/scrypt/\(parameters.log2N)/\(parameters.r)/\(parameters.p)")
    }
}
