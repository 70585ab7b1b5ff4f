import Dispute
import DisputeLeaves
import DisputeSupport
import Primitives
import RiscV
import TestSupport

/// Values of a leaf.
struct FilledLeaf {
    /// Those that satisfy it.
    let messages: [LeafValue: [UInt8]]
    /// Such that prove nothing, of a leaf that takes nearly all others.
    let unproven: [LeafValue: [UInt8]]?
}

/// Makes values that satisfy a leaf; the same in every run.
struct LeafFiller {
    private let world: World
    private let context: LeafContext
    private var random = SplitMix64(seed: 8)

    init(world: World, context: LeafContext) {
        self.world = world
        self.context = context
    }

    /// The message of each value that a leaf takes.
    mutating func fill(_ kind: LeafKind) throws -> FilledLeaf {
        let messages = try messages(of: kind)
        return FilledLeaf(messages: messages, unproven: unproven(kind, messages))
    }

    /// Messages that prove nothing, of leaves to which it takes more than the last digit of a value.
    private func unproven(
        _ kind: LeafKind, _ messages: [LeafValue: [UInt8]]
    ) -> [LeafValue: [UInt8]]? {
        guard case .challenge(let challenge) = kind else { return nil }
        func word(_ value: LeafValue) -> UInt32 {
            messages[value, default: []].reduce(0) { $0 << 8 | UInt32($1) }
        }
        var messages = messages
        switch challenge {
        case .traceHash:
            guard let before = messages[.stepHash].flatMap({ Bytes20($0) }) else { return nil }
            let write = ChainStep(
                writeAddress: word(.writeAddress), writeValue: word(.writeValue),
                nextAddress: word(.writeCounter), nextMicro: word(.writeMicro))
            messages[.nextHash] = before.extended(by: write).bytes
        case .addressesSections:
            guard let range = world.dispute.commitment.ranges.readWrite.first else { return nil }
            messages[.secondAddress] = Array(Self.bytes(UInt64(range.start)).suffix(4))
        case .selection(let round):
            messages[.selection(round: round)] = [UInt8(context.shape.digitLimit(ofRound: round))]
        case .readSelection(let round):
            messages[.readSelection(round: round)] = [
                UInt8(context.shape.digitLimit(ofRound: round))
            ]
        default: return nil
        }
        return messages
    }

    private mutating func messages(of kind: LeafKind) throws -> [LeafValue: [UInt8]] {
        var messages: [LeafValue: [UInt8]] = [:]
        for entry in kind.layout(context).entries {
            messages[entry.value] = random.bytes(count: entry.value.byteCount)
        }
        switch kind {
        case .instruction(let code):
            setStep(.conflictStep, 1234, { .selection(round: $0) }, &messages)
            let row = try row(code)
            for field in RowField.allCases {
                messages[.row(field)] = field.message(of: row)
            }
        case .challenge(let challenge): try set(challenge, &messages)
        case .publication, .timeout: break
        }
        return messages
    }

    /// A row that the leaf of its instruction takes.
    private mutating func row(_ code: StepCode) throws -> TraceRow {
        for _ in 0..<1_000 {
            var maker = RowMaker(SplitMix64(seed: random.next()))
            if let row = maker.row(code), StepOpening.code(of: row) == code { return row }
        }
        throw LeafFault(description: "no row for \(code)")
    }

    // MARK: Moves

    private mutating func set(
        _ kind: ChallengeKind, _ messages: inout [LeafValue: [UInt8]]
    ) throws {
        let shape = context.shape
        switch kind {
        case .claim: messages[.lastStep] = Self.bytes(context.stepLimit)
        case .doubt: messages[.doubtedLastStep] = messages[.lastStep]
        case .selection(let round):
            messages[.selection(round: round)] = [UInt8(shape.hashCount(ofRound: round))]
        case .readSelection(let round):
            messages[.readSelection(round: round)] = [UInt8(shape.hashCount(ofRound: round))]
        case .readOpening:
            setStep(.writeStep, 1000, { .readSelection(round: $0) }, &messages)
        case .refuse: setStep(.lastStep, 1500, { .selection(round: $0) }, &messages)
        case .refuseRead:
            setStep(.conflictStep, 700, { .selection(round: $0) }, &messages)
            setStep(.writeStep, 701, { .readSelection(round: $0) }, &messages)
        default:
            let proof = try proof(kind)
            for value in ChallengeLeaf.layout(of: kind, context).entries.map(\.value) {
                let digits = proof(value)
                messages[value] = stride(from: 0, to: digits.count, by: 2).map {
                    digits[$0] << 4 | digits[$0 + 1]
                }
            }
        }
    }

    /// A step, and the digits of a search that ends there.
    private func setStep(
        _ value: LeafValue, _ step: UInt64, _ selection: (Int) -> LeafValue,
        _ messages: inout [LeafValue: [UInt8]]
    ) {
        messages[value] = Self.bytes(step)
        for (round, digit) in context.shape.digits(of: step).enumerated() {
            messages[selection(round)] = [UInt8(digit)]
        }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    // MARK: Challenges

    /// The digits of the values of a challenge that holds.
    private mutating func proof(_ kind: ChallengeKind) throws -> (LeafValue) -> [UInt8] {
        var maker = ChallengeProofs(program: world.dispute, random: random)
        random = SplitMix64(seed: random.next())
        if let challenge = maker.challenge(kind) {
            guard challenge.holds(for: world.dispute) else {
                throw LeafFault(description: "\(kind.name) does not hold")
            }
            return challenge.digits(of:)
        }
        guard let challenge = maker.readChallenge(kind), challenge.holds(for: world.dispute)
        else { throw LeafFault(description: "no values for \(kind.name)") }
        return challenge.digits(of:)
    }
}
