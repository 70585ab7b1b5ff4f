internal import Primitives
internal import RiscV

/// Proofs whose values are all on the table.
extension TraceHashProof {
    init(_ opening: RowOpening) {
        self.init(
            stepHash: opening.stepHash, write: opening.row.chainStep, nextHash: opening.nextHash)
    }
}

extension FirstTraceHashProof {
    init(_ opening: RowOpening) {
        self.init(
            write: opening.row.chainStep, nextHash: opening.nextHash,
            conflictStep: opening.conflictStep)
    }
}

extension HaltProof {
    init(_ opening: RowOpening, _ claim: Claim) {
        self.init(
            lastStep: claim.lastStep, conflictStep: opening.conflictStep,
            firstValue: opening.row.firstRead.value, secondValue: opening.row.secondRead.value,
            opcode: opening.row.opcode, nextHash: opening.nextHash, lastHash: claim.lastHash)
    }
}

extension EarlyHaltProof {
    init(_ opening: RowOpening, _ claim: Claim) {
        self.init(
            lastStep: claim.lastStep, conflictStep: opening.conflictStep,
            firstValue: opening.row.firstRead.value, opcode: opening.row.opcode)
    }
}

extension AddressesProof {
    init(_ row: TraceRow) {
        self.init(
            firstAddress: row.firstRead.address, secondAddress: row.secondRead.address,
            writeAddress: row.write.address, memoryWitness: row.memoryWitness,
            counterAddress: row.readCounter.address)
    }
}

extension EntryPointProof {
    init(_ opening: RowOpening) {
        self.init(readCounter: opening.row.readCounter, conflictStep: opening.conflictStep)
    }
}

extension FutureReadProof {
    init(_ opening: RowOpening, _ selector: ReadSelector) {
        self.init(
            selector: selector, lastStep: opening.read(selector).lastStep,
            conflictStep: opening.conflictStep)
    }
}

extension ZeroStepReadProof {
    init(_ opening: RowOpening, _ selector: ReadSelector) {
        let read = opening.read(selector)
        self.init(selector: selector, address: read.address, lastStep: read.lastStep)
    }
}

extension SearchEquivocationProof {
    init(_ opening: RowOpening, _ readOpening: ReadOpening) {
        self.init(
            stepHash: opening.stepHash, readStepHash: readOpening.stepHash,
            writeStep: readOpening.writeStep, conflictStep: opening.conflictStep)
    }
}

extension ReadValueProof {
    /// - Parameter write: Of the verifier.
    init(
        _ opening: RowOpening, _ readOpening: ReadOpening, selector: ReadSelector,
        write: ChainStep
    ) {
        self.init(
            selector: selector, read: opening.read(selector), stepHash: readOpening.stepHash,
            write: write, nextHash: readOpening.nextHash, writeStep: readOpening.writeStep,
            conflictStep: opening.conflictStep)
    }
}
