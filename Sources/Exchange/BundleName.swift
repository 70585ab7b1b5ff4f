package import Model

/// The file name of a bundle: `<ceremony8>-<seq4>-<from>-<kind>.<req|res>.bvx`.
///
/// Lower-case ASCII without `:`; works on FAT32 and exFAT. A name is for people and for sorting;
/// the content decides what a file is.
package struct BundleName: Hashable, Sendable {
    package let text: String

    package init(for envelope: Envelope, from name: OperatorName) {
        self.init(envelope, name, "\(envelope.kind.word).\(envelope.direction.word)")
    }

    /// The name that the response to a request is going to have.
    package init(ofAnswerTo request: Envelope, from name: OperatorName) {
        let direction = BundleDirection.response.word
        self.init(request, name, "\(request.kind.answer.word).\(direction)")
    }

    private init(_ envelope: Envelope, _ name: OperatorName, _ what: String) {
        let ceremony = envelope.ceremony?.short ?? "00000000"
        let number = String(envelope.sequence)
        let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
        text = "\(ceremony)-\(padded)-\(name.text)-\(what).bvx"
    }
}
