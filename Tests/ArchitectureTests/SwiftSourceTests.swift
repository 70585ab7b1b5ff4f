import Testing

/// The reader of Swift files finds what the other tests rely on; a reader that finds nothing would let everything pass.
@Suite("Reader of Swift files")
struct SwiftSourceTests {
    @Test("imports are found in every form, and not in comments or literals")
    func imports() {
        let source = SwiftSource(
            """
            import Foundation
            package import Bitcoin  // import Hidden
            public import struct Curve.PublicKey
            @_exported import GRDB
            /* import Secrets /* import Nested */ import Still */
            let text = "import Model \\(call("import Inner")) import Late"
            let raw = #"import Raw \\#(1)"#
            """)
        #expect(source.imports.map(\.module) == ["Foundation", "Bitcoin", "Curve", "GRDB"])
        #expect(source.imports.map(\.line) == [1, 2, 3, 4])
    }

    @Test("code inside an interpolation is kept, the literal around it is not")
    func interpolation() {
        let source = SwiftSource(#"let a = "secret \(value.force(1)) end""#)
        #expect(source.lines[0].contains("value.force(1)"))
        #expect(!source.lines[0].contains("secret"))
        #expect(!source.lines[0].contains("end"))
    }

    @Test("a function's length counts from its declaration to its closing brace")
    func functionLength() {
        let source = SwiftSource(
            """
            protocol Named {
                func requirement(_ value: Int) -> Int
                init(name: String)
            }
            struct Value {
                package static func short() { "}" }
                @discardableResult
                mutating func long(
                    first: Int = 0, body: () -> Void = {}
                ) throws -> [Int] {
                    if first > 0 {
                        return [first]
                    }
                    return []
                }
            }
            """)
        #expect(source.functions.map(\.line) == [6, 8])
        #expect(source.functions.map(\.lineCount) == [1, 8])
    }
}
