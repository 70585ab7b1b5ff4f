import ArgumentParser
import Bitcoin
import Dispute
import DisputeLeaves
import Foundation
import Model
import RiscV
import Terminal

/// Which leaves there are: those of a program, or those that all programs share.
struct LeafOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A program's definition; it says steps, arity and input.", valueName: "file"))
    var definition: String?

    @Option(help: ArgumentHelp("A program, a 32-bit RISC-V ELF file.", valueName: "file"))
    var elf: String?

    @Option(help: ArgumentHelp("With --elf: section that receives the input.", valueName: "name"))
    var inputSection = ".input"

    @Option(
        help: ArgumentHelp(
            "With --elf: bytes of that section that are input.", valueName: "bytes"))
    var inputSize: UInt64 = 0

    @Option(help: ArgumentHelp("Most steps of a run.", valueName: "count"))
    var stepLimit: UInt64 = 500_000_000

    @Option(help: ArgumentHelp("Parts of a search round, a power of two.", valueName: "count"))
    var arity: UInt64 = 8

    @Option(
        help: ArgumentHelp(
            "Profile of published hashes: 1 in base 16, 2 as chosen chains.",
            valueName: "number"))
    var hashProfile: UInt8 = 1

    @Option(
        help: ArgumentHelp(
            "A word of the input that is the same in every run.", valueName: "index=hex"))
    var constant: [String] = []

    @Option(help: ArgumentHelp("Blocks of silence after which a side loses.", valueName: "blocks"))
    var wait: UInt16 = 144

    func validate() throws {
        guard definition == nil || elf == nil else {
            throw ValidationError("either --definition or --elf, not both")
        }
        guard CommitmentProfile(rawValue: hashProfile) != nil else {
            throw ValidationError("--hash-profile is 1 or 2, not \(hashProfile)")
        }
        guard wait > 0 else { throw ValidationError("--wait is at least 1") }
        _ = try constants()
    }

    func catalogue() throws -> LeafCatalogue {
        let wait = BlockCount(wait)
        return LeafCatalogue(
            try context(), waits: ResponseWaits(prover: wait, verifier: wait),
            constants: try constants())
    }

    /// The leaf of a name.
    func kind(named name: String, in catalogue: LeafCatalogue) throws -> LeafKind {
        let text = SafeText.printable(name)
        do throws(LeafNameFault) {
            return try catalogue.kind(named: name)
        } catch {
            switch error {
            case .ofProgram:
                throw ProgramFailure(
                    .usage, "leaf '\(text)' is made for a program, and none is named",
                    next: "name it with '--definition FILE' or '--elf FILE'")
            case .unknown(_, let near):
                throw ProgramFailure(
                    .usage, "there is no leaf '\(text)'",
                    next: near.isEmpty
                        ? "'bitvmx-watcher script show' lists all names"
                        : "perhaps \(near.joined(separator: ", "))")
            }
        }
    }

    private func constants() throws -> [Int: UInt32] {
        var words: [Int: UInt32] = [:]
        for text in constant {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let index = Int(parts[0]), index >= 0, parts[1].count == 8,
                let word = UInt32(parts[1], radix: 16)
            else {
                throw ValidationError(
                    "--constant is a word's index and eight hex digits, such as 1=0000002a")
            }
            words[index] = word
        }
        return words
    }

    private func context() throws -> LeafContext {
        let profile = CommitmentProfile(rawValue: hashProfile) ?? .base16
        if let definition { return try Self.context(of: definition, profile) }
        guard arity <= 256, let shape = SearchShape(covering: stepLimit, arity: Int(arity)) else {
            throw ProgramFailure(
                .usage, "no search has \(stepLimit) steps and \(arity) parts a round",
                next: "1 to 2^63 steps, and a power of two from 2 to 256 parts")
        }
        guard let elf else {
            return LeafContext(shape, stepLimit: stepLimit, publishedHashes: profile)
        }
        let program = try EmulatedProgramOptions.load(
            PlainFile.read(elf, limit: EmulatedProgramOptions.byteLimit), from: elf)
        guard inputSize % 4 == 0 else {
            throw ProgramFailure(
                .usage, "--input-size is a multiple of 4, not \(inputSize)",
                next: "give the bytes of whole words")
        }
        let commitment: ProgramCommitment
        do throws(DefinitionFault) {
            commitment = try ProgramCommitment(
                program, inputSectionName: inputSection, inputByteCount: inputSize)
        } catch {
            throw ProgramFailure(error, file: elf)
        }
        return Self.context(commitment, stepLimit, shape, profile)
    }

    private static func context(
        of path: String, _ profile: CommitmentProfile
    ) throws -> LeafContext {
        let definition = try EmulatorDefinitionCommand.load(path).definition
        let parameters = definition.parameters
        guard
            let shape = SearchShape(covering: parameters.stepLimit, arity: parameters.arity)
        else { preconditionFailure("a definition has numbers that a search can have") }
        return context(definition.commitment, parameters.stepLimit, shape, profile)
    }

    private static func context(
        _ commitment: ProgramCommitment, _ stepLimit: UInt64, _ shape: SearchShape,
        _ profile: CommitmentProfile
    ) -> LeafContext {
        do throws(DisputeProgram.Fault) {
            let program = try DisputeProgram(commitment, stepLimit: stepLimit, shape: shape)
            return LeafContext(program, publishedHashes: profile)
        } catch {
            preconditionFailure("the search was made for the limit")
        }
    }
}
