/// Which parts of a transaction a signature covers.
public enum SighashType: UInt8, Hashable, Sendable, CaseIterable {
    /// Everything; taproot only, and the signature has 64 bytes.
    case `default` = 0x00
    /// Everything.
    case all = 0x01
    /// All inputs, no output.
    case none = 0x02
    /// All inputs, and the output with the index of the signed input.
    case single = 0x03
    /// The signed input alone, all outputs.
    case allAnyoneCanPay = 0x81
    /// The signed input alone, no output.
    case noneAnyoneCanPay = 0x82
    /// The signed input alone, and the output with its index.
    case singleAnyoneCanPay = 0x83

    /// Which outputs are covered.
    enum Outputs {
        case all, none, single

        /// What a type byte means before taproot, defined or not.
        init(typeByte: UInt8) {
            self =
                switch typeByte & 0x1F {
                case 2: .none
                case 3: .single
                default: .all
                }
        }
    }

    var outputs: Outputs {
        switch self {
        case .default, .all, .allAnyoneCanPay: .all
        case .none, .noneAnyoneCanPay: .none
        case .single, .singleAnyoneCanPay: .single
        }
    }

    /// Whether other inputs may be added after signing.
    public var isAnyoneCanPay: Bool {
        rawValue & 0x80 != 0
    }

    /// Bytes of a BIP-340 signature with its type: 64 for the default, else 65.
    public var taprootSignatureByteCount: Int {
        self == .default ? 64 : 65
    }

    /// A BIP-340 signature as a taproot witness holds it: the type follows unless it is default.
    public func witnessItem(signature: [UInt8]) -> [UInt8] {
        self == .default ? signature : signature + [rawValue]
    }
}

/// Why there is no sighash.
public enum SighashError: Error, Equatable {
    /// The transaction has no such input.
    case inputIndexOutOfRange(inputIndex: Int, inputCount: Int)
    /// Not one prevout for each input.
    case prevoutCountMismatch(prevoutCount: Int, inputCount: Int)
    /// A single output is to be covered, but the transaction has none at that index.
    case singleWithoutOutput(inputIndex: Int, outputCount: Int)
    /// An annex does not begin with 0x50.
    case invalidAnnex
    /// The default type exists in taproot only.
    case defaultOutsideTaproot
}
