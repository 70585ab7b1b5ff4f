import Curve
import Primitives
import Secrets

/// Keys for measuring; nobody would hold money with them.
enum SeededKeys {
    /// The secret key number `index`: the hash of a name and the number.
    static func secretKey(_ index: Int) throws -> SecretKey {
        let seed = TaggedHash("BitVMX/bench").hash(Array("key \(index)".utf8)).bytes
        return try SecretDerivation.firstKey { counter, bytes in
            for position in 0..<32 {
                bytes[position] = seed[position] ^ UInt8(truncatingIfNeeded: counter)
            }
        }
    }

    static func publicKeys(_ count: Int) throws -> [PublicKey] {
        var keys: [PublicKey] = []
        for index in 0..<count {
            keys.append(try secretKey(index).publicKey)
        }
        return keys
    }

    static func digest(_ name: String, _ index: Int) -> Bytes32 {
        TaggedHash("BitVMX/bench").hash(Array("\(name) \(index)".utf8))
    }
}
