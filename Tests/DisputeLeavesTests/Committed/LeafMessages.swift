import Dispute
import DisputeLeaves
import DisputeSupport
import Primitives
import RiscV
import TestSupport

/// Makes messages that a leaf takes, and tells without scripts whether it takes others.
struct LeafMessages {
    let program: DisputeProgram
    var random: SplitMix64

    /// Every value of a leaf as its body must have it; nil if none were found.
    mutating func right(_ kind: LeafKind, _ layout: LeafLayout) -> [LeafValue: [UInt8]]? {
        var messages: [LeafValue: [UInt8]] = [:]
        for entry in layout.entries {
            messages[entry.value] = random.bytes(count: entry.value.byteCount)
        }
        switch kind {
        case .instruction(let code):
            var maker = RowMaker(random)
            var row: TraceRow?
            for _ in 0..<100 where row == nil { row = maker.row(code) }
            random = maker.random
            guard let row else { return nil }
            for entry in layout.entries {
                if case .row(let field) = entry.value {
                    messages[entry.value] = field.message(of: row)
                }
            }
            let step = random.next() % program.shape.stepCapacity
            messages[.conflictStep] = step.bytes
            for (round, digit) in program.shape.digits(of: step).enumerated() {
                messages[.selection(round: round)] = [UInt8(digit)]
            }
        case .challenge(let challenge):
            guard let values = rightValues(challenge, layout) else { return nil }
            for entry in layout.entries { messages[entry.value] = values.bytes(entry.value) }
        case .publication, .timeout: break
        }
        return messages
    }

    /// Values of an honest prover, or others in up to two digits, for which a leaf's meaning holds.
    private mutating func rightValues(
        _ kind: ChallengeKind, _ layout: LeafLayout
    ) -> ChallengeValues? {
        var maker = ChallengeMaker(program: program, random: random)
        defer { random = maker.random }
        let read = layout.entries.filter(\.isRead).map(\.value)
        for _ in 0..<20_000 {
            var values = maker.values(kind)
            for _ in 0..<maker.word() % 3 {
                guard let value = read.randomElement(using: &maker.random) else { break }
                let position = Int(maker.word()) % value.digitCount
                values.digits[value]?[position] ^= UInt8(1 + maker.word() % 15)
            }
            if values.meaning(kind, program)?.holds(for: program) == true { return values }
        }
        return nil
    }

    /// Whether a leaf must take messages that are all signed rightly; nil for a table that no
    /// opened row leads to.
    func isRight(_ kind: LeafKind, _ messages: [LeafValue: [UInt8]]) -> Bool? {
        switch kind {
        case .instruction(let code): return isOpening(code, messages)
        case .challenge(let challenge):
            var values = ChallengeValues()
            for (value, message) in messages {
                values.digits[value] = message.flatMap { [$0 >> 4, $0 & 15] }
            }
            return values.meaning(challenge, program)?.holds(for: program)
        case .publication, .timeout: return true
        }
    }

    private func isOpening(_ code: StepCode, _ messages: [LeafValue: [UInt8]]) -> Bool {
        var row = TraceRow(stepNumber: 1)
        for (value, message) in messages {
            guard case .row(let field) = value else { continue }
            let digits = message.flatMap { [$0 >> 4, $0 & 15] }
            let zeroCount = digits.count - field.digitCount
            guard digits.prefix(zeroCount).allSatisfy({ $0 == 0 }),
                field.put(Array(digits.dropFirst(zeroCount)), into: &row)
            else { return false }
        }
        let step = messages[.conflictStep, default: []].reduce(0) { $0 << 8 | UInt64($1) }
        guard step < program.shape.stepCapacity, let leaf = ScriptedLeaf.all[code]?.leaf
        else { return false }
        let selected = (0..<program.shape.roundCount).map { round in
            Int(messages[.selection(round: round)]?.first ?? 0)
        }
        return selected == program.shape.digits(of: step) && leaf.accepts(row)
    }
}

extension UInt64 {
    /// Most significant first.
    fileprivate var bytes: [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * UInt64($0))) }
    }
}
