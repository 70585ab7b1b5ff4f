import Model

/// A label of test graphs; `number` keeps labels apart that are spelled alike.
struct TestLabel: GraphLabel, ExpressibleByStringLiteral {
    let text: String
    let number: Int

    init(_ text: String, number: Int = 0) {
        self.text = text
        self.number = number
    }

    init(stringLiteral text: String) {
        self.init(text)
    }
}
