import Bitcoin
import Curve
import Model
import Primitives
import Terminal
import Yams

/// A program's definition as its operators write it: YAML with a fixed set of keys.
enum DefinitionFile {
    static let byteLimit = 64 << 10
    static let version = "1"

    private static let rootKeys = [
        "version", "program", "title", "network", "instance", "operators", "lock",
    ]
    private static let lockKeys = [
        "user", "secret-hash", "ordinal-amount", "fee-amount", "request-timeout",
        "end-of-life", "fee-rate",
    ]

    /// - Throws: `DefinitionFileError` with key and line.
    static func parse(_ bytes: [UInt8]) throws(DefinitionFileError) -> CeremonyDefinition {
        let root = try YAMLFields(
            try root(bytes, limit: byteLimit), place: "the file", required: rootKeys,
            optional: ["last"])
        let version = try root.text("version")
        guard version == Self.version else {
            throw .invalid(
                key: "version", line: root.line("version"),
                reason: "'\(SafeText.printable(version))'; this program reads version 1")
        }
        let program = try root.text("program")
        guard ProgramKind(rawValue: program) != nil else {
            throw .invalid(
                key: "program", line: root.line("program"),
                reason: "'\(SafeText.printable(program))' is unknown; known: "
                    + ProgramKind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return try definition(root)
    }

    /// The content of a YAML file.
    static func root(_ bytes: [UInt8], limit: Int) throws(DefinitionFileError) -> Node {
        guard bytes.count <= limit else {
            throw .tooLarge(byteCount: bytes.count, limit: limit)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .notYAML(line: nil, reason: "not UTF-8 text")
        }
        return try node(text)
    }

    private static func node(_ text: String) throws(DefinitionFileError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw DefinitionFileError.notAMapping(place: "the file", line: nil)
            }
            return node
        } catch let error as DefinitionFileError {
            throw error
        } catch let error as YamlError {
            throw Self.notYAML(error)
        } catch {
            throw .notYAML(line: nil, reason: SafeText.printable("\(error)"))
        }
    }

    private static func notYAML(_ error: YamlError) -> DefinitionFileError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .notYAML(line: mark.line, reason: SafeText.printable(problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            .invalid(
                key: SafeText.printable(duplicates.first ?? "?"),
                line: context.mark.line, reason: "stands twice")
        default: .notYAML(line: nil, reason: SafeText.printable("\(error)"))
        }
    }

    private static func definition(
        _ root: YAMLFields
    ) throws(DefinitionFileError) -> CeremonyDefinition {
        let networkName = try root.text("network")
        guard let network = Network(name: networkName) else {
            throw .invalid(
                key: "network", line: root.line("network"),
                reason: "'\(SafeText.printable(networkName))'; one of "
                    + Network.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let title = try root.text("title")
        let instance = try root.hex("instance", byteCount: 16)
        var participants: [Participant] = []
        for node in try root.list("operators") {
            participants.append(try participant(node))
        }
        let last = try root.contains("last") ? root.name("last") : nil
        let lock = try parameters(
            YAMLFields(try root.node("lock"), place: "'lock'", required: lockKeys))
        do throws(ModelError) {
            return try CeremonyDefinition(
                network: network, title: title, instance: instance,
                participants: participants, lastSigner: last, lock: lock)
        } catch {
            throw .invalid(key: key(of: error), line: root.line(key(of: error)), reason: "\(error)")
        }
    }

    /// The key that an error of the model is about.
    private static func key(of error: ModelError) -> String {
        switch error {
        case .invalidTitle: "title"
        case .wrongInstanceLength: "instance"
        case .unknownLastSigner: "last"
        default: "operators"
        }
    }

    private static func participant(_ node: Node) throws(DefinitionFileError) -> Participant {
        let fields = try YAMLFields(node, place: "an operator", required: ["name", "identity"])
        return Participant(
            name: try fields.name("name"), identity: try fields.key("identity"))
    }

    private static func parameters(
        _ lock: YAMLFields
    ) throws(DefinitionFileError) -> LockParameters {
        LockParameters(
            user: try lock.key("user"), secretHash: try lock.digest("secret-hash"),
            ordinalAmount: try lock.amount("ordinal-amount"),
            feeAmount: try lock.amount("fee-amount"),
            requestTimeout: try lock.blocks("request-timeout"),
            endOfLife: try lock.blocks("end-of-life"),
            feeRate: FeeRate(
                satoshiPerKilovirtualbyte: try lock.thousandths("fee-rate", unit: "sat/vB")))
    }
}

extension YAMLFields {
    fileprivate func name(_ key: String) throws(DefinitionFileError) -> OperatorName {
        let text = try text(key, expected: "an operator's name")
        do throws(ModelError) {
            return try OperatorName(text)
        } catch {
            throw .invalid(key: key, line: line(key), reason: "\(error)")
        }
    }

    fileprivate func hex(
        _ key: String, byteCount: Int
    ) throws(DefinitionFileError) -> [UInt8] {
        let text = try text(key, expected: "\(2 * byteCount) hex digits")
        guard let bytes = try? Hex.decode(text), bytes.count == byteCount else {
            throw .invalid(
                key: key, line: line(key),
                reason: "\(2 * byteCount) hex digits expected, \(text.utf8.count) characters found")
        }
        return bytes
    }

    fileprivate func digest(_ key: String) throws(DefinitionFileError) -> Bytes32 {
        guard let digest = Bytes32(try hex(key, byteCount: 32)) else {
            preconditionFailure("32 bytes are a digest")
        }
        return digest
    }

    fileprivate func key(_ key: String) throws(DefinitionFileError) -> XOnlyPublicKey {
        guard let point = XOnlyPublicKey(try hex(key, byteCount: 32)) else {
            throw .invalid(
                key: key, line: line(key), reason: "not the x coordinate of a curve point")
        }
        return point
    }

    fileprivate func amount(_ key: String) throws(DefinitionFileError) -> Amount {
        let satoshi = try number(key, unit: "satoshi")
        do throws(AmountError) {
            return try Amount(satoshi)
        } catch {
            throw .invalid(key: key, line: line(key), reason: "more than 21 million bitcoin")
        }
    }

    fileprivate func blocks(_ key: String) throws(DefinitionFileError) -> BlockCount {
        let value = try number(key, unit: "blocks")
        guard let count = BlockCount(exactly: value) else {
            throw .invalid(
                key: key, line: line(key), reason: "\(value) blocks; at most \(UInt16.max)")
        }
        return count
    }
}
