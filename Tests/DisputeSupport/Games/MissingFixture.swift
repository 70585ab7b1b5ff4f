/// Something that a test needs is not there.
package struct MissingFixture: Error, CustomStringConvertible {
    /// What is missing.
    package let description: String

    /// What is missing, in words.
    package init(_ description: String) {
        self.description = description
    }
}

/// A value that must be there for a test to begin.
func required<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw MissingFixture(what) }
    return value
}
