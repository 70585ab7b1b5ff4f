package import Curve
package import Primitives

/// An extended public key of BIP-32, from which the public keys of normal steps follow.
package struct ExtendedPublicKey: Hashable, Sendable {
    /// Bytes of the serialised form.
    static let byteCount = 78

    /// Steps from the master key.
    package let depth: UInt8
    /// First four bytes of HASH160 of the parent's public key; 0 for a master key.
    package let parentFingerprint: UInt32
    /// The last step's number; 0 for a master key.
    package let childNumber: UInt32
    package let chainCode: Bytes32
    package let publicKey: PublicKey

    /// First four bytes of HASH160 of the public key.
    package var fingerprint: UInt32 { Self.fingerprint(of: publicKey) }

    /// First four bytes of HASH160 of a public key.
    static func fingerprint(of key: PublicKey) -> UInt32 {
        number(Hash160.hash(key.bytes).bytes[..<4])
    }

    /// The text `xpub…` (mainnet) or `tpub…`.
    package func text(_ network: KeyNetwork) -> String {
        var writer = ByteWriter()
        writer.appendUInt32BE(network.extendedPublicKeyVersion)
        writer.appendUInt8(depth)
        writer.appendUInt32BE(parentFingerprint)
        writer.appendUInt32BE(childNumber)
        writer.append(chainCode.bytes)
        writer.append(publicKey.bytes)
        return Base58Check.encode(writer.bytes)
    }

    /// The key of a normal step (CKDpub).
    ///
    /// - Parameter index: Below 2³¹.
    package func child(_ index: UInt32) throws(SecretsError) -> ExtendedPublicKey {
        precondition(index < ChildIndex.hardenedStart, "a hardened step needs the private key")
        guard depth < UInt8.max else { throw .tooDeep }
        var message = ByteWriter()
        message.append(publicKey.bytes)
        message.appendUInt32BE(index)
        var code = [UInt8](repeating: 0, count: HMACSHA512.byteCount)
        var codeSpan = code.mutableSpan
        HMACSHA512.authenticate(
            message.bytes.span, key: chainCode.bytes.span, into: &codeSpan)
        guard let tweak = Scalar(code.prefix(32)), let chainCode = Bytes32(code.suffix(32)) else {
            throw .noKeyAtIndex(index)
        }
        let key: PublicKey
        do throws(CurveError) {
            key = try publicKey.tweakAdded(tweak)
        } catch {
            throw .noKeyAtIndex(index)
        }
        return ExtendedPublicKey(
            depth: depth + 1, parentFingerprint: fingerprint, childNumber: index,
            chainCode: chainCode, publicKey: key)
    }
}

extension ExtendedPublicKey {
    /// Reads `xpub…` or `tpub…`; private keys are refused like any other version.
    package init(text: String) throws(SecretsError) {
        let payload = try Self.payload(of: text)
        guard payload.count == Self.byteCount else {
            throw .malformedExtendedKey(.byteCount(payload.count))
        }
        let version = Self.number(payload[0..<4])
        guard KeyNetwork.allCases.contains(where: { $0.extendedPublicKeyVersion == version }) else {
            throw .malformedExtendedKey(.version(version))
        }
        guard let chainCode = Bytes32(payload[13..<45]), let publicKey = PublicKey(payload[45...])
        else { throw .malformedExtendedKey(.publicKey) }
        depth = payload[4]
        parentFingerprint = Self.number(payload[5..<9])
        childNumber = Self.number(payload[9..<13])
        self.chainCode = chainCode
        self.publicKey = publicKey
        guard depth > 0 || (parentFingerprint == 0 && childNumber == 0) else {
            throw .malformedExtendedKey(.masterWithParent)
        }
    }

    private static func payload(of text: String) throws(SecretsError) -> [UInt8] {
        do throws(Base58Error) {
            return try Base58Check.decode(text)
        } catch {
            switch error {
            case .wrongChecksum: throw .malformedExtendedKey(.checksum)
            case .tooShort: throw .malformedExtendedKey(.byteCount(0))
            case .tooLong, .invalidCharacter: throw .malformedExtendedKey(.notBase58)
            }
        }
    }

    fileprivate static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
