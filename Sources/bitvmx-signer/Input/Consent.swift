import Exchange
import Model
import Terminal

/// A person's yes.
enum Consent {
    /// Shows lines on the terminal and asks for an exact phrase there.
    ///
    /// - Throws: `.declined` for anything else, and where nobody can be asked.
    static func ask(
        _ phrase: String, lines: [String], question: String
    ) throws(ProgramFailure) {
        guard let terminal = ControllingTerminal() else {
            throw ProgramFailure(
                .declined, "there is no terminal to ask on",
                next: "run it in a terminal, or agree beforehand with --yes")
        }
        terminal.print(lines.map { SafeText.printable($0) + "\n" }.joined() + "\n")
        guard terminal.confirms(phrase, question: question) else {
            throw ProgramFailure(
                .declined, "the phrase was not typed; nothing was changed",
                next: "run the command again when you agree")
        }
    }
}

/// Files that come on a medium.
enum RequestFile {
    /// Reads a file once and whole.
    static func read(_ path: String) throws(ProgramFailure) -> [UInt8] {
        guard Machine.exists(path) else {
            throw ProgramFailure(.usage, "there is no file \(path)")
        }
        do throws(ExchangeError) {
            return try BundleFile.read(path)
        } catch { throw ProgramFailure(error) }
    }

    /// A file that is a bundle with a valid signature: what is none is refused before anybody
    /// types a passphrase for it.
    static func bundle(_ path: String) throws(ProgramFailure) -> SignedBundle {
        let bytes = try read(path)
        do throws(ExchangeError) {
            return try SignedBundle(decoding: bytes)
        } catch { throw ProgramFailure(error) }
    }
}
