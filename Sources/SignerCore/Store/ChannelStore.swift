package import Primitives

/// How far the exchange with one watcher has come.
package struct ChannelState: Hashable, Sendable {
    /// The number of the last request; the first has 1.
    package let sequence: UInt64
    package let request: Bytes32
    /// SHA-256 of the last response.
    package let response: Bytes32
}

/// A request that continues a channel.
package struct ChannelStep: Hashable, Sendable {
    /// Opaque: a watcher, or a watcher and a ceremony.
    package let channel: [UInt8]
    package let sequence: UInt64
    /// SHA-256 of the response that the request continues from; `nil` for the first request.
    package let previousResponse: Bytes32?
    package let request: Bytes32

    package init(
        channel: [UInt8], sequence: UInt64, previousResponse: Bytes32?, request: Bytes32
    ) {
        self.channel = channel
        self.sequence = sequence
        self.previousResponse = previousResponse
        self.request = request
    }
}

/// The channels to watchers: requests without repetition and without gap.
package struct ChannelStore<Access: StoreAccess> {
    let book: RecordBook

    /// The state of a channel; `nil` before its first request.
    package func state(_ channel: [UInt8]) throws(VaultError) -> ChannelState? {
        try book.load(ChannelState.self, .channel, channel)
    }

    /// Whether a request is the one that is due.
    ///
    /// To be asked before any work is done for it.
    ///
    /// A request whose digest is the last one's is not due but answered: see
    /// `Vault.resend(channel:requestDigest:)`.
    package func check(_ step: ChannelStep) throws(VaultError) {
        let state = try state(step.channel)
        let last = state?.sequence ?? 0
        guard step.sequence > last else {
            throw .refused(
                .sequenceRepeated(channel: step.channel, last: last, asked: step.sequence))
        }
        guard step.sequence - last == 1 else {
            throw .refused(.sequenceGap(channel: step.channel, last: last, asked: step.sequence))
        }
        guard step.previousResponse == state?.response else {
            throw .refused(
                .previousResponseDiffers(
                    channel: step.channel, last: state?.response, asked: step.previousResponse))
        }
    }
}

extension ChannelStore where Access == WriteAccess {
    /// Records a request with its response, which may leave after the commit.
    package func advance(_ step: ChannelStep, response: [UInt8]) throws(VaultError) {
        try check(step)
        let digest = try BlobStore<WriteAccess>(book: book).storeForRelease(response)
        let state = ChannelState(
            sequence: step.sequence, request: step.request, response: digest)
        try book.save(.channel, step.channel, state)
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(
            LogEvent(
                .channelAdvanced, [SHA256.hash(step.channel), step.request, digest],
                detail: "\(step.sequence)"))
    }
}

extension ChannelState: StoredRecord {
    var fields: [UInt64: CBORValue] {
        [1: .unsigned(sequence), 2: .digest(request), 3: .digest(response)]
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        sequence = try record.unsigned(1)
        request = try record.bytes32(2)
        response = try record.bytes32(3)
    }
}
