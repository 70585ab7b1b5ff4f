package import Dispute
internal import Primitives
internal import RiscV

/// One side of a game.
package protocol Player {
    func move(on table: DisputeTable) -> DisputeMove?
}

/// The product's prover with a run in memory.
///
/// A conformance of the product's own type crashes the compiler (Swift 6.3.1).
package struct HonestProver: Player {
    package let run: RecordedRun

    package init(_ run: RecordedRun) {
        self.run = run
    }

    package func move(on table: DisputeTable) -> DisputeMove? {
        Prover(table.program, source: run).move(on: table)
    }
}

/// The product's verifier with a run in memory.
package struct HonestVerifier: Player {
    package let run: RecordedRun

    package init(_ run: RecordedRun) {
        self.run = run
    }

    package func move(on table: DisputeTable) -> DisputeMove? {
        Verifier(table.program, source: run).move(on: table)
    }
}

/// A prover with a false run, and with changes of its own at the table.
package struct FaultyProver: Player {
    package var run: RecordedRun
    /// What it publishes in the second search, if not the same run.
    package var readRun: RecordedRun?
    package var claim: Claim?
    /// Changes a move before it is put on the table.
    package var change: (inout DisputeMove, DisputeTable) -> Void = { _, _ in }

    package init(_ run: RecordedRun) {
        self.run = run
    }

    package func move(on table: DisputeTable) -> DisputeMove? {
        var run = run
        if case .readHashes = table.phase, let readRun { run = readRun }
        var move = HonestProver(run).move(on: table)
        if table.phase == .commitment, let claim { move = .commit(claim) }
        guard var move else { return nil }
        change(&move, table)
        return move
    }
}

/// A verifier with a false run, who doubts everything and may play what it likes.
package struct FaultyVerifier: Player {
    package var run: RecordedRun
    package var change: (inout DisputeMove?, DisputeTable) -> Void = { _, _ in }

    package init(_ run: RecordedRun) {
        self.run = run
    }

    package func move(on table: DisputeTable) -> DisputeMove? {
        var move = HonestVerifier(run).move(on: table)
        if table.phase == .doubt, let claim = table.claim {
            move = .doubt(lastStep: claim.lastStep)
        }
        change(&move, table)
        return move
    }
}

/// How a game ended.
package struct Outcome {
    package enum Ending: Hashable {
        /// The loser had nothing to put on the table.
        case silence
        /// The loser wanted something that no leaf takes.
        case fault(MoveFault)
        /// The loser wanted something that the table takes and a script refuses.
        case refused(DisputeMove)
        /// The winner's last move.
        case move(DisputeMove)
    }

    package let winner: DisputeRole
    package let ending: Ending
    package let table: DisputeTable

    /// The name of the challenge that won, with the kind of an equivocation.
    package var proof: String? {
        guard case .move(let move) = ending else { return nil }
        switch move {
        case .challenge(.equivocation(let proof)): return "equivocation \(proof.kind)"
        case .readChallenge(.equivocation(let proof)): return "read equivocation \(proof.kind)"
        case .challenge(let challenge): return Self.name(challenge)
        case .readChallenge(let challenge): return Self.name(challenge)
        case .refuse: return "refuse"
        case .refuseRead: return "refuseRead"
        default: return nil
        }
    }

    package static func name(_ value: some Any) -> String {
        String(String(describing: value).prefix { $0 != "(" })
    }
}

/// Lets two players play, and takes the table away from whoever breaks the rules.
package enum Referee {
    /// Plays a game to its end.
    ///
    /// - Parameter judge: Runs the script of every move, which must take it; nil for the rules of the
    ///   table alone.
    package static func play(
        _ world: World, prover: some Player, verifier: some Player, judge: ScriptJudge? = nil
    ) -> Outcome {
        var table = world.table
        while let turn = table.turn {
            let move = turn == .prover ? prover.move(on: table) : verifier.move(on: table)
            guard let move else {
                return Outcome(winner: turn.opponent, ending: .silence, table: table)
            }
            let isTaken = judge?.takes(move, on: table) ?? true
            var next = table
            do throws(MoveFault) {
                try next.append(move)
            } catch {
                return Outcome(winner: turn.opponent, ending: .fault(error), table: table)
            }
            guard isTaken else {
                return Outcome(winner: turn.opponent, ending: .refused(move), table: table)
            }
            table = next
        }
        guard case .over(let winner) = table.phase, let last = table.moves.last else {
            preconditionFailure("a game without a turn is over")
        }
        return Outcome(winner: winner, ending: .move(last), table: table)
    }

    /// Whether a player decides the same at every prefix of a finished game.
    package static func isRepeatable(
        _ outcome: Outcome, _ role: DisputeRole, _ restarted: () -> some Player
    ) -> Bool {
        outcome.table.moves.indices.allSatisfy { count in
            let table = outcome.table.prefix(count)
            return table.turn != role
                || restarted().move(on: table) == outcome.table.moves[count]
        }
    }
}
