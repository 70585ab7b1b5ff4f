/// Writes a script instruction by instruction; every push has its shortest form (BIP-62).
public struct ScriptBuilder: Sendable {
    private var bytes: [UInt8] = []

    /// Starts empty.
    public init() {}

    /// The script written so far.
    public var script: Script {
        Script(bytes)
    }

    /// Appends an opcode that is not a push of data.
    public mutating func opcode(_ opcode: Opcode) {
        precondition(
            opcode == .zero || opcode > .pushData4, "data is pushed by push(_:), not by opcode")
        bytes.append(opcode.rawValue)
    }

    /// Appends opcodes that are not pushes of data.
    public mutating func opcodes(_ opcodes: Opcode...) {
        for opcode in opcodes {
            self.opcode(opcode)
        }
    }

    /// Appends the shortest push of a byte string.
    public mutating func push(_ data: some Collection<UInt8>) {
        precondition(data.count <= UInt32.max, "a push has at most 2^32 - 1 bytes")
        if let opcode = Self.singleOpcode(for: data) {
            bytes.append(opcode.rawValue)
            return
        }
        let lengthByteCount: Int
        switch data.count {
        case ..<0x4C:
            bytes.append(UInt8(data.count))
            lengthByteCount = 0
        case ...0xFF:
            bytes.append(Opcode.pushData1.rawValue)
            lengthByteCount = 1
        case ...0xFFFF:
            bytes.append(Opcode.pushData2.rawValue)
            lengthByteCount = 2
        default:
            bytes.append(Opcode.pushData4.rawValue)
            lengthByteCount = 4
        }
        for index in 0..<lengthByteCount {
            bytes.append(UInt8(truncatingIfNeeded: data.count >> (8 * index)))
        }
        bytes.append(contentsOf: data)
    }

    /// Appends the shortest push of a number.
    public mutating func number(_ value: Int64) {
        push(ScriptNumber.encode(value))
    }

    /// Appends another script as it is.
    public mutating func script(_ other: Script) {
        bytes.append(contentsOf: other.bytes)
    }

    /// The opcode that pushes exactly these bytes: empty, 1 to 16, or the byte 0x81.
    private static func singleOpcode(for data: some Collection<UInt8>) -> Opcode? {
        guard let only = data.first else { return .zero }
        guard data.count == 1 else { return nil }
        switch only {
        case 1...16: return Opcode.number(Int64(only))
        case 0x81: return .oneNegate
        default: return nil
        }
    }
}
