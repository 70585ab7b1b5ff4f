import Bitcoin
package import Tapscript

extension LeafDescription {
    /// A leaf with one of the standard scripts; its items are called `signature` and `preimage`.
    package init(_ name: String, _ leaf: LeafScript) {
        self.init(
            name, script: leaf.script,
            items: leaf.witnessLayout.items.map { item in
                switch item {
                case .signature(let key): ItemDescription("signature", .signature(key))
                case .preimage(let hash): ItemDescription("preimage", .preimage(of: hash))
                }
            })
    }
}
