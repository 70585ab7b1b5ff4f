public import Bitcoin

/// One operation of a compiled script, 24 bytes.
struct ScriptOperation: BitwiseCopyable {
    /// What ends a script that reaches the operation, executed or not.
    enum Hazard: UInt8 {
        case none, truncated, oversized, disabled
    }

    /// What a push puts on the stack; behind OP_CODESEPARATOR, the offset of the byte after it.
    var slot: StackSlot
    let action: ScriptAction
    var hazard = Hazard.none
    /// Whether a push has its shortest form; true for anything else.
    var isMinimal = true
    /// Whether the opcode is one of the 201 that scripts before tapscript may have.
    var isCounted = false

    init(_ action: ScriptAction, slot: StackSlot = .empty) {
        self.action = action
        self.slot = slot
    }
}

/// A script in the form that the interpreter runs: decoded once, run any number of times.
///
/// Every script can be compiled; what is wrong with it shows when it runs.
public struct CompiledScript: Sendable {
    /// The script.
    public let script: Script
    /// Without branches each is executed at most once.
    let operations: [ScriptOperation]
    /// Bytes of all digests that a run can make.
    let digestByteCount: Int
    /// Whether tapscript accepts the script without executing it (OP_SUCCESSx).
    public let succeeds: Bool
    /// Whether the last push wants more bytes than the script has.
    public let isTruncated: Bool

    /// Decodes a script.
    public init(_ script: Script) {
        var decoder = ScriptDecoder(script.bytes)
        decoder.run()
        self.script = script
        operations = decoder.operations
        digestByteCount = decoder.digestByteCount
        succeeds = decoder.succeeds
        isTruncated = decoder.isTruncated
    }

    /// How many opcodes the script has; pushes count.
    public var operationCount: Int {
        operations.count
    }
}

/// Reads the operations of a script.
private struct ScriptDecoder {
    let bytes: [UInt8]
    var operations: [ScriptOperation] = []
    var digestByteCount = 0
    var succeeds = false
    var isTruncated = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        operations.reserveCapacity(bytes.count)
    }

    mutating func run() {
        let actions = ScriptAction.table
        var offset = 0
        while offset < bytes.count {
            let code = bytes[offset]
            offset += 1
            if code <= Opcode.pushData4.rawValue {
                guard appendPush(code, at: &offset) else {
                    var end = ScriptOperation(.bad)
                    end.hazard = .truncated
                    operations.append(end)
                    isTruncated = true
                    return
                }
                continue
            }
            var operation = ScriptOperation(actions[Int(code)])
            if operation.action == .push {
                operation.slot = .number(Int64(code) - Int64(Opcode.reserved.rawValue))
            }
            if operation.action == .codeSeparator {
                operation.slot.word = UInt64(offset)
            }
            operation.isCounted = code > Opcode.sixteen.rawValue
            operation.hazard = ScriptAction.isDisabled(code) ? .disabled : .none
            digestByteCount += operation.action.digestByteCount
            succeeds = succeeds || Opcode(code).isSuccess
            operations.append(operation)
        }
    }

    /// - Returns: False where the script ends before the push does.
    private mutating func appendPush(_ code: UInt8, at offset: inout Int) -> Bool {
        let lengthByteCount =
            switch code {
            case Opcode.pushData1.rawValue: 1
            case Opcode.pushData2.rawValue: 2
            case Opcode.pushData4.rawValue: 4
            default: 0
            }
        guard lengthByteCount <= bytes.count - offset else { return false }
        var count = lengthByteCount == 0 ? Int(code) : 0
        for index in 0..<lengthByteCount {
            count |= Int(bytes[offset + index]) << (8 * index)
        }
        offset += lengthByteCount
        guard count <= bytes.count - offset else { return false }
        var operation = ScriptOperation(.push, slot: slot(at: offset, byteCount: count))
        operation.isMinimal = isShortest(code, count: count, first: offset)
        operation.hazard = count > Script.maximumElementByteCount ? .oversized : .none
        operations.append(operation)
        offset += count
        return true
    }

    private func slot(at offset: Int, byteCount: Int) -> StackSlot {
        guard byteCount <= StackSlot.inlineByteCount else {
            return StackSlot(offset: offset, byteCount: byteCount)
        }
        var word: UInt64 = 0
        for index in 0..<byteCount {
            word |= UInt64(bytes[offset + index]) << UInt64(8 * index)
        }
        return StackSlot(word: word, byteCount: byteCount)
    }

    /// Bitcoin Core's `CheckMinimalPush`.
    private func isShortest(_ code: UInt8, count: Int, first: Int) -> Bool {
        switch count {
        case 0: code == 0
        case 1 where (1...16).contains(bytes[first]) || bytes[first] == 0x81: false
        case ...75: Int(code) == count
        case ...0xFF: code == Opcode.pushData1.rawValue
        case ...0xFFFF: code == Opcode.pushData2.rawValue
        default: true
        }
    }
}
