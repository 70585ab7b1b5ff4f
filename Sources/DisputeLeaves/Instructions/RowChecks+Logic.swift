import RiscV
import Tapscript

extension RowChecks {
    /// AND, OR, XOR and their immediate forms.
    ///
    /// A first table spreads the bits of a digit over powers of 3, so that the sum of two spread
    /// digits says for each bit how many of the two have it; a second table maps these counts.
    mutating func verifyLogic(_ step: InstructionStep) {
        let isImmediate = step.definition.format == .immediate
        var extended: Item?
        if isImmediate {
            // All digits above the immediate's are 0 or 15, that is spread 0 or 40.
            let sign = highBit(.opcode, 7)
            extended = choose(Self.spread(15), orElse: 0, .move(sign))
        }
        let results = assembler.table("result", (0..<81).map { Self.result(step.code, $0) })
        let spreads = assembler.table("spread", (0..<16).map(Self.spread))
        for index in 0..<8 {
            let left = assembler.lookup(spreads, move(.firstValue, index))
            let counts: Item
            if let extended, index >= 3 {
                counts = add(.move(left), .copy(extended))
            } else {
                let field: RowField = isImmediate ? .opcode : .secondValue
                let other = move(field, isImmediate ? index + 5 : index)
                counts = add(.move(left), .move(assembler.lookup(spreads, other)))
            }
            let result = assembler.lookup(results, .move(counts))
            verifyEqual(.move(result), move(.writeValue, index))
        }
    }

    private static func spread(_ digit: Int64) -> Int64 {
        (0..<4).reversed().reduce(0) { $0 * 3 + (digit >> Int64($1) & 1) }
    }

    /// The digit that belongs to counts of bits, which are digits to the base 3.
    private static func result(_ code: StepCode, _ counts: Int64) -> Int64 {
        var rest = counts
        var result: Int64 = 0
        for bit: Int64 in 0..<4 {
            let count = rest % 3
            let isSet =
                switch code {
                case .and, .andi: count == 2
                case .or, .ori: count > 0
                default: count == 1
                }
            result |= isSet ? 1 << bit : 0
            rest /= 3
        }
        return result
    }
}
