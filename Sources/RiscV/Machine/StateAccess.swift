/// The state of the machine as one step sees it.
///
/// The step is written once, over this; who answers decides what comes out of it: a fast machine,
/// a recorder of rows, or a judge who knows one row and nothing else. A step makes at most one
/// first read, one second read and one write.
protocol StateAccess {
    /// Reads a register as the step's first read.
    mutating func firstRegister(_ index: UInt8) -> UInt32

    /// Reads a register as the step's second read.
    mutating func secondRegister(_ index: UInt8) -> UInt32

    /// Reads a word as the step's second read.
    ///
    /// - Parameter address: A multiple of 4.
    mutating func secondMemory(_ address: UInt32) throws(Trap) -> UInt32

    /// Writes a register.
    ///
    /// - Parameter index: Never 0.
    mutating func writeRegister(_ index: UInt8, _ value: UInt32)

    /// Writes a word.
    ///
    /// - Parameter address: A multiple of 4.
    mutating func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap)

    /// Takes note of the other result of a division.
    mutating func note(witness: UInt32)

    /// Whether an ECALL asks to end the program; looked at without a read in the row.
    func callsForHalt() -> Bool
}

/// Where the machine stands.
package struct ProgramCounter: Hashable, Sendable {
    /// Address of the instruction.
    package var address: UInt32
    /// Micro-step of that instruction, 0 to 7.
    package var micro: UInt8

    /// A place in a program.
    package init(address: UInt32, micro: UInt8) {
        self.address = address
        self.micro = micro
    }
}

/// What follows a step.
struct NextStep {
    let address: UInt32
    let micro: UInt32
    let halts: Bool

    @inline(__always)
    init(address: UInt32, micro: UInt32 = 0, halts: Bool = false) {
        self.address = address
        self.micro = micro
        self.halts = halts
    }

    /// The same as a place of the program.
    var counter: ProgramCounter {
        @inline(__always) get {
            ProgramCounter(address: address, micro: UInt8(truncatingIfNeeded: micro))
        }
    }

    @inline(__always)
    static func following(_ address: UInt32) -> NextStep {
        NextStep(address: address &+ 4)
    }
}
