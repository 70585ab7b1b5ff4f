/// Why parameters and a program are no definition.
package enum DefinitionFault: Error, Hashable, Sendable {
    /// The arity of the search is no power of two from 2 to 256.
    case arity(UInt64)
    /// The step limit is 0 or above 2^63.
    case stepLimit(UInt64)
    /// A piece of input is empty or ends within a word; its index counts from 0.
    case inputSize(inputIndex: Int, byteCount: UInt64)
    /// No section has the name that is given for the input.
    case noInputSection(name: String)
    /// The input section is code or the register file.
    case inputSectionNotData(name: String)
    /// All pieces of input together are longer than their section.
    case inputTooLong(byteCount: UInt64, limit: UInt64)
    /// A code section has no content, so that there is nothing to agree on.
    case codeWithoutContent(section: String)
    /// The first instruction does not stand at a word of code, so that no step could be opened.
    case entryOutsideCode(UInt32)
    /// The file is no program.
    case program(ProgramFault)
}
