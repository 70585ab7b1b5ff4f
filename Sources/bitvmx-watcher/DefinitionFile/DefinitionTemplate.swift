import Bitcoin
import Curve
import Model
import Primitives
import WatcherCore

/// The commented file that `program template` prints.
enum DefinitionTemplate {
    /// - Parameters:
    ///   - instance: 16 fresh random bytes.
    ///   - watcher: Fills in network and operators, where there is a state.
    static func text(instance: [UInt8], watcher: Watcher?) -> String {
        """
        # A BitVMX program. Every operator needs this very file: its digest is the program's id.
        # Order of operators and comments do not matter; every other change makes another program.
        version: 1
        program: cardinal-lock/1

        # Shown on every screen; 1 to 60 printable ASCII characters.
        title: Cardinal lock

        # mainnet, testnet4, signet or regtest.
        network: \((watcher?.network ?? .regtest).rawValue)

        # 16 random bytes that keep programs with equal parameters apart; fresh in every template.
        instance: \(Hex.encode(instance))

        # 2 to 15 operators: the name each was enrolled by, and its signer's identity key
        # ('bitvmx-watcher peers' prints them).
        operators:
        \(operators(watcher))

        # Who signs last, in one visit instead of two; leave it out when all sign in two.
        \(lastSigner(watcher))

        lock:
          # The user's public key, 64 hex digits: takes the asset back after either time-out.
          user: ""
          # SHA-256 of the user's 32-byte secret, 64 hex digits. Accepting reveals the secret.
          secret-hash: ""
          # Satoshi in the asset's output; the same before and after the program.
          ordinal-amount: 10000
          # Satoshi that the user pays for the transactions and to the operators.
          fee-amount: 50000
          # Blocks after which the user takes a request back that nobody has accepted: time for
          # three trips to cold machines.
          request-timeout: 1008
          # Blocks after acceptance after which the user takes the asset back.
          end-of-life: 4032
          # sat/vB of the program's transactions; up to 3 decimal places.
          fee-rate: 2

        """
    }

    private static func operators(_ watcher: Watcher?) -> String {
        let known = watcher?.signers.values.sorted { $0.name < $1.name } ?? []
        let rows =
            known.isEmpty
            ? [("alice", "\"\""), ("bob", "\"\"")]
            : known.map { ($0.name.text, $0.identity.hex) }
        return rows.map { "  - name: \($0.0)\n    identity: \($0.1)" }
            .joined(separator: "\n")
    }

    private static func lastSigner(_ watcher: Watcher?) -> String {
        "# last: \(watcher?.ownSigner?.name.text ?? "alice")"
    }
}
