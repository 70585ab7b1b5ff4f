package import Curve
import Primitives

/// An extended private key of BIP-32.
///
/// There is no text form of it, on purpose: what leaves is the public part.
package struct ExtendedKey: ~Copyable {
    /// The private key at this place of the tree.
    package let key: SecretKey
    /// Kept like a secret: with it, the key of one normal child gives this key.
    private let chainCode: SecretPage
    private let depth: UInt8
    private let parentFingerprint: UInt32
    private let childNumber: UInt32

    private init(
        code: borrowing SecretPage, key: consuming SecretKey, depth: UInt8,
        parentFingerprint: UInt32, childNumber: UInt32
    ) throws(SecretsError) {
        let chainCode = try code.withBytes { code throws(SecretsError) in
            try SecretPage.make(copying: code.extracting(last: 32))
        }
        self.key = key
        self.chainCode = chainCode
        self.depth = depth
        self.parentFingerprint = parentFingerprint
        self.childNumber = childNumber
    }

    /// The master key of a seed.
    ///
    /// - Parameter seed: 16 to 64 bytes.
    package init(masterOf seed: Span<UInt8>) throws(SecretsError) {
        guard (16...64).contains(seed.count) else {
            throw .byteCount(seed.count, allowed: 16...64)
        }
        let name = Array("Bitcoin seed".utf8)
        var code = try SecretPage.make(byteCount: HMACSHA512.byteCount)
        code.withMutableBytes { HMACSHA512.authenticate(seed, key: name.span, into: &$0) }
        let page = try code.withBytes { code throws(SecretsError) in
            try SecretPage.make(copying: code.extracting(first: 32))
        }
        try self.init(
            code: code, key: try SecretKey.make(page, orNoKeyAt: 0), depth: 0,
            parentFingerprint: 0, childNumber: 0)
    }

    /// The master key of an operator's seed.
    package init(masterOf seed: borrowing Seed) throws(SecretsError) {
        self = try seed.withBytes { seed throws(SecretsError) in
            try ExtendedKey(masterOf: seed)
        }
    }

    /// The public part.
    package var publicPart: ExtendedPublicKey {
        let bytes = chainCode.withBytes { code in code.indices.map { code[$0] } }
        guard let code = Bytes32(bytes) else {
            preconditionFailure("a chain code has 32 bytes")
        }
        return ExtendedPublicKey(
            depth: depth, parentFingerprint: parentFingerprint, childNumber: childNumber,
            chainCode: code, publicKey: key.publicKey)
    }

    /// First four bytes of HASH160 of the public key.
    package var fingerprint: UInt32 { ExtendedPublicKey.fingerprint(of: key.publicKey) }

    /// The key of one step (CKDpriv).
    package borrowing func child(_ index: ChildIndex) throws(SecretsError) -> ExtendedKey {
        guard depth < UInt8.max else { throw .tooDeep }
        var message = try SecretBuffer(capacity: 37)
        switch index {
        case .normal:
            message.append(key.publicKey.bytes)
        case .hardened:
            message.append(0)
            key.withBytes { message.append($0) }
        }
        var number = ByteWriter()
        number.appendUInt32BE(index.number)
        message.append(number.bytes)
        var code = try SecretPage.make(byteCount: HMACSHA512.byteCount)
        message.withBytes { message in
            chainCode.withBytes { chainCode in
                code.withMutableBytes {
                    HMACSHA512.authenticate(message, key: chainCode, into: &$0)
                }
            }
        }
        return try ExtendedKey(
            code: code, key: try childKey(code, index), depth: depth + 1,
            parentFingerprint: fingerprint, childNumber: index.number)
    }

    /// The key at the end of a path.
    package borrowing func derived(_ path: DerivationPath) throws(SecretsError) -> ExtendedKey {
        guard let first = path.steps.first else { return try duplicated() }
        var current = try child(first)
        for step in path.steps.dropFirst() {
            current = try current.child(step)
        }
        return current
    }

    /// The first half of an HMAC plus this key.
    private borrowing func childKey(
        _ code: borrowing SecretPage, _ index: ChildIndex
    ) throws(SecretsError) -> SecretKey {
        var page = try code.withBytes { code throws(SecretsError) in
            try SecretPage.make(copying: code.extracting(first: 32))
        }
        do throws(SecretScalarError) {
            try key.withBytes { parent throws(SecretScalarError) in
                try page.withMutableBytes { sum throws(SecretScalarError) in
                    // BIP-32 has no key where the left half is n or more; libsecp256k1 does not
                    // say which operand was wrong, so that is asked first.
                    guard SecretScalar.isValid(sum.span) else { throw .outOfRange }
                    try SecretScalar.add(parent, to: &sum)
                }
            }
        } catch {
            throw .noKeyAtIndex(index.number)
        }
        return try SecretKey.make(page, orNoKeyAt: index.number)
    }

    private borrowing func duplicated() throws(SecretsError) -> ExtendedKey {
        let page = try key.copiedBytes()
        return try ExtendedKey(
            code: chainCode, key: try SecretKey.make(page, orNoKeyAt: childNumber), depth: depth,
            parentFingerprint: parentFingerprint, childNumber: childNumber)
    }
}

extension SecretKey {
    /// A second page with the secret bytes, to calculate on.
    borrowing func copiedBytes() throws(SecretsError) -> SecretPage {
        var page = try SecretPage.make(byteCount: 32)
        withBytes { key in
            page.withMutableBytes { copy in
                for index in key.indices {
                    copy[index] = key[index]
                }
            }
        }
        return page
    }

    /// A key of a page, or `noKeyAtIndex` where its number is not in 1…n-1.
    static func make(
        _ page: consuming SecretPage, orNoKeyAt index: UInt32
    ) throws(SecretsError) -> SecretKey {
        do throws(SecretKeyError) {
            return try SecretKey(validating: page)
        } catch {
            switch error {
            case .outOfRange: throw .noKeyAtIndex(index)
            case .page(let failure): throw .page(failure)
            }
        }
    }
}
