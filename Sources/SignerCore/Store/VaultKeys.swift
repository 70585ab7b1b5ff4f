import Primitives

/// The keys of an open vault, on locked memory, all derived from its data key.
struct VaultKeys: ~Copyable {
    let vault: Bytes32
    private let dataKey: SecretPage
    private let subkeys: SecretPage

    /// One 32-byte key for each purpose, in the order of the derivation.
    private enum Purpose: Int, CaseIterable {
        case sealing, recordCode, recordToken, anchorCode
    }

    /// Derives the keys.
    ///
    /// - Parameter dataKey: 32 uniform bytes.
    init(vault: Bytes32, dataKey: consuming SecretPage) throws(VaultError) {
        var page = try SecretPage(
            forVault: Purpose.allCases.count * KeySlot.keyByteCount)
        let info = Array("bitvmx/vault/v1".utf8) + vault.bytes
        dataKey.withBytes { secret in
            page.withMutableBytes { output in
                HKDF.expand(secret, info: info.span, into: &output)
            }
        }
        self.vault = vault
        self.dataKey = dataKey
        subkeys = page
    }

    borrowing func wrapped(
        passphrase: Span<UInt8>, settings: VaultSettings
    ) throws(VaultError) -> KeySlot {
        try KeySlot(
            wrapping: dataKey, vault: vault, passphrase: passphrase, settings: settings)
    }

    borrowing func seal(_ plaintext: Span<UInt8>, name: String) -> SealedBox {
        withKey(.sealing) { key in
            SealedBox(
                sealing: plaintext, key: key, for: SealingContext(vault: vault, name: name))
        }
    }

    /// Opens a box that was sealed under this name; `nil` when it was not.
    borrowing func open(_ box: SealedBox, name: String) throws(VaultError) -> SecretPage? {
        let context = SealingContext(vault: vault, name: name)
        return try subkeys.withBytes { all throws(VaultError) in
            try box.open(key: Self.part(all, .sealing), for: context)
        }
    }

    /// The code that a record carries.
    borrowing func code(of record: borrowing Record) -> Bytes32 {
        authenticate(record.authenticatedBytes(vault: vault), .recordCode)
    }

    /// The value that a record adds to the sum of its table; nobody sees it.
    borrowing func token(ofCode code: Bytes32) -> Bytes32 {
        authenticate(code.bytes, .recordToken)
    }

    borrowing func anchorCode(_ bytes: [UInt8]) -> Bytes32 {
        authenticate(bytes, .anchorCode)
    }

    private borrowing func authenticate(_ message: [UInt8], _ purpose: Purpose) -> Bytes32 {
        withKey(purpose) { key in
            var code = InlineArray<32, UInt8>(repeating: 0)
            var output = code.mutableSpan
            HMACSHA256.authenticate(message.span, key: key, into: &output)
            return Bytes32(code)
        }
    }

    private borrowing func withKey<Result>(
        _ purpose: Purpose, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        subkeys.withBytes { body(Self.part($0, purpose)) }
    }

    @_lifetime(copy all)
    private static func part(_ all: Span<UInt8>, _ purpose: Purpose) -> Span<UInt8> {
        let start = purpose.rawValue * KeySlot.keyByteCount
        return all.extracting(start..<start + KeySlot.keyByteCount)
    }
}
