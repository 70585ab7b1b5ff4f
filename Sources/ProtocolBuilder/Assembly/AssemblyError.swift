package import Model
package import Tapscript

/// An item of a witness of one transaction.
package struct WitnessPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 0-based.
    package let inputIndex: Int
    package let name: String

    package init(inputIndex: Int, name: String) {
        self.inputIndex = inputIndex
        self.name = name
    }

    package var description: String { "'\(name)' of input \(inputIndex)" }

    package static func < (left: WitnessPlace, right: WitnessPlace) -> Bool {
        (left.inputIndex, left.name) < (right.inputIndex, right.name)
    }
}

/// Why there is no complete transaction; the cases name inputs and items, never their bytes.
package enum AssemblyError<Label: GraphLabel>: Error, Equatable {
    case unknownTransaction(Label)
    /// The transaction has no such input.
    case unknownInput(Int, of: Label)
    /// The inputs have several spend paths and none was chosen.
    case pathNotChosen(inputIndexes: [Int], of: Label)
    case unknownPath(SpendPath, inputIndex: Int, of: Label)
    /// Everything that is not there, in the order of the witnesses.
    case incomplete([WitnessPlace], of: Label)
    /// Material that no chosen path has a place for.
    case surplus([WitnessPlace], of: Label)
    case invalidSignature(WitnessPlace, of: Label)
    case wrongByteCount(WitnessPlace, found: Int, allowed: ClosedRange<Int>, of: Label)
    case wrongPreimage(WitnessPlace, of: Label)
    /// The items have the right sizes, and the script of the input refuses them.
    case refused(ScriptError, inputIndex: Int, of: Label)
}

extension AssemblyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownTransaction(let label): "the graph has no '\(label.text)'"
        case .unknownInput(let index, let label): "'\(label.text)' has no input \(index)"
        case .pathNotChosen(let indexes, let label):
            "choose a spend path for input "
                + indexes.map { String($0) }.joined(separator: ", ") + " of '\(label.text)'"
        case .unknownPath(let path, let index, let label):
            "input \(index) of '\(label.text)' is not spent by its \(path)"
        case .incomplete(let items, let label): "'\(label.text)' misses \(Self.list(items))"
        case .surplus(let items, let label):
            "'\(label.text)' has no place for \(Self.list(items))"
        case .invalidSignature(let item, let label):
            "\(item) of '\(label.text)' is not a valid signature"
        case .wrongByteCount(let item, let found, let allowed, let label):
            "\(item) of '\(label.text)' has \(found) bytes instead of"
                + " \(allowed.lowerBound) to \(allowed.upperBound)"
        case .wrongPreimage(let item, let label):
            "\(item) of '\(label.text)' does not have the committed hash"
        case .refused(let reason, let index, let label):
            "the script of input \(index) of '\(label.text)' refuses the witness: \(reason)"
        }
    }

    private static func list(_ items: [WitnessPlace]) -> String {
        items.map { $0.description }.joined(separator: ", ")
    }
}
