import Primitives
import TestSupport
import Winternitz

/// A one-time key with its secrets in the open, made one chain at a time by libcrypto.
struct OneTimeKey {
    let parameters: WinternitzParameters
    let secrets: [Bytes20]

    init(parameters: WinternitzParameters, secrets: [Bytes20]) {
        self.parameters = parameters
        self.secrets = secrets
    }

    init(messageByteCount: Int, random: inout SplitMix64) throws {
        parameters = try WinternitzParameters(messageByteCount: messageByteCount)
        secrets = (0..<parameters.chainCount).map { _ in
            Bytes20(random.bytes(count: Bytes20.byteCount)) ?? .zero
        }
    }

    func publicKey() throws -> WinternitzPublicKey {
        try WinternitzPublicKey(
            parameters: parameters,
            chains: secrets.map { Self.iterate($0, parameters.profile.maximumDigit) })
    }

    func sign(_ message: [UInt8]) throws -> WinternitzSignature {
        try WinternitzSignature(
            chains: zip(secrets, parameters.digits(of: message)).map(Self.iterate))
    }

    static func iterate(_ value: Bytes20, _ count: UInt8) -> Bytes20 {
        (0..<count).reduce(value) { link, _ in Hash160.hash(link.bytes) }
    }
}
