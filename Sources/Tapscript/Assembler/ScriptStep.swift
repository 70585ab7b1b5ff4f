public import Bitcoin

/// One instruction of an assembled script with what a reader wants to know about it.
public struct ScriptStep: Hashable, Sendable {
    /// What is executed.
    public enum Instruction: Hashable, Sendable {
        /// Puts bytes on the stack, in the shortest way.
        case push([UInt8])
        /// Any opcode that is not a push.
        case opcode(Opcode)
    }

    /// What is executed.
    public var instruction: Instruction
    /// New names of the topmost items after the step, deepest first; empty keeps the old ones.
    public var names: [String]
    /// 0-based position of the section in the script's list of sections.
    public var sectionIndex: Int

    /// A step outside of an assembler.
    package init(_ instruction: Instruction, names: [String] = [], sectionIndex: Int = 0) {
        self.instruction = instruction
        self.names = names
        self.sectionIndex = sectionIndex
    }

    /// Bytes of the step in the script.
    public var byteCount: Int {
        switch instruction {
        case .opcode: return 1
        case .push(let data):
            var builder = ScriptBuilder()
            builder.push(data)
            return builder.script.byteCount
        }
    }

    /// The number that the step pushes; nil for anything else.
    public var number: Int64? {
        guard case .push(let data) = instruction else { return nil }
        return try? ScriptNumber.decode(data)
    }

    /// Whether the step is this opcode.
    func isOpcode(_ opcode: Opcode) -> Bool {
        instruction == .opcode(opcode)
    }

    /// Bitcoin Core's name of the opcode, or what is pushed: a number in decimal, else hexadecimal.
    public var text: String {
        switch instruction {
        case .opcode(let opcode): opcode.name
        case .push(let data):
            number.map(String.init) ?? "<\(Script(data).hex)>"
        }
    }
}
