/// Fixed addresses and sizes of the machine: those of BitVMX-CPU.
///
/// - Source: docs/protocol/machine.md, "Memory map".
package enum MemoryMap {
    /// Where register 0 stands in traces and scripts; register i is four bytes times i further.
    package static let registerBase: UInt32 = 0xF000_0000
    /// 32 registers and two that only micro-steps use.
    package static let registerCount = 34
    /// Bytes of the register section.
    package static let registerByteCount: UInt32 = 0x88
    /// First byte of the stack.
    package static let stackBase: UInt32 = 0xE000_0000
    /// What register 2 holds at the start: the first byte after the stack.
    package static let initialStackPointer: UInt32 = 0xE080_0000
    /// No section may begin below.
    package static let lowestSectionStart: UInt32 = 0x1000
    /// Most sections that a program may have before adjacent ones are merged.
    package static let sectionLimit = 900
    /// Words per chunk of code or initialised data in a challenge.
    package static let chunkWordCount = 100
    /// The `last_step` of what was never written.
    package static let neverWritten = UInt64.max

    /// The address by which traces name a register.
    ///
    /// - Parameter index: 0 to 33.
    package static func address(ofRegister index: UInt8) -> UInt32 {
        registerBase &+ 4 &* UInt32(index)
    }
}

/// Registers that have a part of their own to play.
enum RegisterIndex {
    static let stackPointer: UInt8 = 2
    static let a0: UInt8 = 10
    static let a7: UInt8 = 17
    static let auxiliary1: UInt8 = 32
    static let auxiliary2: UInt8 = 33
}
