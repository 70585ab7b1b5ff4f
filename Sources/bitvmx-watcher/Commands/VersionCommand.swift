import ArgumentParser
import Terminal
import Validation

/// `version`: what this program is made of.
struct VersionCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Prints version and build facts.",
        discussion: """
            EXAMPLES
              bitvmx-watcher version --json
            """)

    @OptionGroup var options: WatcherOptions

    func perform(_ printer: Printer) throws {
        let rules = RuleCatalogue.entries.count
        printer.report(
            JSONObject([
                ("program", .text("bitvmx-watcher")), ("version", .text(ProductVersion.number)),
                ("rules", .number(UInt64(rules))),
            ]), lines: ["bitvmx-watcher \(ProductVersion.number), \(rules) rules"])
    }
}
