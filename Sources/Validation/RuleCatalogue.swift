package import Model

/// Every rule of the product by id; docs/rules.md and the tests are compared with this list.
package enum RuleCatalogue {
    package struct Entry: Hashable, Sendable {
        package let id: RuleID
        package let requirement: String
        package let severity: RuleSeverity
        package let exit: ProgramExit
    }

    package static var entries: [Entry] {
        entries(of: BundleRules.all) + entries(of: DefinitionRules.all)
            + entries(of: KeyRules.all) + entries(of: FundingRules.all)
            + entries(of: GraphRules.all) + entries(of: NonceRules.all)
            + entries(of: RevealRules.all) + entries(of: ResponseRules.all)
    }

    private static func entries<Subject>(of rules: [Rule<Subject>]) -> [Entry] {
        rules.map {
            Entry(
                id: $0.id, requirement: $0.requirement, severity: $0.severity, exit: $0.exit)
        }
    }
}
