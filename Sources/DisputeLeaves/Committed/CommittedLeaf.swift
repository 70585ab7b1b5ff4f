package import Bitcoin
package import Curve
package import Tapscript
internal import Winternitz

/// A leaf as it stands in a tree: the signature of the parties' aggregate key, the one-time
/// signatures of all values, and the body's check.
///
/// - Source: docs/protocol/leaves-layouts.md.
package struct CommittedLeaf: Sendable {
    /// Which leaf.
    package let kind: LeafKind
    /// The values, deepest first; above them the witness has the signature.
    package let layout: LeafLayout
    /// How digits of base 16 stand in the witness.
    package let form: DigitForm
    /// Everything.
    package let script: AssembledScript
    /// Whose signature is wanted.
    package let key: XOnlyPublicKey
    /// The one-time key of each value of the layout, in its order.
    package let oneTimeKeys: [OneTimeKey]

    /// Writes a leaf.
    ///
    /// The form of the digits follows from the leaf: the one without OP_IF, unless the other is
    /// smaller by 5 % and fits the stack.
    ///
    /// - Parameters:
    ///   - kind: One that a catalogue of the context has.
    ///   - context: What the script knows.
    ///   - key: The aggregate of the parties.
    ///   - oneTimeKey: The public one-time key of a value; nil if there is none.
    /// - Throws: `noKey`, `keyProfile`, `keyByteCount`, `sharedKey`, or `script` where not even one
    ///   form fits the stack.
    package init(
        _ kind: LeafKind, _ context: LeafContext, key: XOnlyPublicKey,
        oneTimeKey: (LeafValue) -> OneTimeKey?
    ) throws(LeafFault) {
        let layout = kind.layout(context)
        let keys = try Self.keys(layout, oneTimeKey)
        let writer = LeafWriter(
            kind: kind, context: context, layout: layout, key: key, oneTimeKeys: keys)
        self.kind = kind
        self.layout = layout
        self.key = key
        oneTimeKeys = keys
        do throws(AssemblerError) {
            (form, script) = try writer.smallest()
        } catch {
            throw .script(error)
        }
    }

    private static func keys(
        _ layout: LeafLayout, _ oneTimeKey: (LeafValue) -> OneTimeKey?
    ) throws(LeafFault) -> [OneTimeKey] {
        var keys: [OneTimeKey] = []
        var owners: [OneTimeKey: LeafValue] = [:]
        for entry in layout.entries {
            guard let key = oneTimeKey(entry.value) else { throw .noKey(entry.value) }
            guard key.profile == entry.profile else {
                throw .keyProfile(entry.value, found: key.profile, needed: entry.profile)
            }
            guard key.messageByteCount == entry.value.byteCount else {
                throw .keyByteCount(
                    entry.value, found: key.messageByteCount, needed: entry.value.byteCount)
            }
            if let other = owners.updateValue(entry.value, forKey: key) {
                throw .sharedKey(other, entry.value)
            }
            keys.append(key)
        }
        return keys
    }

    /// The leaf of the taproot tree.
    package var tapLeaf: TapLeaf {
        script.tapLeaf
    }

    /// Items of the witness that belong to a value of the layout; they lie in its order.
    package func itemCount(of entry: LeafLayout.Entry) -> Int {
        LeafCosts.itemCount(entry, form)
    }

    /// The one-time commitment of each value, as script, witness and decoder use it.
    var commitments: [LeafCommitment] {
        zip(layout.entries, oneTimeKeys).map { LeafCommitment($0, $1, form) }
    }
}

/// One value of a leaf under its key.
enum LeafCommitment {
    case base16(WinternitzCommitment)
    case chosenChains(CompositionCommitment)

    init(_ entry: LeafLayout.Entry, _ key: OneTimeKey, _ form: DigitForm) {
        self =
            switch key {
            case .base16(let key):
                .base16(
                    WinternitzCommitment(
                        name: entry.value.name, key: key, form: form,
                        use: entry.isRead ? .keep : .drop))
            case .chosenChains(let key):
                .chosenChains(CompositionCommitment(name: entry.value.name, key: key))
            }
    }
}
