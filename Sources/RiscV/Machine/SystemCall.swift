/// Numbers in a7 that mean something.
enum SystemCall {
    static let halt: UInt32 = 93
    /// Writes a byte out; for people alone, since it changes nothing in the machine.
    static let output: UInt32 = 116
    /// Where that byte stands.
    static let outputAddress: UInt32 = 0xA000_1003
}
