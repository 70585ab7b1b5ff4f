extension [UInt8] {
    /// The bytes with one to three random faults: changed, lost, doubled or foreign bytes.
    package func mutated(using random: inout SplitMix64) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard !bytes.isEmpty else { return bytes }
            let start = Int.random(in: bytes.indices, using: &random)
            let end = Int.random(in: start...Swift.min(start + 9, bytes.count), using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
            case 2: bytes.removeSubrange(start..<end)
            case 3: bytes.insert(contentsOf: bytes[start..<end], at: end)
            case 4: bytes.removeSubrange(start...)
            default: bytes.replaceSubrange(start..<end, with: random.bytes(count: end - start))
            }
        }
        return bytes
    }
}
