import Curve
import Primitives

/// Keys whose secrets are small numbers.
enum OracleKey {
    private static let keys: [XOnlyPublicKey] = (1...4).map { number in
        guard let key = try? PublicKey(generatorTimes: Scalar(UInt64(number))) else {
            preconditionFailure("a positive number has a key")
        }
        return key.xOnly
    }

    /// The key of a number, 1 to 4.
    static func key(_ number: UInt64) -> XOnlyPublicKey { keys[Int(number) - 1] }

    /// A signature by the x-only key of a small number.
    static func sign(_ sighash: Bytes32, _ number: UInt64) throws -> [UInt8] {
        try sign(sighash, Scalar(number))
    }

    /// A signature by the x-only key of a secret.
    static func sign(_ sighash: Bytes32, _ secret: Scalar) throws -> [UInt8] {
        var page = try SecretPage(byteCount: 32)
        let bytes = secret.bytes
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
        return try SecretKey(validating: page)
            .schnorrSign(message: sighash.bytes, auxiliary: .zero).bytes
    }
}
