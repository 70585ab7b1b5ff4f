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
    /// Values of which another one could be signed.
    let values: [String]
    /// The items for the script, bottom first.
    ///
    /// - forged: A value of which another one is signed: the last digit is another.
    let items: (_ signature: SchnorrSignature, _ forged: String?) throws -> [[UInt8]]

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
    /// Another value was signed by its owner: its last digit differs.
    case signed(String)
    /// The signature of both differs in one digit.
    case signature
    /// The control block of another leaf.
    case controlBlock

    var description: String {
        switch self {
        case .digit(let value): "another digit of \(value)"
        case .chain(let value): "another chain value of \(value)"
        case .signed(let value): "another \(value), signed"
        case .signature: "another signature"
        case .controlBlock: "the control block of another leaf"
        }
    }

    /// Whether only the leaf's body can refuse it, which may have no reason to.
    var isForTheBody: Bool {
        if case .signed = self { true } else { false }
    }
}
