package import Curve
package import Model

/// What goes into the witnesses of one transaction: choices, signatures, items by name.
package struct WitnessMaterial<Label: GraphLabel>: Hashable, Sendable {
    /// The path of each input by its 0-based index; may leave out inputs with one path.
    package var paths: [Int: SpendPath]
    /// May hold signatures of other transactions and of paths that are not chosen.
    package var signatures: [SigningTask<Label>.ID: SchnorrSignature]
    /// The publisher's items by input and name.
    package var items: [WitnessPlace: [UInt8]]

    package init(
        paths: [Int: SpendPath] = [:],
        signatures: [SigningTask<Label>.ID: SchnorrSignature] = [:],
        items: [WitnessPlace: [UInt8]] = [:]
    ) {
        self.paths = paths
        self.signatures = signatures
        self.items = items
    }
}
