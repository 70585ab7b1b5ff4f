import Curve
import Exchange
import GRDB
import Model
import Primitives
import Validation

/// What the program was built from; no dates, so that equal sources say equal things.
package struct BuildFacts: Hashable, Sendable {
    package let swift: String
    package let sqlite: String
    package let openSSL: String
    /// Which releases of libsecp256k1 the headers of the build belong to.
    package let secp256k1: String
    /// How many hashes are computed side by side on this machine.
    package let hashing: String
    package let platform: String
    package let bundleFormat: UInt64
    package let programs: [String]
    package let ruleCount: Int

    package init() {
        #if compiler(>=6.4)
            swift = "6.4 or later"
        #elseif compiler(>=6.3)
            swift = "6.3"
        #else
            swift = "6.2"
        #endif
        #if arch(x86_64)
            platform = "linux x86_64"
        #else
            platform = "linux aarch64"
        #endif
        sqlite = (try? DatabaseQueue().read { try String.fetchOne($0, sql: Self.query) }) ?? ""
        openSSL = CryptoLibrary.version
        secp256k1 = CurveLibrary.releases
        hashing = HashImplementation.automatic.name
        bundleFormat = Envelope.formatVersion
        programs = ProgramKind.allCases.map(\.rawValue)
        ruleCount = RuleCatalogue.entries.count
    }

    private static let query = "SELECT sqlite_version()"
}
