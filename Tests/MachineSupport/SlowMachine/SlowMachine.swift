package import Primitives
package import RiscV

/// The machine once more, written straight from the ISA manual and the tables of
/// docs/protocol/machine.md, without a thought for speed: one function for each instruction.
package struct SlowMachine {
    struct Failure: Error {
        let trap: Trap
    }

    /// Where things may be; the first that holds an address counts.
    package var sections: [Section]
    /// Memory, by the address of the word; 0 where nothing is.
    package var words: [UInt32: UInt32] = [:]
    /// The last steps that wrote words; missing means never.
    package var stamps: [UInt32: UInt64] = [:]
    /// All 34.
    package var registers = [UInt32](repeating: 0, count: 34)
    /// The last steps that wrote registers.
    package var registerStamps = [UInt64](repeating: .max, count: 34)
    /// Where the program goes on.
    package var pc: UInt32
    /// Which micro-step comes next.
    package var micro: UInt8 = 0
    /// Steps made so far.
    package var step: UInt64 = 0
    /// The chain so far.
    package var hash = Bytes20.zero
    /// How the program ended.
    package var ending: ExecutionResult?
    /// The row of the step that is being made.
    var row = TraceRow(stepNumber: 0)
    /// The word of code that is being executed.
    package var opcode: UInt32 = 0

    /// A machine before its first step; there is no input.
    package init(entryPoint: UInt32, sections: [Section]) {
        self.sections = sections
        pc = entryPoint
        registers[2] = 0xE080_0000
        hash = Bytes20(BLAKE3.hash([0xFF]).bytes.prefix(20)) ?? .zero
        for section in sections {
            for (index, word) in (section.initialWords ?? []).enumerated() {
                words[section.start + 4 * UInt32(index)] = word
            }
        }
    }

    /// Makes one step and returns its row.
    package mutating func advance() -> TraceRow {
        step += 1
        row = TraceRow(stepNumber: step)
        do {
            try fetch()
            row.readCounter = ProgramCounter(address: pc, micro: micro)
            row.opcode = opcode
            try execute()
            if pc % 4 != 0 { throw Failure(trap: .unalignedJump(pc)) }
            row.nextCounter = ProgramCounter(address: pc, micro: micro)
        } catch {
            row = TraceRow(stepNumber: step)
            ending = (error as? Failure).map { .trapped($0.trap) }
        }
        link()
        return row
    }

    /// The next hash of the chain: of the last one and the 13 bytes of the row.
    private mutating func link() {
        var message: [UInt8] = []
        message.reserveCapacity(33)
        for index in 0..<20 { message.append(hash[index]) }
        Self.append(row.write.address, to: &message)
        Self.append(row.write.value, to: &message)
        Self.append(row.nextCounter.address, to: &message)
        message.append(row.nextCounter.micro)
        let digest = BLAKE3.hash(message)
        for index in 0..<20 { hash[index] = digest[index] }
    }

    /// Big-endian.
    private static func append(_ word: UInt32, to message: inout [UInt8]) {
        message.append(UInt8(truncatingIfNeeded: word >> 24))
        message.append(UInt8(truncatingIfNeeded: word >> 16))
        message.append(UInt8(truncatingIfNeeded: word >> 8))
        message.append(UInt8(truncatingIfNeeded: word))
    }

    private func section(at address: UInt32) throws -> Section {
        let section = sections.first { $0.start <= address && address - $0.start < $0.byteCount }
        guard let section else { throw Failure(trap: .sectionNotFound(address)) }
        guard section.kind != .registers else { throw Failure(trap: .registerSection) }
        return section
    }

    private mutating func fetch() throws {
        guard try section(at: pc).kind == .code else { throw Failure(trap: .executeFromNonCode) }
        opcode = words[pc & ~3] ?? 0
    }
}

/// Operands and state, with their traces in the row.
extension SlowMachine {
    var rd: Int { Int(opcode >> 7 & 31) }
    var rs1: Int { Int(opcode >> 15 & 31) }
    var rs2: Int { Int(opcode >> 20 & 31) }
    var immediateI: UInt32 { signed(opcode >> 20, bits: 12) }
    var immediateS: UInt32 { signed((opcode >> 25) << 5 | opcode >> 7 & 31, bits: 12) }
    var immediateU: UInt32 { (opcode >> 12) << 12 }

    var immediateB: UInt32 {
        let low = (opcode >> 8 & 15) << 1 | (opcode >> 25 & 63) << 5
        return signed(low | (opcode >> 7 & 1) << 11 | (opcode >> 31) << 12, bits: 13)
    }

    var immediateJ: UInt32 {
        let low = (opcode >> 21 & 1023) << 1 | (opcode >> 20 & 1) << 11
        return signed(low | (opcode >> 12 & 255) << 12 | (opcode >> 31) << 20, bits: 21)
    }

    func signed(_ value: UInt32, bits: UInt32) -> UInt32 {
        value >> (bits - 1) & 1 == 1 ? value | ~((1 << bits) - 1) : value & ((1 << bits) - 1)
    }

    static func address(_ register: Int) -> UInt32 { 0xF000_0000 + 4 * UInt32(register) }

    mutating func readFirst(_ register: Int) -> UInt32 {
        row.firstRead = .init(
            address: Self.address(register), value: registers[register],
            lastStep: registerStamps[register])
        row.memoryWitness.first = .register
        return registers[register]
    }

    mutating func readSecond(_ register: Int) -> UInt32 {
        row.secondRead = .init(
            address: Self.address(register), value: registers[register],
            lastStep: registerStamps[register])
        row.memoryWitness.second = .register
        return registers[register]
    }

    mutating func readMemory(_ address: UInt32) throws -> UInt32 {
        guard try section(at: address).kind != .code else {
            throw Failure(trap: .readFromExecuteOnly)
        }
        let value = words[address] ?? 0
        row.secondRead = .init(address: address, value: value, lastStep: stamps[address] ?? .max)
        row.memoryWitness.second = .memory
        return value
    }

    mutating func write(_ register: Int, _ value: UInt32) {
        registers[register] = value
        registerStamps[register] = step
        row.write = .init(address: Self.address(register), value: value)
        row.memoryWitness.write = .register
    }

    mutating func writeMemory(_ address: UInt32, _ value: UInt32) throws {
        guard try section(at: address).kind == .readWrite else {
            throw Failure(trap: .writeToReadOnly)
        }
        words[address] = value
        stamps[address] = step
        row.write = .init(address: address, value: value)
        row.memoryWitness.write = .memory
    }

    mutating func goOn() {
        pc &+= 4
        micro = 0
    }
}
