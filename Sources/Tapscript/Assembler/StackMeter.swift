import Bitcoin

/// Counts the items of a finished list of steps, without knowing what they are.
///
/// It shares nothing with the assembler's own bookkeeping, so that each checks the other.
struct StackMeter {
    private struct Branch {
        let depth: Int
        let altDepth: Int
        var end: (depth: Int, altDepth: Int)?
    }

    private(set) var depth: Int
    private(set) var altDepth = 0
    private(set) var peak: Int
    private var branches: [Branch] = []
    private var constant: Int64?

    /// - Parameter depth: Items on the stack before the first step.
    init(depth: Int) {
        self.depth = depth
        peak = depth
    }

    /// Counts one more step.
    ///
    /// - Returns: False if the step needs more than there is, or if branches differ.
    mutating func count(_ step: ScriptStep) -> Bool {
        defer { peak = max(peak, depth + altDepth) }
        switch step.instruction {
        case .push:
            depth += 1
            constant = step.number
            return true
        case .opcode(let opcode):
            defer { constant = nil }
            return count(opcode)
        }
    }

    private mutating func count(_ opcode: Opcode) -> Bool {
        guard let effect = StackEffect.of(opcode), depth >= effect.consumed else { return false }
        if opcode == .pick || opcode == .roll, let constant, depth - 1 <= constant { return false }
        depth += effect.produced - effect.consumed
        altDepth += effect.altStackChange
        guard altDepth >= 0 else { return false }
        switch opcode {
        case .if, .notIf:
            branches.append(Branch(depth: depth, altDepth: altDepth))
            return true
        case .else: return turnBranch()
        case .endIf: return endBranch()
        default: return true
        }
    }

    private mutating func turnBranch() -> Bool {
        guard var branch = branches.popLast(), branch.end == nil else { return false }
        branch.end = (depth, altDepth)
        branches.append(branch)
        (depth, altDepth) = (branch.depth, branch.altDepth)
        return true
    }

    private mutating func endBranch() -> Bool {
        guard let branch = branches.popLast() else { return false }
        let other = branch.end ?? (branch.depth, branch.altDepth)
        return other == (depth, altDepth)
    }

    /// Whether every condition has its end.
    var isOutsideBranches: Bool {
        branches.isEmpty
    }
}
