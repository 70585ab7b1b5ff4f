import RiscV
import Terminal
import Yams

/// A machine program's definition as people write it: YAML with BitVMX-CPU's five keys.
struct MachineDefinitionFile {
    static let byteLimit = 64 << 10

    private static let keys = [
        "elf", "nary_search", "max_steps", "input_section_name", "inputs",
    ]

    /// Path of the ELF file, from the folder of the definition.
    let elf: String
    let parameters: ProgramParameters
    private let fields: YAMLFields

    /// - Throws: `DefinitionFileError` with key and line.
    init(_ bytes: [UInt8]) throws(DefinitionFileError) {
        fields = try YAMLFields(
            DefinitionFile.root(bytes, limit: Self.byteLimit), place: "the file",
            required: Self.keys)
        elf = try fields.text("elf", expected: "the path of an ELF file")
        guard !elf.hasPrefix("/") else {
            throw .invalid(
                key: "elf", line: fields.line("elf"),
                reason: "a path from the folder of this file, not from the root")
        }
        var inputs: [InputPart] = []
        for node in try fields.list("inputs") { inputs.append(try Self.input(node)) }
        let arity = try fields.number("nary_search", unit: "parts")
        let stepLimit = try fields.number("max_steps", unit: "steps")
        let section = try fields.text("input_section_name", expected: "the name of a section")
        do throws(DefinitionFault) {
            parameters = try ProgramParameters(
                arity: arity, stepLimit: stepLimit, inputSectionName: section, inputs: inputs)
        } catch {
            throw Self.error(error, fields)
        }
    }

    /// The definition with its program.
    ///
    /// - Parameter bytes: The ELF file.
    func definition(elf bytes: [UInt8]) throws -> ProgramDefinition {
        do throws(DefinitionFault) {
            return try ProgramDefinition(elf: bytes, parameters: parameters)
        } catch .program(let fault) {
            throw ProgramFailure(fault, file: elf)
        } catch {
            throw Self.error(error, fields)
        }
    }

    private static func input(_ node: Node) throws(DefinitionFileError) -> InputPart {
        let fields = try YAMLFields(node, place: "an input", required: ["size", "owner"])
        let name = try fields.text("owner")
        guard let owner = InputPart.Owner(rawValue: name) else {
            throw .invalid(
                key: "owner", line: fields.line("owner"),
                reason: "'\(SafeText.printable(name))'; one of "
                    + InputPart.Owner.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return InputPart(byteCount: try fields.number("size", unit: "bytes"), owner: owner)
    }

    private static func error(_ fault: DefinitionFault, _ fields: YAMLFields) -> DefinitionFileError
    {
        func invalid(_ key: String, _ reason: String) -> DefinitionFileError {
            .invalid(key: key, line: fields.line(key), reason: reason)
        }
        return switch fault {
        case .arity(let arity):
            invalid("nary_search", "\(arity); a power of two from 2 to 256")
        case .stepLimit(let limit): invalid("max_steps", "\(limit); from 1 to 2^63")
        case .inputSize(let index, let byteCount):
            invalid(
                "inputs",
                "number \(index + 1) has \(byteCount) bytes; sizes are multiples of 4")
        case .noInputSection(let name):
            invalid(
                "input_section_name",
                "the program has no section '\(SafeText.printable(name))'")
        case .inputSectionNotData(let name):
            invalid("input_section_name", "section '\(SafeText.printable(name))' is no data")
        case .inputTooLong(let byteCount, let limit):
            invalid("inputs", "\(byteCount) bytes in all; the section has room for \(limit)")
        case .codeWithoutContent(let section):
            invalid(
                "elf", "code section '\(SafeText.printable(section))' has no content")
        case .entryOutsideCode(let address):
            invalid(
                "elf", "the program begins at 0x\(Hexadecimal.word(address)), where no code is")
        case .program(let fault): invalid("elf", "\(fault)")
        }
    }
}
