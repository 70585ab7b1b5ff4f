/// Why checkpoints cannot be used or kept.
package enum CheckpointFault: Error, Hashable, Sendable {
    /// The checkpoints belong to another program, or to the same one with another input.
    case otherRun(name: String)
    /// The bytes of a checkpoint are not those that were written.
    case damaged(name: String, reason: String)
    /// A checkpoint was written by a program that knows another format.
    case unknownFormat(name: String, version: UInt32)
    /// Checkpoints between two others are missing.
    case gap(after: UInt64, before: UInt64)
    /// The run ends before the step that is asked for.
    case beyondEnd(step: UInt64, lastStep: UInt64)
    /// Another process works on the same checkpoints.
    case inUse
    /// The system refused to read or write; the number is that of errno.
    case storage(name: String, code: Int32)
    /// The program does not fit into memory, or its input has no place.
    case program(ProgramFault)
}
