import Primitives

/// A script: bytes that are opcodes and pushed data, valid or not.
public struct Script: Hashable, Sendable, CustomStringConvertible {
    /// No bytes.
    public static let empty = Script([])
    /// The most bytes of a script that can be spent, outside taproot (`MAX_SCRIPT_SIZE`).
    public static let maximumByteCount = 10_000
    /// The most bytes of an item on the stack (`MAX_SCRIPT_ELEMENT_SIZE`).
    public static let maximumElementByteCount = 520

    /// The script as encoded.
    public let bytes: [UInt8]

    /// Takes bytes as they are.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads hexadecimal digits of either case.
    public init?(hex: String) {
        guard let bytes = try? Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    /// Lower-case hexadecimal digits.
    public var hex: String {
        Hex.encode(bytes)
    }

    /// The same as `hex`.
    public var description: String {
        hex
    }

    /// How many bytes the script has.
    public var byteCount: Int {
        bytes.count
    }

    /// Whether there are no bytes.
    public var isEmpty: Bool {
        bytes.isEmpty
    }
}

/// Why a script cannot be read.
public enum ScriptDecodingError: Error, Equatable {
    /// A push at this byte wants more bytes than are left.
    case truncatedPush(offset: Int, needed: Int, available: Int)
}

/// One step of a script.
public enum ScriptInstruction: Hashable, Sendable {
    /// Data put on the stack by one of the opcodes 0 to 78.
    case push([UInt8], by: Opcode)
    /// Any other opcode.
    case opcode(Opcode)
}

extension Script {
    /// The script step by step.
    public func instructions() throws(ScriptDecodingError) -> [ScriptInstruction] {
        var result: [ScriptInstruction] = []
        var offset = 0
        while offset < bytes.count {
            let opcode = Opcode(bytes[offset])
            let start = offset
            offset += 1
            guard opcode <= .pushData4 else {
                result.append(.opcode(opcode))
                continue
            }
            let count = try pushedByteCount(by: opcode, at: &offset, start: start)
            guard count <= bytes.count - offset else {
                throw .truncatedPush(
                    offset: start, needed: count, available: bytes.count - offset)
            }
            result.append(.push(Array(bytes[offset..<offset + count]), by: opcode))
            offset += count
        }
        return result
    }

    private func pushedByteCount(
        by opcode: Opcode, at offset: inout Int, start: Int
    ) throws(ScriptDecodingError) -> Int {
        let lengthByteCount: Int
        switch opcode {
        case .pushData1: lengthByteCount = 1
        case .pushData2: lengthByteCount = 2
        case .pushData4: lengthByteCount = 4
        default: return Int(opcode.rawValue)
        }
        guard lengthByteCount <= bytes.count - offset else {
            throw .truncatedPush(
                offset: start, needed: lengthByteCount, available: bytes.count - offset)
        }
        var count = 0
        for index in 0..<lengthByteCount {
            count |= Int(bytes[offset + index]) << (8 * index)
        }
        offset += lengthByteCount
        return count
    }

    /// The script as text: opcodes by name, pushed data in hexadecimal, between single spaces.
    ///
    /// A push that runs past the end ends the text as `[error]`, as Bitcoin Core writes it.
    public var disassembly: String {
        var words: [String] = []
        var rest = self
        do {
            for instruction in try rest.instructions() {
                words.append(instruction.text)
            }
        } catch {
            guard case .truncatedPush(let offset, _, _) = error else { return "[error]" }
            rest = Script(Array(bytes[..<offset]))
            let readable = rest.disassembly
            return readable.isEmpty ? "[error]" : readable + " [error]"
        }
        return words.joined(separator: " ")
    }
}

extension ScriptInstruction {
    fileprivate var text: String {
        switch self {
        case .push(let data, let opcode): data.isEmpty ? opcode.name : Hex.encode(data)
        case .opcode(let opcode): opcode.name
        }
    }
}
