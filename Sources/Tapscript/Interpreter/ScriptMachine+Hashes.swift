import Primitives

extension ScriptMachine {
    /// The five hash opcodes.
    @inline(__always)
    mutating func hash(_ action: ScriptAction) throws(ScriptError) {
        try need(1)
        let item = stack[0]
        switch action {
        case .ripemd160: stack[0] = arena.slot(arena.withBytes(of: item) { RIPEMD160.hash($0) })
        case .sha1: stack[0] = arena.slot(arena.withBytes(of: item) { SHA1.hash($0) })
        case .sha256: stack[0] = arena.slot(arena.withBytes(of: item) { SHA256.hash($0) })
        case .hash160:
            stack[0] = arena.slot(arena.withBytes(of: item) { Hash160.hash(publicBytes: $0) })
        case .hash256:
            stack[0] = arena.slot(arena.withBytes(of: item) { SHA256.hash(SHA256.hash($0)) })
        default: preconditionFailure("the opcode hashes")
        }
    }
}
