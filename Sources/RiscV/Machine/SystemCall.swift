/// Numbers in a7 that mean something.
enum SystemCall {
    static let halt: UInt32 = 93
}
