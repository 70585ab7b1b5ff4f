import Bitcoin
import Curve
import Tapscript

/// A whole leaf with values that satisfy it.
struct SpendableLeaf {
    /// As listings and the table of sizes call it.
    let name: String
    /// What is the same for leaves that differ in an index only.
    let kind: String
    let script: AssembledScript
    /// How long the leaf makes its spender wait.
    let wait: BlockCount?
    /// The values that it takes.
    let values: [String]
    /// Whether a body judges values, rather than that they are committed only.
    let hasBody: Bool
    /// Whether values are known that prove nothing though every digit could be the right one's.
    let canBeUnproven: Bool
    /// The items for the script, bottom first.
    let items: (_ signature: SchnorrSignature, _ lie: Lie?) throws -> [[UInt8]]

    /// Other values than those that satisfy the leaf, with right one-time signatures.
    enum Lie: Hashable {
        /// The last digit of a value is another.
        case digit(of: String)
        /// The values prove nothing.
        case unproven
    }

    /// What some nodes do not relay in tapscript.
    ///
    /// - Parameter depth: Of the leaf in its tree.
    func unrelayedFeatures(depth: Int) -> [String] {
        let branches: Set<Opcode> = [.if, .notIf]
        var features: [String] = []
        let hasBranch = script.steps.contains { step in
            if case .opcode(let opcode) = step.instruction {
                branches.contains(opcode)
            } else {
                false
            }
        }
        let hasLongPush = script.steps.contains { step in
            if case .push(let data) = step.instruction { data.count > 256 } else { false }
        }
        if hasBranch { features.append("OP_IF") }
        if hasLongPush { features.append("push") }
        if depth > 7 { features.append("depth") }
        return features
    }
}

/// One change that makes a leaf's witness wrong, or may do so.
enum Forgery: Hashable, CustomStringConvertible {
    /// The witness says another digit than was signed.
    case digit(of: String)
    /// A disclosed value of a chain differs in one digit.
    case chain(of: String)
    /// Other values were signed by their owner.
    case signed(SpendableLeaf.Lie)
    /// The signature of both differs in one digit.
    case signature
    /// The control block of another leaf.
    case controlBlock

    var description: String {
        switch self {
        case .digit(let value): "another digit of \(value)"
        case .chain(let value): "another chain value of \(value)"
        case .signed(.digit(let value)): "another digit of \(value), signed"
        case .signed(.unproven): "values that prove nothing"
        case .signature: "another signature"
        case .controlBlock: "the control block of another leaf"
        }
    }

    /// Whether no leaf takes it; else a body may have no reason to refuse.
    var isAlwaysRefused: Bool {
        if case .signed(.digit) = self { false } else { true }
    }

    /// Whether only a body can refuse it.
    var isForTheBody: Bool {
        if case .signed = self { true } else { false }
    }
}
