internal import Primitives
internal import RiscV

/// What the leaf of a read challenge checks, apart from signatures.
extension ReadChallenge {
    /// Whether the leaf would take these values.
    ///
    /// - Parameter program: Its constants are in the leaf.
    package func holds(for program: DisputeProgram) -> Bool {
        switch self {
        case .equivocation(let proof): proof.holds(for: program.shape)
        case .searchEquivocation(let proof):
            proof.writeStep == proof.conflictStep && proof.stepHash != proof.readStepHash
        case .correctHash(let proof):
            proof.proverHash != proof.verifierHash
                && proof.verifierHash.extended(by: proof.write) == proof.nextHash
        case .readValue(let proof): proof.holds
        }
    }
}

extension ReadValueProof {
    fileprivate var holds: Bool {
        guard writeStep < conflictStep,
            stepHash.extended(by: write) == nextHash
        else { return false }
        let step = writeStep + 1
        if read.lastStep == step {
            return write.writeAddress != read.address || write.writeValue != read.value
        }
        // Address 0 stands for no write and for no read: they have nothing to do with each other.
        return (read.lastStep == MemoryMap.neverWritten || read.lastStep < step)
            && write.writeAddress == read.address && write.writeAddress != 0
    }
}
