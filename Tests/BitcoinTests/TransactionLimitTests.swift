import Bitcoin
import Primitives
import Testing

/// Counts and forms that a decoder must refuse before it trusts them.
struct TransactionLimitTests {
    private static let version: [UInt8] = [2, 0, 0, 0]
    private static let input = [UInt8](repeating: 7, count: 36) + [0, 0xFF, 0xFF, 0xFF, 0xFF]
    private static let output: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let lockTime: [UInt8] = [0, 0, 0, 0]
    /// 2^30 as a compact size.
    private static let gigabyte: [UInt8] = [0xFE, 0, 0, 0, 0x40]
    /// 2^64 - 1 as a compact size.
    private static let largest: [UInt8] = Array(repeating: 0xFF, count: 9)

    private static let legacy = version + [1] + input + [1] + output + lockTime
    private static let segwit = version + [0, 1, 1] + input + [1] + output

    @Test(
        "A count that the input cannot hold is refused, in every place where one stands",
        arguments: [
            version + gigabyte + input,
            version + largest + input,
            version + [1] + Array(input.prefix(36)) + gigabyte + [0],
            version + [1] + Array(input.prefix(36)) + largest + [0],
            version + [1] + input + gigabyte + output + lockTime,
            version + [1] + input + largest + output + lockTime,
            version + [1] + input + [1] + Array(output.prefix(8)) + gigabyte + lockTime,
            version + [1] + input + [1] + Array(output.prefix(8)) + largest + lockTime,
            segwit + gigabyte + lockTime, segwit + largest + lockTime,
            segwit + [1] + gigabyte + lockTime, segwit + [1] + largest + lockTime,
        ])
    func hugeCount(_ encoded: [UInt8]) throws {
        let error = try #require(throws: TransactionError.self) {
            try Transaction(decoding: encoded)
        }
        guard case .encoding(.endOfInput(let needed, let available)) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(needed > available)
        #expect(needed >= 1 << 30)
    }

    @Test("The minimal legacy and segwit forms are read")
    func minimal() throws {
        #expect(try Transaction(decoding: Self.legacy).encoded() == Self.legacy)
        let segwit = Self.segwit + [1, 1, 9] + Self.lockTime
        let transaction = try Transaction(decoding: segwit)
        #expect(transaction.inputs[0].witness == [[9]])
        #expect(transaction.encoded() == segwit)
        #expect(transaction.encodedWithoutWitness() == Self.legacy)
    }

    @Test(
        "A form that encoding never yields is refused",
        arguments: [
            (segwit + [0] + lockTime, .superfluousWitness),
            (
                version + [0, 2, 1] + input + [1] + output + [1, 1, 9] + lockTime,
                .unknownSegwitFlag(2)
            ),
            (version + [0, 0] + lockTime, .noInputs),
            (version + [0, 1, 0, 1] + output + lockTime, .noInputs),
            (version + [1] + input + [0] + lockTime, .noOutputs),
            (
                version + [0xFD, 1, 0] + input + [1] + output + lockTime,
                .encoding(.nonMinimalCompactSize(1))
            ),
            (
                version + [1] + input + [1] + Array(repeating: 0xFF, count: 8) + [0] + lockTime,
                .amount(.aboveMaximum(satoshi: .max))
            ),
        ] as [([UInt8], TransactionError)])
    func refused(_ encoded: [UInt8], _ expected: TransactionError) {
        #expect(throws: expected) { try Transaction(decoding: encoded) }
    }

    @Test("More bytes than a block holds are not looked at")
    func tooLarge() {
        let count = Transaction.maximumByteCount + 1
        #expect(throws: TransactionError.tooLarge(byteCount: count, limit: count - 1)) {
            try Transaction(decoding: Array(repeating: 0, count: count))
        }
    }

    @Test("An annex is the last of at least two items and begins with 0x50")
    func annex() {
        #expect(Witness([[1], [0x50, 2]]).annex == [0x50, 2])
        #expect(Witness([[0x50, 2]]).annex == nil)
        #expect(Witness([[1], []]).annex == nil)
        #expect(Witness([[0x50], [1]]).annex == nil)
    }
}
