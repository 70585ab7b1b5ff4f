extension LeafValue {
    /// Its name in scripts, tables and files: stable, and of no other value.
    package var name: String {
        switch self {
        case .row(let field): field.rawValue
        case .input(let wordIndex): "input[\(wordIndex)]"
        case .lastStep: "last_step"
        case .lastHash: "last_hash"
        case .doubtedLastStep: "doubted_last_step"
        case .hash(let round, let index): "hash[\(round)][\(index)]"
        case .selection(let round): "selection[\(round)]"
        case .conflictStep: "conflict_step"
        case .stepHash: "step_hash"
        case .nextHash: "next_hash"
        case .readHash(let round, let index): "read_hash[\(round)][\(index)]"
        case .readSelection(let round): "read_selection[\(round)]"
        case .writeStep: "write_step"
        case .readStepHash: "read_step_hash"
        case .readNextHash: "read_next_hash"
        case .verifierHash: "verifier.hash"
        case .verifierWriteAddress: "verifier.write.address"
        case .verifierWriteValue: "verifier.write.value"
        case .verifierCounter: "verifier.write_pc.address"
        case .verifierMicro: "verifier.write_pc.micro"
        }
    }
}
