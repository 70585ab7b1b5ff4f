/// Why a step could not be made.
///
/// The step is counted all the same.
package enum Trap: Error, Hashable, Sendable {
    /// No section contains the address.
    case sectionNotFound(UInt32)
    /// A program touched the register section.
    case registerSection
    /// A word that the machine does not execute.
    case unimplemented(UInt32)
    /// The program counter points at data.
    case executeFromNonCode
    /// A store to code or to read-only data.
    case writeToReadOnly
    /// A jump to an address that is no multiple of 4.
    case unalignedJump(UInt32)
    /// A load from code.
    case readFromExecuteOnly
}

/// How an execution ended.
package enum ExecutionResult: Hashable, Sendable {
    /// The program asked to end.
    case halt(returnValue: UInt32, step: UInt64)
    /// As many steps were made as were allowed.
    case limitReached(step: UInt64)
    /// A step failed; the last one that was counted.
    case trapped(Trap)

    /// The result as BitVMX-CPU writes it in JSON.
    package var json: String {
        switch self {
        case .halt(let value, let step): #"{"Halt":[\#(value),\#(step)]}"#
        case .limitReached(let step): #"{"LimitStepReached":\#(step)}"#
        case .trapped(.sectionNotFound(let address)):
            #"{"SectionNotFound":"Address 0x\#(Hexadecimal.word(address)) "#
                + #"not found in any section"}"#
        case .trapped(.registerSection): #""RegistersSectionFail""#
        case .trapped(.unimplemented(let word)):
            #"{"InstructionNotImplemented":[\#(word),"\#(Disassembler.text(of: word, at: 0))"]}"#
        case .trapped(.executeFromNonCode): #""ExecuteFromNonCodeSection""#
        case .trapped(.writeToReadOnly): #""WriteToReadOnlySection""#
        case .trapped(.unalignedJump(let address)): #"{"UnalignedJump":\#(address)}"#
        case .trapped(.readFromExecuteOnly): #""ReadFromExecuteOnlySection""#
        }
    }
}
