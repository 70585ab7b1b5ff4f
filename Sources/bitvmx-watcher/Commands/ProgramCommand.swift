import ArgumentParser
import Bitcoin
import Exchange
import Foundation
import Model
import Primitives
import Terminal
import Validation
import WatcherCore
import WatcherStore

/// `program`: definitions and where they stand.
struct ProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program",
        abstract: "Creates programs and shows where they stand.",
        discussion: """
            An ID is the first four or more hex digits of a program's id.

            EXAMPLES
              bitvmx-watcher program template > lock.yaml
              bitvmx-watcher program create lock.yaml
              bitvmx-watcher program show 3f9a --draw lock.svg
              bitvmx-watcher program request 3f9a -o request.json
              bitvmx-watcher program fund 3f9a --txid TXID
            """,
        subcommands: [
            ProgramTemplateCommand.self, ProgramCreateCommand.self, ProgramListCommand.self,
            ProgramShowCommand.self, ProgramRequestCommand.self, ProgramFundCommand.self,
            ProgramRetryCommand.self,
        ])

    @OptionGroup var options: WatcherOptions
}

/// `program template`.
struct ProgramTemplateCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Prints a commented definition with a fresh random instance.",
        discussion: """
            Where this watcher has a state, network and enrolled operators are filled
            in.

            EXAMPLES
              bitvmx-watcher program template > lock.yaml
            """)

    @OptionGroup var options: WatcherOptions

    func perform(_ printer: Printer) throws {
        let instance = try KernelRandomness.publicBytes(count: 16)
        let watcher = try? options.open(for: .reading).watcher
        let text = DefinitionTemplate.text(instance: instance, watcher: watcher)
        printer.report(
            JSONObject([("template", .text(text))]),
            lines: [String(text.dropLast())])
    }
}

/// `program create`.
struct ProgramCreateCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Creates a program from its YAML file.",
        discussion: """
            Every operator does this with the same file and compares the words of the
            id. Creating a program again changes nothing.

            EXAMPLES
              bitvmx-watcher program create lock.yaml
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The definition.")
    var file: String

    func perform(_ printer: Printer) throws {
        let bytes = try PlainFile.read(file, limit: DefinitionFile.byteLimit)
        let definition = try DefinitionFile.parse(bytes)
        var state = try options.open(for: .writing)
        let isNew = state.watcher.programs[definition.id] == nil
        _ = try state.receive(.programCreated(definition))
        if let report = try? state.watcher.report(on: definition) {
            report.violations.forEach { printer.note("note: \($0)") }
        }
        let words = Bytewords.words(for: definition.id.digest)
        printer.report(
            JSONObject([
                ("id", .text(definition.id.description)), ("created", .bool(isNew)),
                ("words", .text(words.joined(separator: " "))),
                ("title", .text(definition.title)),
            ]),
            lines: [
                "\(isNew ? "created" : "already here:") program \(definition.id)",
                "words: \(words.joined(separator: " "))",
                "next: bitvmx-watcher request next \(definition.id.short) -o DIR",
            ])
    }
}

/// `program list`.
struct ProgramListCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the programs and what each waits for.",
        discussion: """
            EXAMPLES
              bitvmx-watcher program list
            """)

    @OptionGroup var options: WatcherOptions

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let summaries = try ProgramSummary.all(of: watcher)
        printer.report(
            JSONObject([("programs", .array(summaries.map { .object($0.json) }))]),
            lines: ProgramSummary.lines(summaries))
    }
}

/// `program retry`.
struct ProgramRetryCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Gives the present signing attempt up and starts the next one.",
        discussion: """
            First abort the session at the signer: 'bitvmx-signer session abort ID'. All
            operators have to retry; nonces of different attempts never go together. The
            graph stays.

            EXAMPLES
              bitvmx-watcher program retry 3f9a
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    func perform(_ printer: Printer) throws {
        var state = try options.open(for: .writing)
        let id = try state.watcher.program(named: id)
        let attempt = try state.watcher.nextAttempt(id)
        _ = try state.receive(.attemptStarted(id, attempt: attempt))
        printer.report(
            JSONObject([
                ("id", .text(id.description)), ("attempt", .number(UInt64(attempt))),
            ]),
            lines: [
                "program \(id.short): attempt \(attempt)",
                "next: bitvmx-watcher request next \(id.short) -o DIR",
            ])
    }
}

extension Watcher {
    /// The program that a command is about.
    ///
    /// - Parameter text: Start of its id; nil where there is one program only.
    func program(named text: String?) throws -> CeremonyID {
        if let text { return try program(matching: text) }
        guard let only = order.first else { throw WatcherError.noPrograms }
        guard order.count == 1 else {
            throw ProgramFailure(
                .usage, "there are \(order.count) programs; name one",
                next: "'bitvmx-watcher program list' prints their ids")
        }
        return only
    }
}
