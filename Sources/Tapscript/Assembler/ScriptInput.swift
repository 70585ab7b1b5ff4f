/// An item that a script expects on the stack before its first instruction.
public struct ScriptInput: Hashable, Sendable {
    /// What it is, such as `pc[3]`.
    public let name: String
    /// The most bytes that it has in a valid witness.
    public let maximumByteCount: Int

    /// Names an item.
    public init(name: String, maximumByteCount: Int) {
        self.name = name
        self.maximumByteCount = maximumByteCount
    }
}
