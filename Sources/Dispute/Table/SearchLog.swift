package import Primitives

/// What was published and chosen in one of the two searches.
package struct SearchLog: Hashable, Sendable {
    /// One array for each round that the prover has answered.
    package internal(set) var hashes: [[Bytes20]] = []
    /// One digit for each round that the verifier has answered.
    package internal(set) var digits: [Int] = []
}
