package import Primitives

/// A program and the parameters under which two parties run it: what a dispute is about.
package struct ProgramDefinition: Hashable, Sendable {
    /// As loaded.
    package let program: Program
    /// What goes with it.
    package let parameters: ProgramParameters
    /// What leaf scripts say about the program.
    package let commitment: ProgramCommitment
    /// Binds every byte of the ELF file and every parameter.
    package let digest: Bytes32
    /// SHA-256 of the ELF file.
    package let fileDigest: Bytes32

    /// Loads a program and checks it against its parameters.
    ///
    /// - Parameter elf: The file, whole.
    package init(
        elf bytes: [UInt8], parameters: ProgramParameters
    ) throws(DefinitionFault) {
        do throws(ProgramFault) {
            program = try Program(elf: bytes)
        } catch {
            throw .program(error)
        }
        commitment = try ProgramCommitment(
            program, inputSectionName: parameters.inputSectionName,
            inputByteCount: parameters.inputByteCount)
        self.parameters = parameters
        fileDigest = SHA256.hash(bytes)
        digest = Self.digest(of: fileDigest, parameters)
    }

    /// Where a piece of the input stands in memory.
    ///
    /// - Parameter inputIndex: Of `parameters.inputs`.
    package func range(ofInput inputIndex: Int) -> AddressRange {
        let before = parameters.inputs.prefix(inputIndex).reduce(0) { $0 + $1.byteCount }
        guard let area = commitment.inputRange else {
            preconditionFailure("a definition with input has a place for it")
        }
        let start = area.start + UInt32(before)
        let byteCount = UInt32(parameters.inputs[inputIndex].byteCount)
        return AddressRange(start: start, last: start + (byteCount - 1))
    }

    /// Input for a run, in the order of the pieces.
    ///
    /// - Parameter bytes: All pieces, one after the other.
    package func input(_ bytes: [UInt8]) -> ProgramInput {
        ProgramInput(bytes, sectionName: parameters.inputSectionName)
    }

    private static func digest(
        of fileDigest: Bytes32, _ parameters: ProgramParameters
    ) -> Bytes32 {
        let record = CBORValue.record([
            1: .bytes(fileDigest.bytes),
            2: .unsigned(UInt64(parameters.arity)),
            3: .unsigned(parameters.stepLimit),
            4: .text(parameters.inputSectionName),
            5: .array(
                parameters.inputs.map {
                    .array([.unsigned($0.byteCount), .text($0.owner.rawValue)])
                }),
        ])
        return TaggedHash("BitVMX/program-definition/v1").hash(record.encode())
    }
}
