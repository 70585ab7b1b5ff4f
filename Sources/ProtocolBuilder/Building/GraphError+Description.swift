import Bitcoin
import Model

extension InputPlace: CustomStringConvertible {
    package var description: String { "input \(inputIndex) of '\(label.text)'" }
}

extension OutputPlace: CustomStringConvertible {
    package var description: String {
        switch self {
        case .output(let label, let index): "output \(index) of '\(label.text)'"
        case .external(let outPoint): "external output \(outPoint)"
        }
    }
}

extension SpendPath: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyPath: "key path"
        case .leaf(let index): "leaf \(index)"
        }
    }
}

extension GraphError: CustomStringConvertible {
    package var description: String {
        nameText ?? connectionText ?? pathText ?? treeText ?? amountText ?? relayText ?? lockText
    }

    private var nameText: String? {
        switch self {
        case .noTransactions: "the description has no transactions"
        case .invalidName(let text):
            "the name '\(Self.printable(text))' must be 1 to \(NameLimit.name) printable ASCII"
                + " characters"
        case .invalidLabel(let text):
            "the label '\(Self.printable(text))' must be 1 to \(NameLimit.label) of a-z, 0-9, '-'"
        case .duplicateLabel(let text): "two transactions are called '\(text)'"
        case .duplicateOutputName(let name, let label):
            "two outputs of '\(label.text)' are called '\(name)'"
        case .duplicateLeafName(let name, let place): "two leaves of \(place) are called '\(name)'"
        case .duplicateItemName(let name, let leaf, let place):
            "two items of leaf '\(leaf)' of \(place) are called '\(name)'"
        default: nil
        }
    }

    private var connectionText: String? {
        switch self {
        case .noInputs(let label): "'\(label.text)' has no inputs"
        case .noOutputs(let label): "'\(label.text)' has no outputs"
        case .unknownTransaction(let label, let place):
            "\(place) spends '\(label.text)', which the description does not have"
        case .missingOutput(let label, let index, let count, let place):
            "\(place) spends output \(index) of '\(label.text)', which has \(count)"
        case .notTaproot(let label, let index, let place):
            "\(place) spends output \(index) of '\(label.text)', which leaves the graph"
        case .doubleSpend(let label, let indexes):
            "inputs \(Self.list(indexes)) of '\(label.text)' spend the same output"
        case .cycle(let labels):
            "a cycle: "
                + (labels + labels.prefix(1)).map { "'\($0.text)'" }.joined(separator: " -> ")
        case .externalConflict(let outPoint, let place):
            "\(place) describes \(outPoint) differently from another input"
        case .externalMismatch(let outPoint, let place):
            "\(place) spends \(outPoint), whose script is not that of its keys and leaves"
        default: nil
        }
    }

    private var pathText: String? {
        switch self {
        case .noSpendPath(let place): "\(place) has no spend path"
        case .duplicateSpendPath(let path, let place): "\(place) has its \(path) twice"
        case .missingLeaf(let index, let count, let place):
            "\(place) uses leaf \(index) of an output with \(count)"
        case .missingOwner(let path, let place):
            "a signature of the \(path) of \(place) has no owner"
        case .surplusOwner(let path, let place):
            "the \(path) of \(place) has more owners than signatures"
        case .foreignKey(let owner, let path, let place):
            "the \(path) of \(place) needs a key that '\(owner.text)' does not have"
        case .impossibleSighash(let type, let place):
            "\(place) cannot be signed with sighash type \(type)"
        default: nil
        }
    }

    private var treeText: String? {
        switch self {
        case .wrongWeightCount(let count, let leaves, let place):
            "\(place) has \(count) weights for \(leaves) leaves"
        case .invalidTree(let place): "\(place) has a script tree that taproot does not admit"
        case .malformedScript(let leaf, let place):
            "the script of leaf '\(leaf)' of \(place) ends inside a push"
        case .itemTooLong(let name, let byteCount, let limit, let leaf, let place):
            "item '\(name)' of leaf '\(leaf)' of \(place) has \(byteCount) bytes; relayed are"
                + " at most \(limit)"
        case .tooManyItems(let count, let limit, let leaf, let place):
            "leaf '\(leaf)' of \(place) has \(count) items; at most \(limit) fit on the stack"
        default: nil
        }
    }

    private var amountText: String? {
        switch self {
        case .insufficientAmount(let label, let available, let needed):
            "'\(label.text)' has \(available) and needs \(needed)"
        case .unbalanced(let label, let surplus, let fee):
            "'\(label.text)' would pay \(surplus) as fee; its rule says \(fee)"
        case .amountOverflow(let label):
            "amounts of '\(label.text)' exceed 21 million bitcoin"
        case .severalRemainders(let label, let indexes):
            "outputs \(Self.list(indexes)) of '\(label.text)' all take the remainder"
        case .invalidShares(let label, let indexes):
            "outputs \(Self.list(indexes)) of '\(label.text)' are not the shares of one whole"
        case .dust(let label, let index, let amount, let limit):
            "output \(index) of '\(label.text)' has \(amount); below \(limit) it is dust"
        case .zeroAmount(let label, let index):
            "output \(index) of '\(label.text)' has no satoshi, which only one anchor of a"
                + " transaction without fee may have"
        case .burnt(let label, let index, let amount):
            "output \(index) of '\(label.text)' holds \(amount) that nobody can spend"
        default: nil
        }
    }

    private var relayText: String? {
        switch self {
        case .feeless(let label):
            "'\(label.text)' pays no fee; without version 3 it is not relayed"
        case .severalDataOutputs(let label, let indexes):
            "outputs \(Self.list(indexes)) of '\(label.text)' all carry data; one is relayed"
        case .dataTooLong(let label, let index, let byteCount, let limit):
            "output \(index) of '\(label.text)' carries \(byteCount) bytes; at most \(limit)"
        case .nonStandardPayout(let label, let index):
            "output \(index) of '\(label.text)' pays to a script that has no address"
        case .tooHeavy(let label, let size, let limit):
            "'\(label.text)' has \(size); at most \(limit) are relayed"
        case .tooSmall(let label, let byteCount, let least):
            "'\(label.text)' has \(byteCount) bytes without witness; at least \(least) are relayed"
        default: nil
        }
    }

    private var lockText: String {
        switch self {
        case .relativeLockMismatch(let path, let required, let found, let place):
            "the \(path) of \(place) demands sequence \(required); the input has \(found)"
        case .absoluteLockMismatch(let path, let required, let found, let place):
            "the \(path) of \(place) demands lock time \(required); the transaction has \(found)"
        case .ineffectiveLockTime(let label):
            "the lock time of '\(label.text)' counts for nothing: every input is final"
        case .unsupportedSequence(let sequence, let place):
            "\(place) has sequence \(sequence), which no rule of this graph gives a meaning"
        default: "the description does not build a graph"
        }
    }

    private static func list(_ indexes: [Int]) -> String {
        indexes.map { String($0) }.joined(separator: ", ")
    }

    private static func printable(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(60).map { scalar in
                (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
            })
    }
}
