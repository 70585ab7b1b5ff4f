package import Tapscript

/// The check of a leaf without signatures: what the values must say.
package struct LeafBody: Sendable {
    /// What it reads; values that are committed only have no items in its witness.
    package let layout: LeafLayout
    /// The check alone.
    package let script: AssembledScript

    /// The items for messages, bottom of the stack first.
    ///
    /// - Parameter message: Of every value that is read, with its number of bytes.
    /// - Throws: `noSignedValue`, `signedByteCount`, or `unreadDigit` for a value that has digits
    ///   other than 0 where the body reads none.
    package func witness(_ message: (LeafValue) -> [UInt8]?) throws(LeafFault) -> [[UInt8]] {
        var digits: [LeafValue: [UInt8]] = [:]
        for entry in layout.entries where entry.isRead {
            guard let message = message(entry.value) else { throw .noSignedValue(entry.value) }
            guard message.count == entry.value.byteCount else {
                throw .signedByteCount(entry.value)
            }
            let all = message.flatMap { [$0 >> 4, $0 & 15] }
            if entry.profile == .base16,
                all.dropLast(entry.readItemCount).contains(where: { $0 != 0 })
            {
                throw .unreadDigit(entry.value)
            }
            digits[entry.value] = all
        }
        return layout.bodyWitness { digits[$0] ?? [] }
    }
}

extension LeafKind {
    /// The leaf's body; nil for leaves that only commit values, and for timeouts.
    ///
    /// That of an instruction checks the row alone: that the step is the chosen one, the whole leaf
    /// checks.
    ///
    /// - Throws: Never, unless the script of the kind itself is wrong.
    package func body(_ context: LeafContext) throws(AssemblerError) -> LeafBody? {
        switch self {
        case .instruction(let code):
            let leaf = try InstructionLeaf(code)
            return LeafBody(layout: leaf.layout, script: leaf.script)
        case .challenge(let kind):
            let leaf = try ChallengeLeaf(kind, context)
            return LeafBody(layout: leaf.layout, script: leaf.script)
        case .publication, .timeout: return nil
        }
    }
}
