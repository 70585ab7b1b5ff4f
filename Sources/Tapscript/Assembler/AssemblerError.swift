/// Why a script is not finished.
public enum AssemblerError: Error, Hashable, Sendable {
    /// The stack does not hold exactly the declared result: names from the bottom.
    case unbalanced(found: [String], needed: [String])
    /// Items are left on the altstack: names from the bottom.
    case leftOnAltStack([String])
    /// The branches of a condition leave different stacks or altstacks.
    case branchesDiffer(then: [String], else: [String])
    /// A step takes more items than there are; found by counting the finished steps again.
    case underflow(stepIndex: Int)
    /// More items than consensus allows on stack and altstack together.
    case tooManyItems(Int)
}
