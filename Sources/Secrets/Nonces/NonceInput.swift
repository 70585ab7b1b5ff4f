package import Primitives

/// What NonceGen of BIP-327 mixes in besides randomness and key, as far as it is known.
package struct NonceInput: Hashable, Sendable {
    /// The x-only aggregate key; 32 bytes that NonceGen does not interpret.
    package let aggregateKey: Bytes32?
    package let message: [UInt8]?
    /// Anything else that tells this nonce from others.
    package let extraInput: [UInt8]?

    package init(aggregateKey: Bytes32?, message: [UInt8]?, extraInput: [UInt8]?) {
        self.aggregateKey = aggregateKey
        self.message = message
        self.extraInput = extraInput
    }

    /// `len(aggpk) ‖ aggpk ‖ msg_prefixed ‖ len(extra_in) ‖ extra_in` of BIP-327.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        let key = aggregateKey?.bytes ?? []
        writer.appendUInt8(UInt8(key.count))
        writer.append(key)
        if let message {
            writer.appendUInt8(1)
            writer.appendUInt64BE(UInt64(message.count))
            writer.append(message)
        } else {
            writer.appendUInt8(0)
        }
        let extra = extraInput ?? []
        writer.appendUInt32BE(UInt32(extra.count))
        writer.append(extra)
        return writer.bytes
    }
}
