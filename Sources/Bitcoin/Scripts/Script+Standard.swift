public import Primitives

/// The kinds of output script that Bitcoin Core relays and addresses can name.
public enum StandardScript: Hashable, Sendable {
    /// P2PKH: the HASH160 of a public key.
    case publicKeyHash(Bytes20)
    /// P2SH: the HASH160 of a script.
    case scriptHash(Bytes20)
    /// P2WPKH: the HASH160 of a compressed public key.
    case witnessPublicKeyHash(Bytes20)
    /// P2WSH: the SHA-256 of a script.
    case witnessScriptHash(Bytes32)
    /// P2TR: an output key (BIP-341).
    case taproot(outputKey: Bytes32)
    /// P2A: spendable by anyone, for paying fees (BIP-433).
    case anchor
    /// OP_RETURN: data that nobody can spend.
    case nullData
    /// A witness program of a version or length without a meaning yet.
    case witnessProgram(version: UInt8, program: [UInt8])
}

extension Script {
    /// Pay to anchor: version 1 with the program 4e73.
    public static let payToAnchor = Script([0x51, 0x02, 0x4E, 0x73])

    /// DUP HASH160 hash EQUALVERIFY CHECKSIG.
    public static func payToPublicKeyHash(_ hash: Bytes20) -> Script {
        var builder = ScriptBuilder()
        builder.opcodes(.dup, .hash160)
        builder.push(hash.bytes)
        builder.opcodes(.equalVerify, .checkSig)
        return builder.script
    }

    /// HASH160 hash EQUAL.
    public static func payToScriptHash(_ hash: Bytes20) -> Script {
        var builder = ScriptBuilder()
        builder.opcode(.hash160)
        builder.push(hash.bytes)
        builder.opcode(.equal)
        return builder.script
    }

    /// Version 0 with a 20-byte program (BIP-141).
    public static func payToWitnessPublicKeyHash(_ hash: Bytes20) -> Script {
        Script([0x00, 20] + hash.bytes)
    }

    /// Version 0 with a 32-byte program (BIP-141).
    public static func payToWitnessScriptHash(_ hash: Bytes32) -> Script {
        Script([0x00, 32] + hash.bytes)
    }

    /// Version 0 with the SHA-256 of a witness script (BIP-141).
    public static func payToWitnessScriptHash(of script: Script) -> Script {
        payToWitnessScriptHash(SHA256.hash(script.bytes))
    }

    /// Version 1 with a 32-byte output key (BIP-341).
    public static func payToTaproot(outputKey: Bytes32) -> Script {
        Script([0x51, 32] + outputKey.bytes)
    }

    /// OP_RETURN and one push.
    public static func opReturn(_ data: some Collection<UInt8>) -> Script {
        var builder = ScriptBuilder()
        builder.opcode(.return)
        builder.push(data)
        return builder.script
    }

    /// A witness program (BIP-141).
    ///
    /// - Returns: `nil` unless `version` is 0 to 16 and `program` has 2 to 40 bytes.
    public static func witnessProgram(version: UInt8, program: [UInt8]) -> Script? {
        guard version <= 16, (2...40).contains(program.count) else { return nil }
        let opcode = version == 0 ? 0 : Opcode.one.rawValue + version - 1
        return Script([opcode, UInt8(program.count)] + program)
    }
}

extension Script {
    /// The version and program, where the script is a witness program (BIP-141).
    public var witnessProgram: (version: UInt8, program: [UInt8])? {
        guard (4...42).contains(bytes.count), Int(bytes[1]) == bytes.count - 2 else { return nil }
        switch bytes[0] {
        case 0: return (0, Array(bytes[2...]))
        case Opcode.one.rawValue...Opcode.sixteen.rawValue:
            return (bytes[0] - Opcode.one.rawValue + 1, Array(bytes[2...]))
        default: return nil
        }
    }

    /// Whether the script is version 1 with a 32-byte program.
    public var isPayToTaproot: Bool {
        bytes.count == 34 && bytes[0] == Opcode.one.rawValue && bytes[1] == 32
    }

    /// The output key, where the script pays to taproot.
    public var taprootOutputKey: Bytes32? {
        isPayToTaproot ? Bytes32(bytes[2...]) : nil
    }

    /// Whether the script is pay to anchor.
    public var isPayToAnchor: Bool {
        self == .payToAnchor
    }

    /// Whether nobody can ever satisfy the script, by its first byte or its size.
    public var isUnspendable: Bool {
        bytes.first == Opcode.return.rawValue || bytes.count > Self.maximumByteCount
    }

    /// Which kind of output script this is.
    ///
    /// - Returns: `nil` for any script that is not of a kind named in `StandardScript`.
    public var standard: StandardScript? {
        if isPayToAnchor { return .anchor }
        if let (version, program) = witnessProgram {
            switch (version, program.count) {
            case (0, 20): return Bytes20(program).map { .witnessPublicKeyHash($0) }
            case (0, 32): return Bytes32(program).map { .witnessScriptHash($0) }
            case (0, _): return nil
            case (1, 32): return Bytes32(program).map { .taproot(outputKey: $0) }
            default: return .witnessProgram(version: version, program: program)
            }
        }
        if bytes.count == 25, let hash = Bytes20(bytes[3..<23]),
            self == .payToPublicKeyHash(hash)
        {
            return .publicKeyHash(hash)
        }
        if bytes.count == 23, let hash = Bytes20(bytes[2..<22]), self == .payToScriptHash(hash) {
            return .scriptHash(hash)
        }
        return isPushOnlyNullData ? .nullData : nil
    }

    private var isPushOnlyNullData: Bool {
        guard bytes.first == Opcode.return.rawValue,
            let pushes = try? Script(Array(bytes.dropFirst())).instructions()
        else { return false }
        return pushes.allSatisfy { instruction in
            switch instruction {
            case .push: true
            case .opcode(let opcode): opcode <= .sixteen
            }
        }
    }
}
