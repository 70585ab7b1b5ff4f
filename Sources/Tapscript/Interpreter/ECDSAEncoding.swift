import Curve

/// The rules for how ECDSA signatures and keys are written.
///
/// - Source: BIP-66, BIP-146; Bitcoin Core, `CheckSignatureEncoding` and `CheckPubKeyEncoding`.
enum ECDSAEncoding {
    /// Refuses a signature or key that the flags do not allow; an empty signature is allowed.
    static func check(
        signature: [UInt8], publicKey: [UInt8], _ version: SignatureVersion,
        _ flags: ScriptVerifyFlags
    ) throws(ScriptError) {
        if !signature.isEmpty {
            let strict: ScriptVerifyFlags = [.dersig, .lowS, .strictEncoding]
            if !flags.isDisjoint(with: strict), !isStrictDER(signature) { throw .sigDER }
            if flags.contains(.lowS), !hasLowS(signature) { throw .sigHighS }
            if flags.contains(.strictEncoding), !hasDefinedType(signature) {
                throw .sigHashType
            }
        }
        if flags.contains(.strictEncoding), !isCompressed(publicKey), !isUncompressed(publicKey) {
            throw .pubkeyType
        }
        if flags.contains(.witnessPubkeyType), version == .witnessV0, !isCompressed(publicKey) {
            throw .witnessPubkeyType
        }
    }

    private static func isCompressed(_ key: [UInt8]) -> Bool {
        key.count == 33 && (key[0] == 2 || key[0] == 3)
    }

    private static func isUncompressed(_ key: [UInt8]) -> Bool {
        key.count == 65 && key[0] == 4
    }

    private static func hasDefinedType(_ signature: [UInt8]) -> Bool {
        guard let last = signature.last else { return false }
        return (1...3).contains(last & 0x7F)
    }

    /// - Parameter signature: Strict DER with its sighash byte.
    private static func hasLowS(_ signature: [UInt8]) -> Bool {
        // Numbers out of range count as zero: such a signature is refused, but not for its size.
        guard let decoded = ECDSASignature(decodingLaxDER: Array(signature.dropLast())) else {
            return true
        }
        return decoded == decoded.normalized
    }

    /// BIP-66: 0x30, length, 0x02, length of r, r, 0x02, length of s, s, sighash type; r and s
    /// positive and without superfluous zeros.
    static func isStrictDER(_ signature: [UInt8]) -> Bool {
        guard (9...73).contains(signature.count), signature[0] == 0x30,
            Int(signature[1]) == signature.count - 3
        else { return false }
        let rCount = Int(signature[3])
        guard 5 + rCount < signature.count else { return false }
        let sCount = Int(signature[5 + rCount])
        guard rCount + sCount + 7 == signature.count else { return false }
        return isInteger(signature[2..<4 + rCount])
            && isInteger(signature[(4 + rCount)..<(6 + rCount + sCount)])
    }

    private static func isInteger(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.startIndex
        guard bytes[start] == 2, bytes.count > 2, bytes[start + 2] & 0x80 == 0 else {
            return false
        }
        return bytes.count == 3 || bytes[start + 2] != 0 || bytes[start + 3] & 0x80 != 0
    }
}
