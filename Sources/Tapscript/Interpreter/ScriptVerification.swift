import Bitcoin

/// The verification of one input (Bitcoin Core's `VerifyScript`).
struct ScriptVerification {
    let spend: ScriptSpend
    let flags: ScriptVerifyFlags
    let checker: any SignatureChecker
    private var hadWitness = false

    init(spend: ScriptSpend, flags: ScriptVerifyFlags, checker: any SignatureChecker) {
        precondition(
            flags.isDisjoint(with: [.witness, .cleanStack]) || flags.contains(.p2sh),
            "the rules for witnesses and clean stacks came after P2SH")
        precondition(
            !flags.contains(.cleanStack) || flags.contains(.witness),
            "the rule for clean stacks is part of segwit")
        self.spend = spend
        self.flags = flags
        self.checker = checker
    }

    mutating func run() throws(ScriptError) {
        let isPushOnly = spend.scriptSig.isPushOnly
        if flags.contains(.sigPushOnly), !isPushOnly { throw .sigPushOnly }
        let arguments = try evaluate(spend.scriptSig, on: [])
        var stack = try evaluate(spend.scriptPubKey, on: arguments)
        guard let top = stack.last, isTrue(top) else { throw .evalFalse }
        if flags.contains(.witness), let (version, program) = spend.scriptPubKey.witnessProgram {
            guard spend.scriptSig.isEmpty else { throw .witnessMalleated }
            try verify(version, program, isP2SH: .native)
            stack = [top]
        }
        if flags.contains(.p2sh), spend.scriptPubKey.isPayToScriptHash {
            guard isPushOnly else { throw .sigPushOnly }
            stack = try redeem(arguments)
        }
        if flags.contains(.cleanStack), stack.count != 1 { throw .cleanStack }
        if flags.contains(.witness), !hadWitness, !spend.witness.isEmpty {
            throw .witnessUnexpected
        }
    }

    /// Runs the script that a P2SH output commits to, and the witness program that it may be.
    private mutating func redeem(_ arguments: [[UInt8]]) throws(ScriptError) -> [[UInt8]] {
        guard let serialized = arguments.last else {
            preconditionFailure("a script that only pushes has left what was hashed")
        }
        let script = Script(serialized)
        let stack = try evaluate(script, on: arguments.dropLast())
        guard let top = stack.last, isTrue(top) else { throw .evalFalse }
        guard flags.contains(.witness), let (version, program) = script.witnessProgram else {
            return stack
        }
        let push = [UInt8(truncatingIfNeeded: serialized.count)] + serialized
        guard spend.scriptSig.bytes == push else { throw .witnessMalleatedP2SH }
        try verify(version, program, isP2SH: .nested)
        return [top]
    }

    private mutating func verify(
        _ version: UInt8, _ program: [UInt8], isP2SH place: WitnessPlace
    ) throws(ScriptError) {
        hadWitness = true
        try WitnessProgram(version: version, program: program, place: place).verify(
            spend.witness, flags: flags, checker: checker)
    }

    private func evaluate(
        _ script: Script, on stack: [[UInt8]]
    ) throws(ScriptError) -> [[UInt8]] {
        try Interpreter.execute(
            CompiledScript(script), stack: stack,
            context: ScriptContext(.base, flags: flags, checker: checker))
    }

    private func isTrue(_ item: [UInt8]) -> Bool {
        guard let last = item.last else { return false }
        return last & 0x7F != 0 || item.dropLast().contains { $0 != 0 }
    }
}

/// Where a witness program stands.
enum WitnessPlace {
    /// It is the output's script.
    case native
    /// It is the script that a P2SH output commits to.
    case nested
}

extension Script {
    /// Whether the script is HASH160, a push of 20 bytes, EQUAL.
    var isPayToScriptHash: Bool {
        bytes.count == 23 && bytes[0] == Opcode.hash160.rawValue && bytes[1] == 20
            && bytes[22] == Opcode.equal.rawValue
    }

    /// Whether the script has no opcode above OP_16 and no truncated push.
    var isPushOnly: Bool {
        var rest = bytes[...]
        while let code = rest.first {
            guard code <= Opcode.sixteen.rawValue,
                let count = Self.firstInstructionByteCount(rest)
            else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
