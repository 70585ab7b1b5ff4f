import Terminal
import TestSupport
import Testing

@Suite("Tables of a command line")
struct TextTableTests {
    @Test("columns are as wide as their widest cell, numbers stand to the right")
    func layout() {
        var table = TextTable([("name", .left), ("count", .right), ("what", .left)])
        table.add(["alice", "7", "first"])
        table.add(["bob-with-a-long-name", "123456", ""])
        #expect(
            table.lines == [
                "name                   count  what",
                "--------------------  ------  -----",
                "alice                      7  first",
                "bob-with-a-long-name  123456",
            ])
    }

    @Test("headings alone")
    func empty() {
        let table = TextTable([("index", .right), ("address", .left)])
        #expect(table.lines == ["index  address", "-----  -------"])
    }

    @Test("a hostile cell can neither steer the terminal nor shift the columns")
    func hostile() {
        var table = TextTable([("title", .left), ("x", .left)])
        table.add(["\u{1B}[31mred\u{1B}[0m\r\n", "1"])
        table.add(["e\u{301}\u{301}\u{301}", "2"])
        #expect(
            table.lines == [
                "title           x",
                "--------------  -",
                "?[31mred?[0m??  1",
                "e???            2",
            ])
    }

    @Test("every row of random cells is as wide as the rule below the headings, or trimmed")
    func widths() {
        var random = SplitMix64.announced("cells of tables")
        for _ in 0..<200 {
            var table = TextTable([("a", .left), ("bb", .right), ("ccc", .left)])
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                table.add(
                    (0..<3).map { _ in
                        String(
                            repeating: "w", count: Int.random(in: 0...40, using: &random))
                    })
            }
            let lines = table.lines
            #expect(lines.allSatisfy { $0.count <= lines[1].count && $0.last != " " })
        }
    }
}
