internal import Primitives
internal import Winternitz

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

extension SecretDerivation {
    /// The beginnings of the chains of a context, 20 bytes each.
    borrowing func chains(_ context: OneTimeContext) throws(SecretsError) -> SecretPage {
        let chainCount = context.parameters.chainCount
        var page = try SecretPage.make(byteCount: chainCount * Bytes20.byteCount)
        var chain = try SecretPage.make(byteCount: Bytes20.byteCount)
        for chainIndex in 0..<chainCount {
            let info = try context.chain(chainIndex)
            chain.withMutableBytes { expand(info, into: &$0) }
            let start = chainIndex * Bytes20.byteCount
            chain.withBytes { chain in
                page.withMutableBytes { bytes in
                    for index in chain.indices {
                        bytes[start + index] = chain[index]
                    }
                }
            }
        }
        return page
    }
}
