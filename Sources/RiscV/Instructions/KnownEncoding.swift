/// Which words may stand in code, whether or not the machine can execute them.
///
/// BitVMX-CPU refuses code with other words when it loads it. The list is wider than RV32IM:
/// 64-bit, atomic, floating-point, system and compressed encodings load too, and stop the machine
/// when they are reached.
///
/// - Source: docs/protocol/machine.md, "Words that may stand in code".
package enum KnownEncoding {
    /// Whether code with this word loads.
    package static func contains(_ word: UInt32) -> Bool {
        guard word & 3 == 3 else { return isCompressed(word) }
        let function = word >> 12 & 7
        switch word >> 2 & 0x1F {
        case 0x00: return function != 7
        case 0x01, 0x09: return function == 2
        case 0x03: return word == 0x100F || word & 0xF00F_FF80 == 0
        case 0x04: return isShiftOrOther(word, function)
        case 0x05, 0x0D, 0x19, 0x1B: return true
        case 0x06: return isWordImmediate(word, function)
        case 0x08: return function < 4
        case 0x0B: return isAtomic(word, function)
        case 0x0C: return isOperation(word, function)
        case 0x0E: return isWordOperation(word, function)
        case 0x10, 0x11, 0x12, 0x13: return word >> 25 & 3 == 0
        case 0x14: return isFloatingPoint(word, function)
        case 0x18: return function != 2 && function != 3
        case 0x1C: return isSystem(word, function)
        default: return false
        }
    }

    private static func isCompressed(_ word: UInt32) -> Bool {
        guard word != 0 else { return true }
        switch word & 3 {
        case 0: return [2, 3, 6, 7].contains(word >> 13)
        case 2: return [6, 7].contains(word >> 13)
        default: return false
        }
    }

    private static func isShiftOrOther(_ word: UInt32, _ function: UInt32) -> Bool {
        switch function {
        case 1: word >> 26 == 0
        case 5: word >> 26 == 0 || word >> 26 == 0x10
        default: true
        }
    }

    private static func isWordImmediate(_ word: UInt32, _ function: UInt32) -> Bool {
        switch function {
        case 0: true
        case 1: word >> 25 == 0
        case 5: word >> 25 == 0 || word >> 25 == 0x20
        default: false
        }
    }

    private static func isOperation(_ word: UInt32, _ function: UInt32) -> Bool {
        switch word >> 25 {
        case 0, 1: true
        case 0x20: function == 0 || function == 5
        default: false
        }
    }

    private static func isWordOperation(_ word: UInt32, _ function: UInt32) -> Bool {
        switch word >> 25 {
        case 0: function == 0 || function == 1 || function == 5
        case 1: function == 0 || function >= 4
        case 0x20: function == 0 || function == 5
        default: false
        }
    }

    private static func isAtomic(_ word: UInt32, _ function: UInt32) -> Bool {
        guard function == 2 || function == 3 else { return false }
        let operation = word >> 27
        if operation == 2 { return word >> 20 & 0x1F == 0 }
        return operation == 3 || operation == 1 || operation & 3 == 0
    }

    private static func isFloatingPoint(_ word: UInt32, _ function: UInt32) -> Bool {
        let second = word >> 20 & 0x1F
        switch word >> 25 {
        case 0x00, 0x04, 0x08, 0x0C: return true
        case 0x2C: return second == 0
        case 0x10, 0x50: return function < 3
        case 0x14: return function < 2
        case 0x60, 0x68: return second < 2
        case 0x70: return second == 0 && function < 2
        case 0x78: return second == 0 && function == 0
        default: return false
        }
    }

    private static func isSystem(_ word: UInt32, _ function: UInt32) -> Bool {
        switch word {
        case 0x0000_0073, 0x0010_0073, 0x0020_0073, 0x1020_0073, 0x3020_0073, 0x1050_0073:
            return true
        default:
            return function == 0 ? word & 0xFE00_7FFF == 0x1200_0073 : function != 4
        }
    }
}
