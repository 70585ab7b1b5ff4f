import Model
import Terminal

/// Where a passphrase comes from: an open descriptor, a file, or else the person at the terminal.
struct PassphraseSource {
    enum Use {
        case existing
        /// Asked twice on a terminal.
        case new
    }

    let descriptor: Int32?
    let file: String?

    /// - Throws: `.usage` for an empty one, before anything is made with it.
    func read(_ use: Use, _ prompt: String) throws(ProgramFailure) -> TypedSecret {
        let secret = try given(use, prompt)
        guard secret.byteCount > 0 else {
            throw ProgramFailure(.usage, "the passphrase is empty", next: "choose a longer one")
        }
        return secret
    }

    private func given(_ use: Use, _ prompt: String) throws(ProgramFailure) -> TypedSecret {
        if let descriptor { return try SecretInput.read(descriptor, until: .line) }
        if let file { return try SecretInput.read(file, until: .line) }
        let terminal = try SecretTerminal(
            for: "the passphrase", instead: "--passphrase-fd or --passphrase-file")
        let first = try terminal.readSecret(prompt)
        if case .existing = use { return first }
        let second = try terminal.readSecret("The same again: ")
        guard first.equals(second) else {
            throw ProgramFailure(.declined, "the passphrases differ", next: "start again")
        }
        return first
    }
}
