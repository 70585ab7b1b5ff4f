package import Dispute
internal import DisputeLeaves
internal import RiscV

/// Judges the moves of games by running the leaf scripts of a program, and compares what they say
/// with what the leaves mean.
///
/// Signatures are not looked at: that values are those on the table, the table itself says.
package final class ScriptJudge {
    private let program: DisputeProgram
    private var challenges: [ChallengeKind: ScriptedChallenge] = [:]
    /// How many scripts of each kind took their values and how many refused.
    package private(set) var counts: [String: (taken: Int, refused: Int)] = [:]
    /// Every time that a script did not say what its leaf means.
    package private(set) var disagreements: [String] = []

    /// A judge for the games of one program.
    package init(_ program: DisputeProgram) {
        self.program = program
    }

    /// Whether the script of a move takes its values; moves that only need signatures are taken.
    package func takes(_ move: DisputeMove, on table: DisputeTable) -> Bool {
        switch move {
        case .hashes, .readHashes: true
        case .commit(let claim): takes(claim)
        case .doubt(let lastStep): takes(doubting: lastStep, on: table)
        case .select(let digit): takes(digit, on: table)
        case .searchRead(let digit): takes(digit, .readSelection(round: 0))
        case .selectRead(let digit): takes(digit, on: table)
        case .open(let opening): takes(opening.row)
        case .openRead(let opening): takes(opening, on: table)
        case .refuse: takesRefusal(on: table)
        case .refuseRead: takesReadRefusal(on: table)
        case .challenge(let challenge):
            takes(
                challenge.leafKind, challenge.digits(of:), means: challenge.holds(for: program))
        case .readChallenge(let challenge):
            takes(
                challenge.leafKind, challenge.digits(of:), means: challenge.holds(for: program))
        }
    }

    /// Runs the scripts of challenges that may prove nothing: all that compute no hash, and some of
    /// the others.
    package func run(_ challenges: [Challenge], on table: DisputeTable) {
        run(challenges, { $0.leafKind }, { takes(.challenge($0), on: table) })
    }

    /// The same after the second search.
    package func run(_ challenges: [ReadChallenge], on table: DisputeTable) {
        run(challenges, { $0.leafKind }, { takes(.readChallenge($0), on: table) })
    }

    private func run<Value>(
        _ challenges: [Value], _ kind: (Value) -> ChallengeKind, _ takes: (Value) -> Bool
    ) {
        let hashes = challenges.filter { kind($0).hasHash }
        let some = stride(from: 0, to: hashes.count, by: hashes.count / 8 + 1).map { hashes[$0] }
        for challenge in challenges.filter({ !kind($0).hasHash }) + some {
            _ = takes(challenge)
        }
    }

    // MARK: Rows

    /// Runs all 73 scripts: one of them at most takes a row.
    private func takes(_ row: TraceRow) -> Bool {
        let code = StepOpening.code(of: row)
        let items = RowItems(row)
        var isTaken = false
        for (other, scripted) in ScriptedLeaf.all {
            let takes = scripted.takes(items)
            let means = other == code && scripted.leaf.accepts(scripted.leaf.committed(row))
            check(takes, means, other == code ? "open" : "open by another") {
                "\(other.text): \(row.csv)"
            }
            isTaken = isTaken || takes
        }
        return isTaken
    }

    // MARK: Moves

    private func takes(_ claim: Claim) -> Bool {
        var values = ChallengeValues()
        values[step: .lastStep] = claim.lastStep
        return takes(
            .claim, values,
            means: claim.lastStep >= 1 && claim.lastStep <= program.stepLimit)
    }

    private func takes(doubting lastStep: UInt64, on table: DisputeTable) -> Bool {
        guard let claim = table.claim else { return false }
        var values = ChallengeValues()
        values[step: .lastStep] = claim.lastStep
        values[step: .doubtedLastStep] = lastStep
        return takes(.doubt, values, means: lastStep == claim.lastStep)
    }

    private func takes(_ digit: Int, on table: DisputeTable) -> Bool {
        switch table.phase {
        case .selection(let round): takes(digit, .selection(round: round))
        case .readSelection(let round): takes(digit, .readSelection(round: round))
        default: true
        }
    }

    private func takes(_ digit: Int, _ kind: ChallengeKind) -> Bool {
        var values = ChallengeValues()
        let limit: Int
        switch kind {
        case .selection(let round) where round < program.shape.roundCount:
            values[byte: .selection(round: round)] = UInt8(truncatingIfNeeded: digit)
            limit = program.shape.digitLimit(ofRound: round)
        case .readSelection(let round) where round < program.shape.roundCount:
            values[byte: .readSelection(round: round)] = UInt8(truncatingIfNeeded: digit)
            limit = program.shape.digitLimit(ofRound: round)
        default: return false
        }
        // Another number has no signature, as the key signs a byte.
        guard UInt8(exactly: digit) != nil else { return false }
        return takes(kind, values, means: digit < limit)
    }

    private func takes(_ opening: ReadOpening, on table: DisputeTable) -> Bool {
        guard table.phase == .readOpening else { return false }
        var values = ChallengeValues()
        values[step: .writeStep] = opening.writeStep
        values.setReadSelections(table.readSearch.digits)
        return takes(.readOpening, values, means: opening.writeStep == table.writeStep)
    }

    private func takesRefusal(on table: DisputeTable) -> Bool {
        guard let claim = table.claim, table.phase == .opening else { return false }
        var values = ChallengeValues()
        values.setSelections(table.search.digits)
        values[step: .lastStep] = claim.lastStep
        return takes(.refuse, values, means: table.mayRefuse)
    }

    private func takesReadRefusal(on table: DisputeTable) -> Bool {
        guard table.phase == .readOpening else { return false }
        var values = ChallengeValues()
        values.setSelections(table.search.digits)
        values.setReadSelections(table.readSearch.digits)
        return takes(.refuseRead, values, means: table.mayRefuseRead)
    }

    private func takes(_ kind: ChallengeKind, _ values: ChallengeValues, means: Bool) -> Bool {
        takes(kind, { values.digits[$0] ?? [] }, means: means)
    }

    // MARK: Scripts

    private func takes(
        _ kind: ChallengeKind, _ digits: (LeafValue) -> [UInt8], means: Bool
    ) -> Bool {
        do {
            let scripted = try challenges[kind] ?? ScriptedChallenge(kind, program)
            challenges[kind] = scripted
            let takes = scripted.takes(scripted.items(digits))
            check(takes, means, Outcome.name(kind)) {
                scripted.leaf.layout.entries.filter(\.isRead).map { entry in
                    let hex = digits(entry.value).map { String($0, radix: 16) }.joined()
                    return "\(entry.value.name)=\(hex)"
                }.joined(separator: ",")
            }
            return takes
        } catch {
            disagreements.append("\(kind) has no script: \(error)")
            return false
        }
    }

    private func check(_ takes: Bool, _ means: Bool, _ name: String, _ values: () -> String) {
        counts[name, default: (0, 0)].taken += takes ? 1 : 0
        counts[name, default: (0, 0)].refused += takes ? 0 : 1
        if takes != means {
            disagreements.append("\(name): script \(takes), meaning \(means), \(values())")
        }
    }
}

extension InstructionLeaf {
    /// The row as far as it is committed with the leaf.
    fileprivate func committed(_ row: TraceRow) -> TraceRow {
        var committed = row
        if !layout.readFields.contains(.witness) {
            committed.witness = nil
        } else if committed.witness == nil {
            committed.witness = 0
        }
        return committed
    }
}
