import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Secrets
import SignerCore
import Terminal

/// Who the new signer is.
struct NewSignerOptions: ParsableArguments {
    @Option(help: "This operator's name: 1 to 24 of a-z, 0-9 and '-'.")
    var name: String

    @Option(help: "mainnet, testnet4, signet or regtest.")
    var network: String

    @Option(
        name: .customLong("cold-trip-blocks"),
        help: """
            Blocks that a trip to this machine may take (now: 144 on mainnet, else 6). Programs \
            with shorter time-outs are refused.
            """)
    var coldTripBlocks: UInt16?

    @Flag(
        name: .customLong("anchor-on-same-disk"),
        help: """
            Mainnet: keep the anchor on the disk of the state all the same, where whoever restores \
            an older copy of the disk restores both.
            """)
    var acceptsAnchorOnSameDisk = false

    func newSigner(
        _ origin: VaultOrigin, payoutIndex: UInt32 = 0
    ) throws(ProgramFailure) -> NewSigner {
        let name: OperatorName
        do throws(ModelError) {
            name = try OperatorName(self.name)
        } catch { throw ProgramFailure(.usage, "\(error)") }
        guard let network = Network(rawValue: network) else {
            throw ProgramFailure(
                .usage, "the network is one of mainnet, testnet4, signet, regtest")
        }
        return NewSigner(
            name: name, network: network,
            coldTripBlocks: coldTripBlocks.map { BlockCount($0) }, origin: origin,
            payoutIndex: payoutIndex)
    }
}

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new signer with a fresh seed.",
        discussion: """
            The seed comes from the kernel's randomness, mixed with dice or coins if you add any. \
            Its words are shown once, on the terminal, and asked back: write them down on paper. \
            With the definitions of your ceremonies they restore every key, but not what has been \
            signed; see 'restore'.

            Examples:
              bitvmx-signer init --name alice --network mainnet --dice \\
                --anchor /media/anchor/alice
              bitvmx-signer init --name alice --network regtest --passphrase-fd 3 \\
                --words-fd 4 3<pass 4>words
            """)

    @OptionGroup var signer: NewSignerOptions
    @OptionGroup var state: StateOptions

    @Option(help: "How many words: 12, 15, 18, 21 or 24.")
    var words = 24

    @Flag(help: "Ask for rolls of a six-sided die, and mix them in.")
    var dice = false

    @Flag(help: "Ask for tosses of a coin, and mix them in.")
    var coins = false

    @Option(name: .customLong("dice-file"), help: "Mix in rolls from this file of mode 0600.")
    var diceFile: String?

    @Option(
        name: .customLong("words-fd"),
        help: """
            Write the words to this descriptor, and do not ask them back; for scripted \
            ceremonies.
            """)
    var wordsDescriptor: Int32?

    func run() throws {
        let new = try signer.newSigner(.freshSeed)
        try state.requireSafeAnchor(for: signer, on: new.network)
        guard Mnemonic.wordCounts.contains(words) else {
            throw ProgramFailure(.usage, "a mnemonic has 12, 15, 18, 21 or 24 words")
        }
        try state.requireNew(for: new)
        let passphrase = try state.passphrase(.new, "New passphrase: ")
        let mnemonic = try generate()
        try hand(over: mnemonic)
        let seed = try SecretStep.run { () throws(SecretsError) in try mnemonic.seed() }
        try state.create(new, seed, passphrase)
    }

    private func generate() throws -> Mnemonic {
        var mixer = try SecretStep.run { () throws(SecretsError) in try EntropyMixer() }
        if let diceFile {
            let rolls = try SecretInput.read(diceFile, until: .input)
            try add(.dice, rolls, to: &mixer)
        }
        for (isWanted, source, prompt) in [
            (dice, EntropySource.dice, "Rolls of the die (1-6): "),
            (coins, EntropySource.coin, "Tosses of the coin (h or t): "),
        ] where isWanted {
            let terminal = try SecretTerminal(for: "dice and coins", instead: "--dice-file")
            try add(source, try terminal.readVisible(prompt), to: &mixer)
        }
        do throws(SecretsError) {
            return try Mnemonic.generate(wordCount: words, from: mixer)
        } catch { throw ProgramFailure(error) }
    }

    private func add(
        _ source: EntropySource, _ typed: borrowing TypedSecret, to mixer: inout EntropyMixer
    ) throws(ProgramFailure) {
        do throws(SecretsError) {
            let added = try mixer.add(source, typed: typed.page)
            state.printer.note(
                "\(added.symbolCount) symbols mixed in, worth \(added.bitCount) bits")
        } catch { throw ProgramFailure(error) }
    }

    /// Shows the words once and asks them back, or writes them to the descriptor.
    private func hand(over mnemonic: borrowing Mnemonic) throws(ProgramFailure) {
        if let wordsDescriptor {
            try Words.write(mnemonic, to: wordsDescriptor)
            return
        }
        let terminal = try SecretTerminal(for: "showing the words", instead: "--words-fd")
        Words.show(mnemonic, on: terminal)
        let typed = try terminal.readVisible("Type them back, all in one line:\n")
        guard try Words.match(mnemonic, typed) else {
            throw ProgramFailure(
                .declined, "these are not the words; nothing was created", next: "start again")
        }
        terminal.write("\u{1B}[2J\u{1B}[3J\u{1B}[H")
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a signer again from its words.",
        discussion: """
            To recover is not to resume. If the newest state directory still exists anywhere, use \
            that instead. From the words come back: the identity, every key, and the money under \
            them. What this operator did does not come back:

            Ceremonies in which this signer still owed keys, nonces or partial signatures are over. \
            They are never given, no request from before is answered, and a second set of keys for \
            the same ceremony is refused by the others' watchers. Set such programs up anew, with a \
            new definition.

            Programs to which it had given its partial signatures stand, and can be completed \
            without it. What is signed is with the watchers: keep the old watcher's folder until \
            everything is spent. A receipt ('reveal') that was still owed is not given any more.

            What the one-time keys have signed is not known any more, and a key that signs two \
            messages loses its owner's money. So none of a ceremony signs before 'recovery \
            reconcile', and that is for when every other operator has said what they hold of yours.

            The old watcher's requests are refused, since they follow answers that this signer does \
            not know of: make a new watcher. The other operators have to be told; the report says \
            what.

            Payout addresses are numbered, and the words do not know how many were given out. With \
            --payout-index above all that were, no address is used twice; look the old ones up in a \
            wallet with the descriptor that 'payout descriptor' shows.

            Examples:
              bitvmx-signer restore --name alice --network mainnet --payout-index 20 \\
                --anchor /media/anchor/alice
              bitvmx-signer restore --name alice --network regtest --words-file words
            """)

    @OptionGroup var signer: NewSignerOptions
    @OptionGroup var state: StateOptions

    @Option(name: .customLong("words-fd"), help: "Read the words from this descriptor.")
    var wordsDescriptor: Int32?

    @Option(name: .customLong("words-file"), help: "Read the words from this file of mode 0600.")
    var wordsFile: String?

    @Option(
        name: .customLong("payout-index"),
        help: "The number of the first payout address to give out.")
    var payoutIndex: UInt32 = 0

    func validate() throws {
        guard payoutIndex < 1 << 31 else {
            throw ValidationError("--payout-index takes a number below 2147483648.")
        }
    }

    func run() throws {
        let new = try signer.newSigner(.recoveredSeed, payoutIndex: payoutIndex)
        try state.requireSafeAnchor(for: signer, on: new.network)
        try state.requireNew(for: new)
        let passphrase = try state.passphrase(.new, "New passphrase: ")
        let typed = try typedWords()
        let seed = try SecretStep.run { () throws(SecretsError) in
            try Mnemonic(typed: typed.page).seed()
        }
        try state.create(new, seed, passphrase)
        for note in Self.notes { state.printer.note(note) }
        state.printer.note(
            "The next payout address is number \(payoutIndex). If programs before the loss had it "
                + "or later ones, restore with a higher --payout-index.")
    }

    /// What the person has lost, and whom to tell.
    private static let notes = [
        "To recover is not to resume: identity, keys and money are back, what this signer did is "
            + "not. A new epoch begins.",
        "Lost: every ceremony in which this signer still owed keys, nonces or partial signatures. "
            + "No old request is answered. Set those programs up anew, with a new definition.",
        "Not lost: programs that have its partial signatures. What is signed is with the watchers; "
            + "keep the old watcher's folder until everything is spent.",
        "Not known: what your one-time keys have signed. A key that signs two messages loses your "
            + "money: 'recovery reconcile' only after every other operator has said what they hold "
            + "of yours.",
        "Do now: make a new watcher, and enrol it and this signer with each other; the old "
            + "watcher's requests are refused.",
        "Tell every other operator, by voice: my signer was restored from its words; my identity is "
            + "the same and its log begins again; programs that lack my partial signatures are "
            + "void, so give up their sessions; send me every keys bundle and every reveal that "
            + "you have of mine.",
    ]

    private func typedWords() throws -> TypedSecret {
        if let wordsDescriptor {
            return try SecretInput.read(wordsDescriptor, until: .input)
        }
        if let wordsFile { return try SecretInput.read(wordsFile, until: .input) }
        let terminal = try SecretTerminal(for: "the words", instead: "--words-fd or --words-file")
        return try terminal.readVisible("The words, all in one line:\n")
    }
}

