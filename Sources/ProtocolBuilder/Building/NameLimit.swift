/// Which texts may name the parts of a graph.
enum NameLimit {
    /// Most characters of the name of a graph, an output, a leaf or an item.
    static let name = 60
    /// Most characters of a label or of a party's name.
    static let label = 40

    /// Printable ASCII without a space at either end.
    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (1...name).contains(bytes.count)
            && bytes.allSatisfy { (0x20...0x7E).contains($0) }
            && bytes.first != 0x20 && bytes.last != 0x20
    }

    /// `a`–`z`, `0`–`9` and `-`, not `-` first.
    static func isLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (1...label).contains(bytes.count) && bytes.first != UInt8(ascii: "-")
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    /// The order of labels: by bytes, as every language sorts them.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
