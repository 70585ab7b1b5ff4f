package import Primitives

extension Transaction {
    private static let marker: UInt8 = 0
    private static let flag: UInt8 = 1

    /// The segwit form where an input has a witness (BIP-144), else the form without.
    public func encoded() -> [UInt8] {
        guard hasWitness else { return encodedWithoutWitness() }
        var writer = ByteWriter(capacity: byteCount)
        writer.appendUInt32LE(UInt32(bitPattern: version))
        writer.appendUInt8(Self.marker)
        writer.appendUInt8(Self.flag)
        encodeInputsAndOutputs(to: &writer)
        for input in inputs {
            input.witness.encode(to: &writer)
        }
        writer.appendUInt32LE(lockTime.rawValue)
        return writer.bytes
    }

    /// The form that the txid hashes.
    public func encodedWithoutWitness() -> [UInt8] {
        var writer = ByteWriter(capacity: baseByteCount)
        writer.appendUInt32LE(UInt32(bitPattern: version))
        encodeInputsAndOutputs(to: &writer)
        writer.appendUInt32LE(lockTime.rawValue)
        return writer.bytes
    }

    private func encodeInputsAndOutputs(to writer: inout ByteWriter) {
        writer.appendCompactSize(UInt64(inputs.count))
        for input in inputs {
            input.encode(to: &writer)
        }
        writer.appendCompactSize(UInt64(outputs.count))
        for output in outputs {
            output.encode(to: &writer)
        }
    }

    /// Reads either form and consumes all bytes.
    ///
    /// Refuses what `encoded()` cannot produce, transactions without inputs or outputs, amounts
    /// beyond the limit, and counts that the input cannot hold, the last before allocating.
    public init(decoding bytes: [UInt8]) throws(TransactionError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .tooLarge(byteCount: bytes.count, limit: Self.maximumByteCount)
        }
        var reader = ByteReader(bytes)
        try self.init(from: &reader)
        try Self.read { () throws(ByteReaderError) in try reader.finish() }
    }

    /// Reads either form from the front of a reader.
    package init(from reader: inout ByteReader) throws(TransactionError) {
        let version = try Self.read { () throws(ByteReaderError) in try reader.readUInt32LE() }
        var inputCount = try Self.readInputCount(from: &reader)
        // A transaction has inputs, so a zero here is the marker of BIP-144.
        let isSegwit = inputCount == 0
        if isSegwit {
            let flag = try Self.read { () throws(ByteReaderError) in try reader.readUInt8() }
            guard flag != 0 else { throw .noInputs }
            guard flag == Self.flag else { throw .unknownSegwitFlag(flag) }
            inputCount = try Self.readInputCount(from: &reader)
            guard inputCount > 0 else { throw .noInputs }
        }
        var inputs: [TxIn] = []
        inputs.reserveCapacity(inputCount)
        for _ in 0..<inputCount {
            inputs.append(try TxIn(from: &reader))
        }
        let outputs = try Self.readOutputs(from: &reader)
        if isSegwit {
            for index in inputs.indices {
                inputs[index].witness = try Witness(from: &reader)
            }
        }
        let lockTime = try Self.read { () throws(ByteReaderError) in try reader.readUInt32LE() }
        self.init(
            version: Int32(bitPattern: version), inputs: inputs, outputs: outputs,
            lockTime: LockTime(lockTime))
        guard hasWitness == isSegwit else { throw .superfluousWitness }
    }

    private static func readInputCount(
        from reader: inout ByteReader
    ) throws(TransactionError) -> Int {
        try read { () throws(ByteReaderError) in
            try reader.readCount(minimumByteCount: TxIn.minimumByteCount)
        }
    }

    private static func readOutputs(
        from reader: inout ByteReader
    ) throws(TransactionError) -> [TxOut] {
        let count = try read { () throws(ByteReaderError) in
            try reader.readCount(minimumByteCount: TxOut.minimumByteCount)
        }
        guard count > 0 else { throw .noOutputs }
        var outputs: [TxOut] = []
        outputs.reserveCapacity(count)
        for _ in 0..<count {
            outputs.append(try TxOut(from: &reader))
        }
        return outputs
    }

    private static func read<Value>(
        _ body: () throws(ByteReaderError) -> Value
    ) throws(TransactionError) -> Value {
        do {
            return try body()
        } catch {
            throw .encoding(error)
        }
    }
}
