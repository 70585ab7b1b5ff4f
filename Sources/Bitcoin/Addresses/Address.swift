public import Primitives

/// Why a text is not an address of a network.
public enum AddressError: Error, Equatable {
    /// Neither bech32 nor base58 can read the text.
    case unreadable(bech32: Bech32Error, base58: Base58Error)
    /// The text begins as an address of this network does, but is damaged.
    case damaged(Bech32Error)
    /// A segwit address of another network.
    case otherHumanReadablePart(String)
    /// A base58 text of another network, or not an address at all.
    case otherVersion(UInt8)
    /// A base58 payload that is not a version and 20 bytes.
    case wrongPayloadLength(byteCount: Int)
    /// No witness version, or one above 16.
    case invalidWitnessVersion
    /// A program of a length that its version does not admit.
    case invalidProgramLength(byteCount: Int)
    /// Bits after the program that are too many or not zero.
    case invalidPadding
    /// Version 0 with the checksum of bech32m, or a later version with that of bech32.
    case wrongVariant
}

/// The text form of an output script on a network.
public struct Address: Hashable, Sendable, CustomStringConvertible {
    /// The network whose addresses look like this one.
    public let network: Network
    /// The script that the address stands for.
    public let scriptPubKey: Script
    /// The text, segwit addresses in small letters.
    public let description: String

    /// The address of a script.
    ///
    /// - Returns: `nil` for scripts that have none.
    public init?(scriptPubKey: Script, network: Network) {
        let text: String
        if let (version, program) = scriptPubKey.witnessProgram {
            guard version > 0 || [20, 32].contains(program.count) else { return nil }
            text = Bech32.encode(
                [version] + Bech32.groups(of: program),
                humanReadablePart: network.bech32HumanReadablePart,
                variant: version == 0 ? .bech32 : .bech32m)
        } else {
            switch scriptPubKey.standard {
            case .publicKeyHash(let hash):
                text = Base58Check.encode([network.publicKeyHashVersion] + hash.bytes)
            case .scriptHash(let hash):
                text = Base58Check.encode([network.scriptHashVersion] + hash.bytes)
            default: return nil
            }
        }
        self.network = network
        self.scriptPubKey = scriptPubKey
        description = text
    }

    /// Reads an address and checks that it belongs to a network.
    ///
    /// Testnet4 and signet share their addresses.
    public init(_ text: String, network: Network) throws(AddressError) {
        let decoded: Bech32.Decoded
        do {
            decoded = try Bech32.decode(text)
        } catch {
            let prefix = network.bech32HumanReadablePart + "1"
            guard !text.lowercased().hasPrefix(prefix) else { throw .damaged(error) }
            scriptPubKey = try Self.legacyScript(text, network: network, bech32Error: error)
            self.network = network
            description = text
            return
        }
        guard decoded.humanReadablePart == network.bech32HumanReadablePart else {
            throw .otherHumanReadablePart(decoded.humanReadablePart)
        }
        scriptPubKey = try Self.segwitScript(decoded)
        self.network = network
        description = text.lowercased()
    }

    private static func segwitScript(_ decoded: Bech32.Decoded) throws(AddressError) -> Script {
        guard let version = decoded.groups.first, version <= 16 else {
            throw .invalidWitnessVersion
        }
        guard let program = Bech32.bytes(of: decoded.groups.dropFirst()) else {
            throw .invalidPadding
        }
        guard let script = Script.witnessProgram(version: version, program: program),
            version > 0 || [20, 32].contains(program.count)
        else { throw .invalidProgramLength(byteCount: program.count) }
        guard decoded.variant == (version == 0 ? .bech32 : .bech32m) else {
            throw .wrongVariant
        }
        return script
    }

    private static func legacyScript(
        _ text: String, network: Network, bech32Error: Bech32Error
    ) throws(AddressError) -> Script {
        let payload: [UInt8]
        do {
            payload = try Base58Check.decode(text)
        } catch {
            throw .unreadable(bech32: bech32Error, base58: error)
        }
        guard let version = payload.first, let hash = Bytes20(payload.dropFirst()) else {
            throw .wrongPayloadLength(byteCount: payload.count)
        }
        switch version {
        case network.publicKeyHashVersion: return .payToPublicKeyHash(hash)
        case network.scriptHashVersion: return .payToScriptHash(hash)
        default: throw .otherVersion(version)
        }
    }
}
