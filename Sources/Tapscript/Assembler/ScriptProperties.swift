import Bitcoin

/// The costs of a script.
public struct ScriptProperties: Hashable, Sendable {
    /// Bytes of the script.
    public let byteCount: Int
    /// Instructions that are not pushes.
    public let opcodeCount: Int
    /// The most items on stack and altstack together at any time, inputs included.
    public let peakItemCount: Int
    /// Items that the witness provides.
    public let inputItemCount: Int
    /// The most bytes of those items in a witness, with their lengths.
    public let inputByteCount: Int

    init(byteCount: Int, opcodeCount: Int, peakItemCount: Int, inputs: [ScriptInput]) {
        self.byteCount = byteCount
        self.opcodeCount = opcodeCount
        self.peakItemCount = peakItemCount
        inputItemCount = inputs.count
        inputByteCount =
            Witness.byteCount(itemByteCounts: inputs.map(\.maximumByteCount))
            - Witness.byteCount(itemByteCounts: [])
    }
}
