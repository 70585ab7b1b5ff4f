package import Model
import Winternitz

extension VariableDeclaration {
    /// A hash of 20 bytes that no script reads, under a key of profile 2: `hash-0`, `hash-1`, ….
    package static func hash(_ index: Int) throws -> VariableDeclaration {
        VariableDeclaration(name: try VariableName("hash-\(index)"), parameters: .composition)
    }

    /// The same name and length under a key of profile 1.
    package func inBase16() throws -> VariableDeclaration {
        VariableDeclaration(
            name: name,
            parameters: .base16(try WinternitzParameters(messageByteCount: byteCount)))
    }
}
