public import Bitcoin

/// An output's script with what is meant to satisfy it.
public struct ScriptSpend: Hashable, Sendable {
    /// Of the input; empty for native segwit.
    public let scriptSig: Script
    /// Of the input.
    public let witness: Witness
    /// Of the output that is spent.
    public let scriptPubKey: Script

    /// The parts of a spend.
    public init(scriptSig: Script = .empty, witness: Witness, scriptPubKey: Script) {
        self.scriptSig = scriptSig
        self.witness = witness
        self.scriptPubKey = scriptPubKey
    }
}
