public import Bitcoin

/// A finished script with what was known when it was written.
public struct AssembledScript: Hashable, Sendable {
    /// The most items on stack and altstack together.
    ///
    /// - Source: Bitcoin Core, `MAX_STACK_SIZE`.
    public static let maximumItemCount = 1_000

    /// What the witness must put on the stack, bottom first.
    public let inputs: [ScriptInput]
    /// The instructions.
    public let steps: [ScriptStep]
    /// Names of sections, with those around them before a slash; the first is the script itself.
    public let sections: [String]
    /// The script.
    public let script: Script
    /// Sizes.
    public let properties: ScriptProperties

    init(
        inputs: [ScriptInput], steps: [ScriptStep], sections: [String], resultCount: Int
    ) throws(AssemblerError) {
        var meter = StackMeter(depth: inputs.count)
        for (index, step) in steps.enumerated() where !meter.count(step) {
            throw .underflow(stepIndex: index)
        }
        guard meter.depth == resultCount, meter.altDepth == 0, meter.isOutsideBranches else {
            throw .underflow(stepIndex: steps.count)
        }
        guard meter.peak <= Self.maximumItemCount else { throw .tooManyItems(meter.peak) }
        self.inputs = inputs
        self.steps = steps
        self.sections = sections
        script = Self.script(of: steps)
        properties = ScriptProperties(
            byteCount: script.byteCount,
            opcodeCount: steps.count { if case .opcode = $0.instruction { true } else { false } },
            peakItemCount: meter.peak, inputs: inputs)
    }

    /// The bytes of steps.
    package static func script(of steps: [ScriptStep]) -> Script {
        var builder = ScriptBuilder()
        for step in steps {
            switch step.instruction {
            case .push(let data): builder.push(data)
            case .opcode(let opcode): builder.opcode(opcode)
            }
        }
        return builder.script
    }

    /// The script as a leaf of tapscript.
    public var tapLeaf: TapLeaf {
        TapLeaf(script: script)
    }

    /// Bytes of the script by section, in the order of the sections' first steps.
    ///
    /// A section's bytes are those of its own steps; sections inside it are listed apart.
    public var sectionByteCounts: [(name: String, byteCount: Int)] {
        var counts = [Int](repeating: 0, count: sections.count)
        for step in steps {
            counts[step.sectionIndex] += step.byteCount
        }
        return zip(sections, counts).filter { $1 > 0 }.map { (name: $0, byteCount: $1) }
    }
}
