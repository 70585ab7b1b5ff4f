package import Primitives
package import RiscV

extension ChainStep {
    /// Where the program goes on.
    package var nextCounter: ProgramCounter {
        ProgramCounter(address: nextAddress, micro: UInt8(truncatingIfNeeded: nextMicro))
    }
}

extension Bytes20 {
    /// The chain after one more step.
    package func extended(by step: ChainStep) -> Bytes20 {
        var hash = self
        let steps = [step]
        BLAKE3Chain.extend(&hash, by: steps.span)
        return hash
    }
}

/// What is particular to the row of an ECALL.
enum SystemCallRow {
    static let opcode: UInt32 = 0x0000_0073
    static let halt: UInt32 = 93
}
