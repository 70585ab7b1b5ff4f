import RiscV

/// The machine's program, not the child process that other tests call so.
typealias Program = RiscV.Program
