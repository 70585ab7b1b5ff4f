import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder

/// Signs with secrets that are small numbers and therefore no secrets.
struct TestSigner {
    private let secrets: [XOnlyPublicKey: Scalar]

    init(_ numbers: ClosedRange<UInt64> = 1...40) throws {
        var secrets: [XOnlyPublicKey: Scalar] = [:]
        for number in numbers {
            let secret = Scalar(number)
            let key = try PublicKey(generatorTimes: secret)
            secrets[key.xOnly] = key.parity == 0 ? secret : secret.negated
        }
        self.secrets = secrets
    }

    /// The x-only key of a small number.
    static func key(_ number: UInt64) -> XOnlyPublicKey {
        guard let key = try? PublicKey(generatorTimes: Scalar(number)) else {
            preconditionFailure("a positive number has a key")
        }
        return key.xOnly
    }

    func sign(_ task: SigningTask<TestLabel>) throws -> SchnorrSignature {
        guard var secret = secrets[task.untweakedKey] else {
            throw UnknownKey(key: task.untweakedKey)
        }
        if let tweak = task.tweak {
            secret = secret.adding(Scalar(reducing: tweak))
        }
        var page = try SecretPage(byteCount: 32)
        let bytes = secret.bytes
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
        return try SecretKey(validating: page)
            .schnorrSign(message: task.sighash.bytes, auxiliary: .zero)
    }

    /// A signature for every task of a graph.
    func sign(
        _ graph: Graph<TestLabel>
    ) throws -> [SigningTask<TestLabel>.ID: SchnorrSignature] {
        var signatures: [SigningTask<TestLabel>.ID: SchnorrSignature] = [:]
        for task in graph.plan.tasks {
            signatures[task.id] = try sign(task)
        }
        return signatures
    }

    struct UnknownKey: Error {
        let key: XOnlyPublicKey
    }
}
