package import RiscV

/// A field of an opened row, as bytes in which it is committed and digits of four bits in which
/// instructions read it.
package enum RowField: String, CaseIterable, Hashable, Sendable {
    case writeAddress = "write_1.address"
    case writeValue = "write_1.value"
    case nextAddress = "write_pc.address"
    case nextMicro = "write_pc.micro"
    case witness = "witness"
    case memoryWitness = "mem_witness"
    case firstAddress = "read_1.address"
    case firstValue = "read_1.value"
    case firstLastStep = "read_1.last_step"
    case secondAddress = "read_2.address"
    case secondValue = "read_2.value"
    case secondLastStep = "read_2.last_step"
    case readAddress = "read_pc.address"
    case readMicro = "read_pc.micro"
    case opcode = "opcode"

    /// Bytes in which it is committed, the most significant first.
    package var byteCount: Int {
        (digitCount + 1) / 2
    }

    /// How many digits instructions read; of a micro counter the upper one is always 0.
    package var digitCount: Int {
        switch self {
        case .nextMicro, .readMicro: 1
        case .memoryWitness: 2
        case .firstLastStep, .secondLastStep: 16
        default: 8
        }
    }

    /// The field of a row as a number.
    package func value(in row: TraceRow) -> UInt64 {
        switch self {
        case .writeAddress: UInt64(row.write.address)
        case .writeValue: UInt64(row.write.value)
        case .nextAddress: UInt64(row.nextCounter.address)
        case .nextMicro: UInt64(row.nextCounter.micro)
        case .witness: UInt64(row.witness ?? 0)
        case .memoryWitness: UInt64(row.memoryWitness.byte)
        case .firstAddress: UInt64(row.firstRead.address)
        case .firstValue: UInt64(row.firstRead.value)
        case .firstLastStep: row.firstRead.lastStep
        case .secondAddress: UInt64(row.secondRead.address)
        case .secondValue: UInt64(row.secondRead.value)
        case .secondLastStep: row.secondRead.lastStep
        case .readAddress: UInt64(row.readCounter.address)
        case .readMicro: UInt64(row.readCounter.micro)
        case .opcode: UInt64(row.opcode)
        }
    }

    /// The digits of a row's field, most significant first.
    ///
    /// - Parameter row: Its micro counters are below 16, as those of every step are.
    package func digits(of row: TraceRow) -> [UInt8] {
        let value = value(in: row)
        precondition(
            digitCount == 16 || value >> (4 * UInt64(digitCount)) == 0,
            "the field of a row fits its digits")
        return (0..<digitCount).reversed().map { UInt8(value >> (4 * UInt64($0)) & 15) }
    }
}

extension RowField {
    /// The bytes in which a row's field is committed.
    package func message(of row: TraceRow) -> [UInt8] {
        let value = value(in: row)
        return (0..<byteCount).reversed().map { UInt8(value >> (8 * UInt64($0)) & 0xFF) }
    }

    /// Puts digits into a row.
    ///
    /// - Parameter digits: Most significant first, each below 16, as many as the field has.
    /// - Returns: False if no row has this field, which happens for kinds of accesses only.
    package func put(_ digits: [UInt8], into row: inout TraceRow) -> Bool {
        precondition(
            digits.count == digitCount && digits.allSatisfy { $0 < 16 },
            "a field gets its number of digits")
        let number = digits.reduce(0 as UInt64) { $0 << 4 | UInt64($1) }
        let word = UInt32(truncatingIfNeeded: number)
        let byte = UInt8(truncatingIfNeeded: number)
        switch self {
        case .writeAddress: row.write.address = word
        case .writeValue: row.write.value = word
        case .nextAddress: row.nextCounter.address = word
        case .nextMicro: row.nextCounter.micro = byte
        case .witness: row.witness = word
        case .memoryWitness:
            guard let kinds = MemoryWitness(byte: byte) else { return false }
            row.memoryWitness = kinds
        case .firstAddress: row.firstRead.address = word
        case .firstValue: row.firstRead.value = word
        case .firstLastStep: row.firstRead.lastStep = number
        case .secondAddress: row.secondRead.address = word
        case .secondValue: row.secondRead.value = word
        case .secondLastStep: row.secondRead.lastStep = number
        case .readAddress: row.readCounter.address = word
        case .readMicro: row.readCounter.micro = byte
        case .opcode: row.opcode = word
        }
        return true
    }
}
