import Testing
import Validation

@Suite("Rule catalogue")
struct RuleCatalogueTests {
    @Test("a subject that meets everything breaks nothing", arguments: try RuleRows.all())
    func met(_ row: RuleRow) {
        #expect(row.met.violations.isEmpty, "\(row.met.violations)")
        #expect(row.met.met.contains(row.rule))
    }

    @Test("breaking a rule breaks it and no other", arguments: try RuleRows.all())
    func broken(_ row: RuleRow) throws {
        let found = Set(row.broken.violations.map(\.rule))
        #expect(found == row.violated, "\(row.broken.violations)")
        #expect(row.broken.met.allSatisfy { !found.contains($0) })
        #expect(row.broken.met.count + row.broken.violations.count == row.met.met.count)
        let violation = try #require(row.broken.violations.first { $0.rule == row.rule })
        let entry = try #require(RuleCatalogue.entries.first { $0.id == row.rule })
        #expect(violation.severity == entry.severity)
        #expect(violation.exit == entry.exit)
        #expect(!violation.detail.isEmpty)
        #expect(violation.detail.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 >= 0x80 })
    }

    @Test("every rule of the catalogue has a row, and every row a rule")
    func complete() throws {
        let rows = Set(try RuleRows.all().map(\.rule))
        let catalogue = Set(RuleCatalogue.entries.map(\.id))
        #expect(catalogue.subtracting(rows) == [], "rules without a row")
        #expect(rows.subtracting(catalogue) == [], "rows without a rule")
    }

    @Test("ids are unique, and of a group that airgap reviews know")
    func ids() {
        let ids = RuleCatalogue.entries.map(\.id)
        #expect(Set(ids).count == ids.count)
        let groups: Set<String> = [
            "BND", "PAR", "TIM", "KEY", "FUN", "GRF", "DST", "MUS", "OTS", "POST",
        ]
        #expect(Set(ids.map(\.group)) == groups)
        for id in ids {
            let allowed = id.text.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x2D }
            #expect(allowed, "\(id)")
        }
    }

    @Test("a requirement is one sentence")
    func requirements() {
        for entry in RuleCatalogue.entries {
            let text = entry.requirement
            #expect(text.hasSuffix(".") && !text.contains("\n"), "\(entry.id)")
            #expect(text.first?.isUppercase == true, "\(entry.id)")
            #expect(!text.contains("|"), "\(entry.id) would break its table")
        }
        let texts = RuleCatalogue.entries.map(\.requirement)
        #expect(Set(texts).count == texts.count)
    }
}
