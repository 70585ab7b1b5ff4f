import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder

/// A graph of Tests/Vectors/graph/descriptions.json.
struct DescribedGraph: Decodable {
    struct Fee: Decodable {
        let rule: String
        let value: UInt64?

        func described() throws -> GraphFee {
            switch rule {
            case "none": .none
            case "fixed": .fixed(try Amount(value ?? 0))
            default: .rate(FeeRate(satoshiPerKilovirtualbyte: value ?? 0))
            }
        }
    }

    struct Item: Decodable {
        let name: String
        let kind: String
        let key: String?
        let hash: String?
        let least: Int?
        let most: Int?
        let value: String?

        func description() throws -> ItemDescription {
            let content: ItemContent =
                switch kind {
                case "signature": .signature(try xOnly(key ?? ""))
                case "preimage": .preimage(of: Bytes32(hex: hash ?? "") ?? .zero)
                case "bytes": .bytes((least ?? 0)...(most ?? 0))
                default: .constant(try Hex.decode(value ?? ""))
                }
            return ItemDescription(name, content)
        }
    }

    struct Leaf: Decodable {
        let name: String
        let script: String
        let items: [Item]
    }

    struct Taproot: Decodable {
        let internalKey: String
        let leaves: [Leaf]
        let weights: [UInt64]?

        func description() throws -> TaprootDescription {
            TaprootDescription(
                internalKey: try xOnly(internalKey),
                leaves: try leaves.map { leaf in
                    LeafDescription(
                        leaf.name, script: Script(try Hex.decode(leaf.script)),
                        items: try leaf.items.map { try $0.description() })
                }, shape: weights.map { .weighted($0) } ?? .balanced)
        }
    }

    struct Spend: Decodable {
        let path: Int?
        let type: UInt8
        let owners: [String]
    }

    struct Source: Decodable {
        let of: String?
        let external: String?
        let txid: String?
        let index: UInt32
        let amount: UInt64?
        let taproot: Taproot?
    }

    struct Input: Decodable {
        let source: Source
        let sequence: UInt32
        let spends: [Spend]
    }

    struct OutputAmountRule: Decodable {
        let exact: UInt64?
        let share: Int?
        let of: Int?
    }

    struct Content: Decodable {
        let taproot: Taproot?
        let payout: String?
        let data: String?
    }

    struct Output: Decodable {
        let name: String
        let amount: OutputAmountRule
        let content: Content
    }

    struct Transaction: Decodable {
        let label: String
        let version: Int32
        let lockTime: UInt32
        let fee: Fee?
        let inputs: [Input]
        let outputs: [Output]
    }

    let name: String
    let fee: Fee
    let keys: [String: [String]]
    let transactions: [Transaction]
}

struct MalformedFixture: Error {
    let what: String
}

private func xOnly(_ hex: String) throws -> XOnlyPublicKey {
    guard let key = XOnlyPublicKey(hex: hex) else { throw MalformedFixture(what: "key \(hex)") }
    return key
}

private func owner(_ text: String) -> SignatureOwner {
    KeyRole.allCases.first { $0.text == text }.map { .aggregate($0) }
        ?? .single(PartyName(text))
}

extension DescribedGraph {
    func description() throws -> GraphDescription<TestLabel> {
        var keys: [SignatureOwner: Set<XOnlyPublicKey>] = [:]
        for (text, owned) in self.keys {
            keys[owner(text)] = Set(try owned.map { try xOnly($0) })
        }
        return GraphDescription(
            name: name, fee: try fee.described(), keys: keys,
            transactions: try transactions.map { try $0.description() })
    }
}

extension DescribedGraph.Transaction {
    fileprivate func description() throws -> TransactionDescription<TestLabel> {
        guard let version = TransactionVersion(rawValue: version) else {
            throw MalformedFixture(what: "version of \(label)")
        }
        return TransactionDescription(
            TestLabel(label), version: version, lockTime: LockTime(lockTime),
            fee: try fee?.described(), inputs: try inputs.map { try $0.description() },
            outputs: try outputs.map { try $0.description() })
    }
}

extension DescribedGraph.Input {
    fileprivate func description() throws -> InputDescription<TestLabel> {
        InputDescription(
            try source.description(), sequence: Sequence(sequence),
            spends: spends.map { spend in
                SpendDescription(
                    spend.path.map { .leaf($0) } ?? .keyPath,
                    sighashType: SighashType(rawValue: spend.type) ?? .default,
                    owners: spend.owners.map(owner))
            })
    }
}

extension DescribedGraph.Source {
    fileprivate func description() throws -> InputSource<TestLabel> {
        if let of { return .output(of: TestLabel(of), index: Int(index)) }
        guard let external, let taproot, let txid = txid.flatMap({ Txid(hex: $0) }) else {
            throw MalformedFixture(what: "external output")
        }
        let description = try taproot.description()
        return .external(
            ExternalOutput(
                name: external, outPoint: OutPoint(txid: txid, outputIndex: index),
                prevout: TxOut(
                    value: try Amount(amount ?? 0),
                    scriptPubKey: try TestOutput.script(of: description)),
                taproot: description))
    }
}

extension DescribedGraph.Output {
    fileprivate func description() throws -> OutputDescription {
        let rule: OutputAmount
        if let exact = amount.exact {
            rule = .exact(try Amount(exact))
        } else if let index = amount.share {
            rule = .share(index: index, of: amount.of ?? 0)
        } else {
            rule = .remainder
        }
        return OutputDescription(name, rule, try content.description())
    }
}

extension DescribedGraph.Content {
    fileprivate func description() throws -> OutputContent {
        if let taproot { return .taproot(try taproot.description()) }
        if let payout { return .payout(Script(try Hex.decode(payout))) }
        if let data { return .data(try Hex.decode(data)) }
        return .anchor
    }
}
