internal import Primitives

/// The hash chains of a one-time key, whatever its code.
enum SecretChains {
    /// Advances every chain by its number of steps and gives the values out.
    ///
    /// - Parameters:
    ///   - page: The beginnings of the chains, 20 bytes each.
    ///   - steps: One number for each chain.
    static func advance(_ page: consuming SecretPage, by steps: [UInt8]) -> [Bytes20] {
        var page = page
        return page.withMutableBytes { values in
            Hash160Lanes.iterate(&values, steps: steps)
            return steps.indices.compactMap { chainIndex in
                let start = chainIndex * Bytes20.byteCount
                return Bytes20((start..<start + Bytes20.byteCount).map { values[$0] })
            }
        }
    }
}
