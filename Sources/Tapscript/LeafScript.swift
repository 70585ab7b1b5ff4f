public import Bitcoin
public import Curve
public import Primitives

/// The standard leaf scripts.
///
/// - Source: docs/protocol/lock.md, "Leaves".
public enum LeafScript: Hashable, Sendable {
    /// A signature of a key: `<key> CHECKSIG`.
    case checkSignature(XOnlyPublicKey)
    /// A signature of a key after a wait:
    /// `<blocks> CHECKSEQUENCEVERIFY DROP <key> CHECKSIG`.
    case timelock(BlockCount, XOnlyPublicKey)
    /// A signature of a key, and 32 bytes with a given SHA-256:
    /// `SIZE <32> EQUALVERIFY SHA256 <hash> EQUALVERIFY <key> CHECKSIG`.
    ///
    /// The size is fixed so that the same secret fits every program that knows the hash.
    case hashLock(Bytes32, XOnlyPublicKey)

    /// Bytes of the secret behind a hash lock.
    public static let preimageByteCount = 32

    /// The key whose signature is needed.
    public var key: XOnlyPublicKey {
        switch self {
        case .checkSignature(let key), .timelock(_, let key), .hashLock(_, let key): key
        }
    }

    /// The script.
    public var script: Script {
        var builder = ScriptBuilder()
        switch self {
        case .checkSignature: break
        case .timelock(let wait, _):
            builder.number(Int64(wait.value))
            builder.opcodes(.checkSequenceVerify, .drop)
        case .hashLock(let hash, _):
            builder.opcode(.size)
            builder.number(Int64(Self.preimageByteCount))
            builder.opcodes(.equalVerify, .sha256)
            builder.push(hash.bytes)
            builder.opcode(.equalVerify)
        }
        builder.push(key.bytes)
        builder.opcode(.checkSig)
        return builder.script
    }

    /// Bytes of the script, from its parts.
    public var byteCount: Int {
        let signatureCheck = 1 + 32 + 1
        return switch self {
        case .checkSignature: signatureCheck
        case .timelock(let wait, _): Self.pushByteCount(wait) + 2 + signatureCheck
        case .hashLock: 1 + 2 + 2 + 33 + 1 + signatureCheck
        }
    }

    private static func pushByteCount(_ wait: BlockCount) -> Int {
        switch wait.value {
        case 0...16: 1
        case 17...127: 2
        case 128...32_767: 3
        default: 4
        }
    }

    /// The script as a leaf of tapscript.
    public var tapLeaf: TapLeaf {
        TapLeaf(script: script)
    }

    /// The lock that the spending input's sequence number must satisfy.
    public var requiredSequence: Sequence? {
        guard case .timelock(let wait, _) = self else { return nil }
        return .blocks(wait)
    }

    /// What the script takes from the stack.
    public var witnessLayout: WitnessLayout {
        switch self {
        case .checkSignature(let key), .timelock(_, let key):
            WitnessLayout([.signature(key)])
        case .hashLock(let hash, let key):
            WitnessLayout([.signature(key), .preimage(of: hash)])
        }
    }
}
