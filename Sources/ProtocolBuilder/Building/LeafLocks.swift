import Bitcoin

/// The locks that a leaf's script demands, read from the script itself.
struct LeafLocks: Equatable {
    /// What each OP_CHECKSEQUENCEVERIFY is given.
    private(set) var relative: [Sequence] = []
    /// What each OP_CHECKLOCKTIMEVERIFY is given.
    private(set) var absolute: [LockTime] = []

    /// Finds every number that is pushed directly before a lock opcode.
    init(_ script: Script) throws(ScriptDecodingError) {
        var number: UInt32?
        for instruction in try script.instructions() {
            switch instruction {
            case .push(let bytes, _):
                number = Self.number(bytes)
            case .opcode(.checkSequenceVerify):
                if let number { relative.append(Sequence(number)) }
                number = nil
            case .opcode(.checkLockTimeVerify):
                if let number { absolute.append(LockTime(number)) }
                number = nil
            case .opcode(let opcode):
                let isSmall = (Opcode.one...Opcode.sixteen).contains(opcode)
                number = isSmall ? UInt32(opcode.rawValue - Opcode.one.rawValue + 1) : nil
            }
        }
    }

    private static func number(_ bytes: [UInt8]) -> UInt32? {
        do throws(ScriptNumberError) {
            return UInt32(
                exactly: try ScriptNumber.decode(
                    bytes, maximumByteCount: ScriptNumber.maximumLockByteCount))
        } catch {
            return nil
        }
    }
}
