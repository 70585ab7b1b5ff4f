public import Primitives

/// The message that signatures before segwit sign.
///
/// - Source: Bitcoin Core, `SignatureHash` with `SigVersion::BASE`.
public enum LegacySighash {
    /// What a signature of a single output signs where that output does not exist: a bug that
    /// became a rule.
    private static let one = [1] + [UInt8](repeating: 0, count: 31)

    /// The sighash of one input.
    ///
    /// - Parameters:
    ///   - inputIndex: 0-based; the transaction has such an input.
    ///   - scriptCode: What is covered of the script, signatures already removed.
    ///   - type: The type byte, or what signers put in its place; undefined types count as `all`.
    public static func hash(
        _ transaction: Transaction, inputIndex: Int, scriptCode: Script, type: UInt32
    ) -> Bytes32 {
        precondition(
            transaction.inputs.indices.contains(inputIndex), "the transaction has such an input")
        let outputs = SighashType.Outputs(typeByte: UInt8(truncatingIfNeeded: type))
        if outputs == .single, !transaction.outputs.indices.contains(inputIndex) {
            guard let hash = Bytes32(one) else {
                preconditionFailure("1 and 31 zeros are 32 bytes")
            }
            return hash
        }
        var writer = ByteWriter(capacity: 256 + scriptCode.byteCount)
        writer.appendUInt32LE(UInt32(bitPattern: transaction.version))
        appendInputs(
            of: transaction, inputIndex, signed: withoutSeparators(scriptCode), type, &writer)
        append(outputs, of: transaction, inputIndex, &writer)
        writer.appendUInt32LE(transaction.lockTime.rawValue)
        writer.appendUInt32LE(type)
        return SHA256.doubleHash(writer.bytes)
    }

    private static func appendInputs(
        of transaction: Transaction, _ inputIndex: Int, signed code: [UInt8], _ type: UInt32,
        _ writer: inout ByteWriter
    ) {
        let isAnyoneCanPay = type & 0x80 != 0
        let coversSequences = SighashType.Outputs(typeByte: UInt8(truncatingIfNeeded: type)) == .all
        let indices = isAnyoneCanPay ? inputIndex..<inputIndex + 1 : transaction.inputs.indices
        writer.appendCompactSize(UInt64(indices.count))
        for index in indices {
            let input = transaction.inputs[index]
            let isSigned = index == inputIndex
            input.outPoint.encode(to: &writer)
            writer.appendSized(isSigned ? code : [])
            writer.appendUInt32LE(isSigned || coversSequences ? input.sequence.rawValue : 0)
        }
    }

    private static func append(
        _ outputs: SighashType.Outputs, of transaction: Transaction, _ inputIndex: Int,
        _ writer: inout ByteWriter
    ) {
        switch outputs {
        case .none: writer.appendCompactSize(0)
        case .all:
            writer.appendCompactSize(UInt64(transaction.outputs.count))
            for output in transaction.outputs {
                output.encode(to: &writer)
            }
        case .single:
            writer.appendCompactSize(UInt64(inputIndex + 1))
            for _ in 0..<inputIndex {
                writer.appendUInt64LE(.max)
                writer.appendSized([])
            }
            transaction.outputs[inputIndex].encode(to: &writer)
        }
    }

    /// The script without OP_CODESEPARATOR.
    private static func withoutSeparators(_ script: Script) -> [UInt8] {
        guard script.bytes.contains(Opcode.codeSeparator.rawValue),
            let instructions = try? script.instructions()
        else { return script.bytes }
        var kept: [UInt8] = []
        var offset = 0
        for instruction in instructions {
            let end = offset + instruction.byteCount
            if instruction != .opcode(.codeSeparator) {
                kept.append(contentsOf: script.bytes[offset..<end])
            }
            offset = end
        }
        return kept
    }
}

extension ScriptInstruction {
    /// Bytes of the instruction in its script.
    fileprivate var byteCount: Int {
        guard case .push(let data, let opcode) = self else { return 1 }
        return switch opcode {
        case .pushData1: 2 + data.count
        case .pushData2: 3 + data.count
        case .pushData4: 5 + data.count
        default: 1 + data.count
        }
    }
}
