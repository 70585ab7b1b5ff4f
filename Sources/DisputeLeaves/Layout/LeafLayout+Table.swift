/// A line of a layout's table, for documents and terminals.
package struct LayoutRow: Hashable, Sendable {
    /// Of the value.
    package let name: String
    /// Who commits it.
    package let committer: String
    /// Of the message.
    package let byteCount: Int
    /// Number of the profile of its one-time key.
    package let profile: Int
    /// What the body reads.
    package let use: String

    /// What stands above the columns.
    package static let headings = ["value", "committed by", "bytes", "profile", "body"]

    /// The columns as text.
    package var cells: [String] {
        [name, committer, String(byteCount), String(profile), use]
    }
}

extension LeafLayout {
    /// One row for each value, the deepest first.
    package var rows: [LayoutRow] {
        entries.map { entry in
            LayoutRow(
                name: entry.value.name, committer: entry.value.committer.rawValue,
                byteCount: entry.value.byteCount, profile: Int(entry.profile.rawValue),
                use: entry.use)
        }
    }
}

extension LeafLayout.Entry {
    /// What the body reads of it, in words.
    fileprivate var use: String {
        switch (profile, readItemCount) {
        case (_, 0): "committed only"
        case (.chosenChains, _): "positions"
        case (_, value.digitCount): "digits"
        default: "lowest digit"
        }
    }
}
