package import Primitives

/// How a vault is opened, apart from where.
package struct VaultSettings: Sendable {
    /// The cost of scrypt for a passphrase that is set with these settings.
    package var stretching: ScryptParameters
    /// The smallest binary logarithm of scrypt's cost that is accepted; 17 in the programs.
    package var minimumLog2N: UInt8
    package var volatileFileSystems: VolatileFileSystems
    package var probe: DurabilityProbe

    /// What to do about a file system that may lose a commit.
    package enum VolatileFileSystems: Hashable, Sendable {
        case refused
        /// For rehearsals and tests only.
        case allowed
    }

    /// What the programs use.
    package static let production = VaultSettings(
        stretching: .interactive, minimumLog2N: 17, volatileFileSystems: .refused, probe: .none)

    /// Cheap scrypt and any file system.
    ///
    /// For tests and rehearsals: protects nothing.
    package static func unsafeForTests(probe: DurabilityProbe = .none) -> VaultSettings {
        VaultSettings(
            stretching: ScryptParameters(log2N: 4, r: 8, p: 1), minimumLog2N: 4,
            volatileFileSystems: .allowed, probe: probe)
    }

    /// Production cost on a file system that may lose commits, for rehearsals.
    package func allowingVolatileFileSystem() -> VaultSettings {
        var copy = self
        copy.volatileFileSystems = .allowed
        return copy
    }

    func check(_ parameters: ScryptParameters) throws(VaultError) {
        guard parameters.log2N >= minimumLog2N else {
            throw .environment(
                .stretchingTooWeak(log2N: parameters.log2N, minimum: minimumLog2N))
        }
    }
}
