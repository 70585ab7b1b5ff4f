import Curve
import Primitives
import Secrets
import TestSupport
import Testing
import Winternitz

@Suite("SecretDerivation")
struct SecretDerivationTests {
    /// The seed of "abandon … about" without a passphrase.
    static let seedText =
        "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
        + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4"
    static let ceremony = Bytes32(Array(0..<32)) ?? .zero
    static let instance = [UInt8](0..<16)

    static func derivation(_ seed: String = seedText) throws -> SecretDerivation {
        try SecretDerivation(seed: .holding(hex: seed))
    }

    private func identity(_ network: KeyNetwork) throws -> [UInt8] {
        try Self.derivation().identityKey(network).copy
    }

    private func signing(
        _ network: KeyNetwork, _ ceremony: Bytes32, _ role: String
    ) throws -> [UInt8] {
        try Self.derivation().signingKey(network, ceremony: ceremony, role: role).copy
    }

    @Test("a second implementation of HKDF gives the same keys")
    func knownAnswers() throws {
        #expect(
            try Hex.encode(identity(.regtest))
                == "3f34191c93efdb39340a99d67246f6dce3f6cabb56c8d3bfec95cd562172f720")
        #expect(
            try Hex.encode(signing(.regtest, Self.ceremony, "enabler"))
                == "cfae72483f3137795aefb3fbb64699976bd060f4cede2adc287b1f19330c0b67")
    }

    @Test("another network, ceremony, role, purpose or seed gives another key")
    func separation() throws {
        var keys: Set<[UInt8]> = []
        for network in KeyNetwork.allCases {
            keys.insert(try identity(network))
            for ceremony in [Self.ceremony, .zero] {
                for role in ["", "a", "enabler", "enabler "] {
                    keys.insert(try signing(network, ceremony, role))
                }
            }
        }
        let other = "00" + Self.seedText.dropFirst(2)
        keys.insert(try Self.derivation(other).identityKey(.mainnet).copy)
        #expect(keys.count == 4 + 4 * 8 + 1)
    }

    @Test("a number that is no key is skipped by counting on")
    func retry() throws {
        let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
        let candidates = [
            String(repeating: "0", count: 64), order, String(repeating: "f", count: 64),
            String(repeating: "0", count: 63) + "5",
        ]
        var asked: [UInt32] = []
        let last = try SecretDerivation.firstKey { counter, bytes in
            asked.append(counter)
            guard let candidate = Bytes32(hex: candidates[Int(counter)]) else { return }
            for index in bytes.indices {
                bytes[index] = candidate.bytes[index]
            }
        }.copy.last
        #expect(asked == [0, 1, 2, 3])
        #expect(last == 5)
    }

    @Test("names that HKDF could not take are refused")
    func limits() throws {
        let long = String(repeating: "x", count: 101)
        #expect(throws: SecretsError.contextFieldTooLong(byteCount: 101, limit: 100)) {
            _ = try signing(.regtest, Self.ceremony, long)
        }
        _ = try signing(.regtest, Self.ceremony, String(long.dropLast()))
    }

    @Test("a seed has 64 bytes")
    func seedLength() {
        #expect(throws: SecretsError.byteCount(63, allowed: 64...64)) {
            _ = try Seed(SecretPage(byteCount: 63))
        }
    }
}
