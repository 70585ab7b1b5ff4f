import Tapscript

extension ScriptInput {
    /// What an item of a leaf's witness is.
    enum Role: Hashable {
        /// Says a digit, a bit of it or a position under the one-time key of a value.
        case digit(of: String)
        /// A disclosed value of a chain.
        case chain(of: String)
        /// The signature of both parties, and whatever is not under a one-time key.
        case other
    }

    /// The role, by the name that the item has in listings.
    var role: Role {
        var parts = name.split(separator: ".").map(String.init)
        guard let last = parts.popLast() else { return .other }
        let kind = last.prefix { $0 != "[" }
        if kind == "bit" { parts.removeLast() }
        let value = parts.joined(separator: ".")
        return switch kind {
        case "digit", "bit", "position": .digit(of: value)
        case "chain",
            "value" where maximumByteCount == 20:
            .chain(of: value)
        default: .other
        }
    }
}
