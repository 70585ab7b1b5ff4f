internal import Bitcoin
internal import Dispute
internal import RiscV

extension LeafKind {
    /// Its stable name, of no other leaf of a program.
    package var name: String {
        switch self {
        case .instruction(let code):
            guard let key = code.scriptKey else {
                preconditionFailure("leaves are those of steps with a script")
            }
            return key
        case .challenge(let kind): return kind.name
        case .publication(.input(let words)):
            return "input[\(words.lowerBound / LeafCatalogue.inputWordsPerLeaf)]"
        case .publication(.hashes(let round)): return "round[\(round)]"
        case .publication(.readHashes(let round)): return "read_round[\(round)]"
        case .timeout(let phase, _): return "timeout[\(phase.name)]"
        }
    }
}

extension ChallengeKind {
    /// Its stable name.
    package var name: String {
        switch self {
        case .claim: "claim"
        case .doubt: "doubt"
        case .traceHash: "trace_hash"
        case .firstTraceHash: "first_trace_hash"
        case .halt: "halt"
        case .earlyHalt: "early_halt"
        case .addressesSections: "addresses_sections"
        case .entryPoint: "entry_point"
        case .programCounter: "program_counter"
        case .opcode(let index): "opcode[\(index)]"
        case .futureRead(let selector): "future_read_\(selector.number)"
        case .zeroStepRead(let selector): "zero_step_read_\(selector.number)"
        case .inputData(let index), .constantInput(let index, _): "input_data[\(index)]"
        case .initializedData(let index, let selector):
            "initialized_data_\(selector.number)[\(index)]"
        case .uninitializedData(let selector): "uninitialized_data_\(selector.number)"
        case .equivocation(let kind, let round, let index):
            "equivocation_\(kind.name)[\(round)][\(index)]"
        case .readEquivocation(let kind, let round, let index):
            "read_equivocation_\(kind.name)[\(round)][\(index)]"
        case .searchEquivocation: "search_equivocation"
        case .correctHash: "correct_hash"
        case .readValue(let selector): "read_value_\(selector.number)"
        case .selection(let round): "selection[\(round)]"
        case .readSelection(let round): "read_selection[\(round)]"
        case .readOpening: "read_opening"
        case .refuse: "refuse"
        case .refuseRead: "refuse_read"
        }
    }
}

extension ReadSelector {
    /// As in read_1 and read_2.
    fileprivate var number: Int {
        self == .first ? 1 : 2
    }
}

extension Equivocation.Kind {
    fileprivate var name: String {
        self == .stepHash ? "step" : "next"
    }
}

extension DisputeTable.Phase {
    fileprivate var name: String {
        switch self {
        case .commitment: "claim"
        case .doubt: "doubt"
        case .hashes(let round): "round_\(round)"
        case .selection(let round): "selection_\(round)"
        case .opening: "opening"
        case .challenge: "challenge"
        case .readHashes(let round): "read_round_\(round)"
        case .readSelection(let round): "read_selection_\(round)"
        case .readOpening: "read_opening"
        case .readChallenge: "read_challenge"
        case .over: preconditionFailure("nobody waits when a dispute is over")
        }
    }
}
