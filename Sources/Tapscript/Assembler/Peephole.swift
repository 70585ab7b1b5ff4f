import Bitcoin

/// Replaces short runs of steps by shorter ones with the same effect on every stack.
///
/// Same means: same items bit for bit where the old steps succeed, and failure where they fail, given
/// that there are enough items, which the assembler proves apart.
package enum Peephole {
    /// The steps after all replacements.
    package static func optimize(_ steps: [ScriptStep]) -> [ScriptStep] {
        var current = steps
        while true {
            let next = ConstantRun.shorten(shorten(current))
            if next == current { return next }
            current = next
        }
    }

    private static func shorten(_ steps: [ScriptStep]) -> [ScriptStep] {
        var result: [ScriptStep] = []
        result.reserveCapacity(steps.count)
        for step in steps {
            result.append(step)
            while replaceTail(&result) {}
        }
        return result
    }

    /// Replaces the last steps if a rule fits.
    private static func replaceTail(_ steps: inout [ScriptStep]) -> Bool {
        if let last = steps.last, last.names.isEmpty, idle(last) {
            steps.removeLast()
            return true
        }
        guard steps.count >= 2 else { return false }
        let (first, second) = (steps[steps.count - 2], steps[steps.count - 1])
        if let opcodes = replacement(of: first, second) {
            steps.removeLast(2)
            for (index, opcode) in opcodes.enumerated() {
                let isLast = index == opcodes.count - 1
                steps.append(
                    ScriptStep(
                        .opcode(opcode), names: isLast ? second.names : [],
                        sectionIndex: second.sectionIndex))
            }
            return true
        }
        return replaceThree(&steps)
    }

    private static func idle(_ step: ScriptStep) -> Bool {
        step.isOpcode(.nop)
    }

    /// What two steps become; nil if they stay, empty if they do nothing.
    private static func replacement(
        of first: ScriptStep, _ second: ScriptStep
    ) -> [Opcode]? {
        guard case .opcode(let opcode) = second.instruction else { return nil }
        if let number = first.number { return constant(number, opcode) }
        guard case .opcode(let before) = first.instruction else {
            return opcode == .drop ? [] : nil
        }
        return pairs[Pair(before, opcode)]
    }

    private static func constant(_ number: Int64, _ opcode: Opcode) -> [Opcode]? {
        switch (number, opcode) {
        case (0, .pick): [.dup]
        case (1, .pick): [.over]
        case (0, .roll), (_, .drop): []
        case (1, .roll): [.swap]
        case (2, .roll): [.rot]
        case (1, .add): [.oneAdd]
        case (1, .sub): [.oneSub]
        default: nil
        }
    }

    private struct Pair: Hashable {
        let first: Opcode
        let second: Opcode

        init(_ first: Opcode, _ second: Opcode) {
            self.first = first
            self.second = second
        }
    }

    private static let pairs: [Pair: [Opcode]] = {
        var pairs: [Pair: [Opcode]] = [
            Pair(.equal, .verify): [.equalVerify],
            Pair(.numEqual, .verify): [.numEqualVerify],
            Pair(.checkSig, .verify): [.checkSigVerify],
            Pair(.swap, .drop): [.nip],
            Pair(.swap, .over): [.tuck],
            Pair(.swap, .swap): [],
            Pair(.swap, .twoDrop): [.twoDrop],
            Pair(.drop, .drop): [.twoDrop],
            Pair(.nip, .drop): [.twoDrop],
            Pair(.dup, .drop): [],
            Pair(.dup, .swap): [.dup],
            Pair(.dup, .nip): [],
            Pair(.over, .drop): [],
            Pair(.over, .over): [.twoDup],
            Pair(.twoDup, .twoDrop): [],
            Pair(.tuck, .drop): [.swap],
            Pair(.toAltStack, .fromAltStack): [],
            Pair(.fromAltStack, .toAltStack): [],
            Pair(.swap, .lessThan): [.greaterThan],
            Pair(.swap, .greaterThan): [.lessThan],
            Pair(.swap, .lessThanOrEqual): [.greaterThanOrEqual],
            Pair(.swap, .greaterThanOrEqual): [.lessThanOrEqual],
            Pair(.numEqual, .not): [.numNotEqual],
            Pair(.numNotEqual, .not): [.numEqual],
            Pair(.twoSwap, .twoSwap): [],
            Pair(.else, .endIf): [.endIf],
            Pair(.if, .else): [.notIf],
        ]
        let commutative: [Opcode] = [
            .add, .min, .max, .boolAnd, .boolOr, .equal, .equalVerify, .numEqual,
            .numEqualVerify, .numNotEqual,
        ]
        for opcode in commutative {
            pairs[Pair(.swap, opcode)] = [opcode]
        }
        return pairs
    }()

    /// Rules for three steps.
    private static func replaceThree(_ steps: inout [ScriptStep]) -> Bool {
        guard steps.count >= 3 else { return false }
        let tail = steps.suffix(3)
        if tail.allSatisfy({ $0.isOpcode(.rot) && $0.names.isEmpty }) {
            steps.removeLast(3)
            return true
        }
        let opcodes = tail.compactMap { step in
            if case .opcode(let opcode) = step.instruction { opcode } else { Opcode?.none }
        }
        guard opcodes == [.toAltStack, .drop, .fromAltStack] else { return false }
        let last = steps.removeLast()
        steps.removeLast(2)
        steps.append(
            ScriptStep(.opcode(.nip), names: last.names, sectionIndex: last.sectionIndex))
        return true
    }
}