extension StateOptions {
    /// Looks before a passphrase is asked for; the vault looks again.
    func requireNew(for new: NewSigner) throws {
        guard !Machine.exists(stateDirectory + "/vault.sqlite") else {
            throw ProgramFailure(VaultError.environment(.alreadyExists(path: stateDirectory)))
        }
        Machine.createParents(of: stateDirectory)
        let directory = Machine.isDirectory(stateDirectory) ? stateDirectory : parentDirectory
        try Machine.facts(stateDirectory: directory).check(for: new.network)
    }

    private var parentDirectory: String { Machine.parent(of: stateDirectory) }

    /// On mainnet an anchor on the state's own disk needs a word, because whatever brings back the
    /// disk brings back both.
    func requireSafeAnchor(
        for signer: NewSignerOptions, on network: Network
    ) throws(ProgramFailure) {
        guard network == .mainnet, !signer.acceptsAnchorOnSameDisk,
            Machine.areOnSameDisk(stateDirectory, anchor ?? stateDirectory)
        else { return }
        throw ProgramFailure(
            .unsafeEnvironment, "the anchor would be on the disk of the state",
            next: "name a folder on another disk or card with --anchor, or agree to the "
                + "risk with --anchor-on-same-disk")
    }

    func create(
        _ new: NewSigner, _ seed: borrowing Seed, _ passphrase: consuming TypedSecret
    ) throws {
        let signer = try Signer.create(
            new, seed: seed, at: location,
            unlock: VaultUnlock(passphrase, settings: Self.settings))
        let fingerprint = Fingerprint(
            of: IdentityPayload(name: new.name, role: .signer), key: signer.profile.identity,
            network: new.network)
        printer.report(
            JSONObject([
                ("name", .text(new.name.text)), ("network", .text(new.network.rawValue)),
                ("identity", .text(signer.profile.identity.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
                ("words", .text(fingerprint.spoken)), ("epoch", .number(signer.vault.epoch)),
                ("state", .text(stateDirectory)),
                ("anchor", .text(signer.vault.anchorDirectory)),
            ]),
            lines: [
                "Signer '\(new.name)' on \(new.network.rawValue) is ready.",
                "  identity:  \(signer.profile.identity.hex)",
                "  words:     \(fingerprint.spoken)",
                "  state:     \(stateDirectory)",
                "  anchor:    \(signer.vault.anchorDirectory) (never back it up together with the state)",
                "Next: write this signer's identity to a medium with 'bitvmx-signer identity'.",
            ])
    }
}

/// A person's backup, letter by letter.
enum Words {
    static func show(_ mnemonic: borrowing Mnemonic, on terminal: borrowing SecretTerminal) {
        terminal.write("Write these words down, in order. They are shown this once.\n")
        mnemonic.forEachWord { index, word in
            let number = String(index + 1)
            terminal.write((number.count < 2 ? " " : "") + number + ". ")
            terminal.write(word)
            terminal.write(index % 4 == 3 ? "\n" : "\t")
        }
        terminal.write("\n")
    }

    static func write(
        _ mnemonic: borrowing Mnemonic, to descriptor: Int32
    ) throws(ProgramFailure) {
        var isWhole = true
        mnemonic.forEachWord { index, word in
            if index > 0 {
                isWhole = DescriptorOutput.write([0x20].span, to: descriptor) && isWhole
            }
            isWhole = DescriptorOutput.write(word, to: descriptor) && isWhole
        }
        isWhole = DescriptorOutput.write([0x0A].span, to: descriptor) && isWhole
        guard isWhole else {
            throw ProgramFailure(
                .usage, "cannot write the words to descriptor \(descriptor)",
                next: "open it in the shell, for example 4>words")
        }
    }

    static func match(
        _ mnemonic: borrowing Mnemonic, _ typed: borrowing TypedSecret
    ) throws(ProgramFailure) -> Bool {
        do throws(SecretsError) {
            let again = try Mnemonic(typed: typed.page)
            return mnemonic.withEntropy { left in
                again.withEntropy { ConstantTime.equal(left, $0) }
            }
        } catch { throw ProgramFailure(error) }
    }
}

/// Runs a step with secret material and turns its error into the program's.
enum SecretStep {
    static func run<Value: ~Copyable>(
        _ body: () throws(SecretsError) -> Value
    ) throws(ProgramFailure) -> Value {
        do throws(SecretsError) { return try body() } catch { throw ProgramFailure(error) }
    }
}
