import Primitives

/// Bytes encrypted and authenticated by ChaCha20-Poly1305, with the random nonce of this sealing.
struct SealedBox: Hashable {
    let nonce: [UInt8]
    let box: [UInt8]

    /// How many bytes are inside; `nil` when the box is too short to be one.
    var contentByteCount: Int? {
        let count = box.count - ChaCha20Poly1305.tagByteCount
        return count > 0 && nonce.count == ChaCha20Poly1305.nonceByteCount ? count : nil
    }

    init(nonce: [UInt8], box: [UInt8]) {
        self.nonce = nonce
        self.box = box
    }

    /// Seals bytes under a fresh nonce.
    init(sealing plaintext: Span<UInt8>, key: Span<UInt8>, for context: SealingContext) {
        let fresh = KernelEntropy.bytes(ChaCha20Poly1305.nonceByteCount)
        nonce = fresh
        box = ChaCha20Poly1305.seal(
            plaintext, key: key, nonce: fresh.span, associatedData: context.bytes.span)
    }

    /// Opens the box onto locked memory.
    ///
    /// - Returns: `nil` when the key or the context is another one, or the box was changed.
    func open(key: Span<UInt8>, for context: SealingContext) throws(VaultError) -> SecretPage? {
        guard let count = contentByteCount else { return nil }
        var page = try SecretPage(forVault: count)
        let genuine = page.withMutableBytes { plaintext in
            do throws(ChaCha20Poly1305Error) {
                try ChaCha20Poly1305.open(
                    box.span, key: key, nonce: nonce.span,
                    associatedData: context.bytes.span, into: &plaintext)
                return true
            } catch {
                return false
            }
        }
        guard genuine else { return nil }
        return consume page
    }
}

/// What a sealed box is bound to: the vault, the name of the record, the version of the format.
struct SealingContext: Hashable {
    let vault: Bytes32
    let name: String

    var bytes: [UInt8] {
        CBORValue.array([
            .bytes(vault.bytes), .text(name), .unsigned(VaultFormat.version),
        ]).encode()
    }
}

/// The version of everything that the vault writes, apart from SQLite's tables.
enum VaultFormat {
    static let version: UInt64 = 1
    /// What the vault reads back in one piece: a release of 64 MiB and its head.
    static let limits = CBORLimits(
        byteCount: 65 << 20, depth: 8, itemCount: 100_000, stringByteCount: 64 << 20)
}

extension SecretPage {
    /// Locked memory, with the vault's error when there is none.
    init(forVault byteCount: Int) throws(VaultError) {
        do throws(SecretPageError) {
            try self.init(byteCount: byteCount)
        } catch {
            throw .environment(.memory(error))
        }
    }

    /// Locked memory with a copy of secret bytes.
    init(copying bytes: Span<UInt8>) throws(VaultError) {
        try self.init(forVault: bytes.count)
        withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
    }
}
