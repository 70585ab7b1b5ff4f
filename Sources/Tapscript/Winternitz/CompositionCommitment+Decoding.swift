import Bitcoin
import Primitives
import Winternitz

extension CompositionCommitment {
    /// Reads the positions out of a witness exactly where the script accepts it.
    ///
    /// As the script does, it takes a position for the number that it is: of up to 4 bytes, and not only
    /// in the shortest form.
    ///
    /// - Parameter witness: The commitment's items, bottom first.
    /// - Returns: One position per disclosed value; nil where the script fails.
    public func positions(inWitness witness: [[UInt8]]) -> [Int]? {
        guard witness.count == 2 * CompositionCode.disclosedCount else { return nil }
        var left = key.chains.map(\.bytes)
        var positions: [Int] = []
        for (index, distance) in CompositionCode.distances.enumerated() {
            let value = witness[2 * index + 1]
            guard let position = Self.number(witness[2 * index]), left.indices.contains(position),
                value.count <= Script.maximumElementByteCount
            else { return nil }
            let end = (0..<distance).reduce(value) { value, _ in Hash160.hash(value).bytes }
            guard left.remove(at: position) == end else { return nil }
            positions.append(position)
        }
        return positions
    }

    /// The number that consensus reads, in whatever form.
    private static func number(_ bytes: [UInt8]) -> Int? {
        guard bytes.count <= ScriptNumber.maximumByteCount else { return nil }
        guard let last = bytes.last else { return 0 }
        var magnitude = Int(last & 0x7F)
        for byte in bytes.dropLast().reversed() {
            magnitude = magnitude << 8 | Int(byte)
        }
        return last & 0x80 == 0 ? magnitude : -magnitude
    }
}
