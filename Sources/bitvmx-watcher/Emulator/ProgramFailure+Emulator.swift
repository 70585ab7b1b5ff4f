import Glibc
import Model
import RiscV
import Terminal

extension ProgramFailure {
    /// What is wrong with a program.
    ///
    /// - Parameter file: Its path; nil if the fault is not about the file.
    init(_ fault: ProgramFault, file: String?) {
        let place = file.map { "'\(SafeText.printable($0))': " } ?? ""
        switch fault {
        case .noInputSection(let name):
            self.init(
                .malformed, "the program has no section '\(SafeText.printable(name))' for input",
                next: "name the section with '--input-section'")
        case .inputSectionNotData(let name):
            self.init(
                .malformed, "section '\(SafeText.printable(name))' is no data",
                next: "name another section with '--input-section'")
        case .inputTooLong(let byteCount, let limit):
            self.init(
                .malformed, "the input has \(byteCount) bytes; its section has room for \(limit)",
                next: "shorten the input, or link the program with a larger section")
        case .outOfMemory(let byteCount):
            self.init(
                .unsafeEnvironment, "\(place)the system gives no \(byteCount) bytes of memory",
                next: "run it on a machine with more memory")
        default:
            self.init(
                .malformed, place + Self.text(fault),
                next: "name an ELF file that was linked for this machine")
        }
    }

    private static func text(_ fault: ProgramFault) -> String {
        func name(_ section: String) -> String { "section '\(SafeText.printable(section))'" }
        return switch fault {
        case .notElf(let reason): "no ELF file: \(reason)"
        case .otherMachine(let reason): "no program for this machine: \(reason)"
        case .noSectionTable: "it has no table of sections, or no names for them"
        case .contentOutsideFile(let section): "\(name(section)) is not within the file"
        case .unalignedSection(let section, let start):
            "\(name(section)) begins at 0x\(Hexadecimal.word(start)), which is no multiple of 4"
        case .writableCode(let section): "\(name(section)) is both code and writable"
        case .addressOverflow(let section): "\(name(section)) ends after the last address"
        case .overlap(let first, let second):
            "\(name(first)) and \(name(second)) have addresses in common"
        case .lowSection(let section, let start):
            "\(name(section)) begins at 0x\(Hexadecimal.word(start)), below 0x00001000"
        case .sectionTouchesStack(let section): "\(name(section)) touches the stack"
        case .sharedContent(let byteCount, let limit):
            "its sections have \(byteCount) bytes of content; the file has \(limit)"
        case .undecodableCode(let address, let word):
            "0x\(Hexadecimal.word(word)) at 0x\(Hexadecimal.word(address)) is no instruction"
        case .tooManySections(let count):
            "it has \(count) sections; at most \(MemoryMap.sectionLimit) are allowed"
        case .unalignedEntry(let address):
            "it begins at 0x\(Hexadecimal.word(address)), which is no multiple of 4"
        case .noInputSection, .inputSectionNotData, .inputTooLong, .outOfMemory: "\(fault)"
        }
    }

    /// What is wrong with checkpoints.
    init(_ fault: CheckpointFault, folder: String) {
        let place = SafeText.printable(folder)
        func file(_ name: String) -> String { "'\(place)/\(SafeText.printable(name))'" }
        switch fault {
        case .otherRun(let name):
            self.init(
                .malformed, "\(file(name)) belongs to another program or another input",
                next: "name another folder, or remove this one")
        case .damaged(let name, let reason):
            self.init(
                .malformed, "\(file(name)) is damaged: \(reason)",
                next: "remove the folder; the run begins anew")
        case .unknownFormat(let name, let version):
            self.init(
                .malformed, "\(file(name)) has format \(version), which is not known here",
                next: "use the version of this program that wrote it, or another folder")
        case .gap(let after, let before):
            self.init(
                .malformed, "checkpoints between steps \(after) and \(before) are missing",
                next: "remove the folder; the run begins anew")
        case .beyondEnd(let step, let lastStep):
            self.init(.usage, "the run has \(lastStep) steps; there is no step \(step)")
        case .inUse:
            self.init(
                .busy, "another process works in '\(place)'",
                next: "wait for it, or name another folder")
        case .storage(let name, let code):
            let reason = unsafe String(cString: strerror(code))
            self.init(
                .media, "\(SafeText.printable(name)): \(reason)",
                next: "look whether '\(place)' can be written and the medium is not full")
        case .program(let fault): self.init(fault, file: nil)
        }
    }
}

extension ProgramFailure {
    /// Why a program has no commitment.
    init(_ fault: DefinitionFault, file: String) {
        switch fault {
        case .noInputSection(let name): self.init(.noInputSection(name: name), file: file)
        case .inputSectionNotData(let name):
            self.init(.inputSectionNotData(name: name), file: file)
        case .inputTooLong(let byteCount, let limit):
            self.init(
                .inputTooLong(byteCount: Int(clamping: byteCount), limit: Int(clamping: limit)),
                file: file)
        case .program(let fault): self.init(fault, file: file)
        case .codeWithoutContent(let section):
            self.init(
                .malformed,
                "'\(SafeText.printable(file))': code section '\(SafeText.printable(section))' "
                    + "has no content", next: "link the program so that code is in the file")
        case .entryOutsideCode(let address):
            self.init(
                .malformed,
                "'\(SafeText.printable(file))': it begins at 0x\(Hexadecimal.word(address)), "
                    + "where no code is", next: "link the program so that it begins in its code")
        case .arity, .stepLimit, .inputSize: self.init(.malformed, "\(fault)")
        }
    }
}
