import Bitcoin

/// Finds the cheapest steps for constants that are pushed one after the other.
///
/// A constant that equals one pushed shortly before is copied, two or three at a time where that is
/// cheaper.
enum ConstantRun {
    /// How far below the top a constant is looked for: the depths that cost one byte to push.
    private static let reach = 17

    /// Replaces each run of pushes by its cheapest form.
    static func shorten(_ steps: [ScriptStep]) -> [ScriptStep] {
        var result: [ScriptStep] = []
        result.reserveCapacity(steps.count)
        var start = 0
        while start < steps.count {
            var end = start
            while end < steps.count, case .push = steps[end].instruction { end += 1 }
            if end - start > 1 {
                result += cheapest(Array(steps[start..<end]))
            } else {
                end = start + 1
                result.append(steps[start])
            }
            start = end
        }
        return result
    }

    private struct Choice {
        var byteCount: Int
        var covered: Int
        var opcodes: [ScriptStep.Instruction]
    }

    /// The shortest path over the run: position to position, one to three constants at a time.
    private static func cheapest(_ run: [ScriptStep]) -> [ScriptStep] {
        let values = run.map(\.instruction)
        var best: [Choice?] = [Choice(byteCount: 0, covered: 0, opcodes: [])]
        best += [Choice?](repeating: nil, count: run.count)
        for start in run.indices {
            guard let cost = best[start]?.byteCount else { continue }
            for choice in choices(values, at: start, push: run[start].byteCount) {
                let end = start + choice.covered
                let total = cost + choice.byteCount
                if let known = best[end], known.byteCount <= total { continue }
                best[end] = Choice(
                    byteCount: total, covered: choice.covered, opcodes: choice.opcodes)
            }
        }
        return path(best, run)
    }

    private static func path(_ best: [Choice?], _ run: [ScriptStep]) -> [ScriptStep] {
        var result: [ScriptStep] = []
        var end = run.count
        while end > 0, let choice = best[end] {
            let covered = run[end - choice.covered..<end]
            let names = covered.map { $0.names.first ?? $0.text }
            let steps = choice.opcodes.enumerated().map { index, instruction in
                ScriptStep(
                    instruction, names: index == choice.opcodes.count - 1 ? names : [],
                    sectionIndex: covered.first?.sectionIndex ?? 0)
            }
            result += steps.reversed()
            end -= choice.covered
        }
        return result.reversed()
    }

    /// The ways to make the next constants, pushing first.
    private static func choices(
        _ values: [ScriptStep.Instruction], at start: Int, push: Int
    ) -> [Choice] {
        var choices = [Choice(byteCount: push, covered: 1, opcodes: [values[start]])]
        func repeats(_ count: Int, from distance: Int) -> Bool {
            start >= distance && start + count <= values.count
                && (0..<count).allSatisfy {
                    values[start + $0] == values[start - distance + $0]
                }
        }
        let copies: [(opcode: Opcode, count: Int, distance: Int)] = [
            (.threeDup, 3, 3), (.twoDup, 2, 2), (.twoOver, 2, 4), (.dup, 1, 1), (.over, 1, 2),
        ]
        for copy in copies where repeats(copy.count, from: copy.distance) {
            choices.append(
                Choice(byteCount: 1, covered: copy.count, opcodes: [.opcode(copy.opcode)]))
        }
        if push > 2 {
            for distance in 3..<reach where repeats(1, from: distance) {
                let depth = ScriptStep.Instruction.push(ScriptNumber.encode(Int64(distance - 1)))
                choices.append(
                    Choice(byteCount: 2, covered: 1, opcodes: [depth, .opcode(.pick)]))
                break
            }
        }
        return choices
    }
}
