import DisputeLeaves
import Model
import Primitives
import Terminal

/// The body of a leaf with values to replay it on.
struct LeafRun {
    private static let byteLimit = 1 << 20

    let body: LeafBody
    /// Bottom of the stack first.
    let witness: [[UInt8]]
    /// The values as people read them.
    let screen: [String]

    /// - Parameter values: By the names of the layout; each that the body reads, and others of it.
    init(_ name: String, _ leaves: LeafOptions, values: [String: [UInt8]]) throws {
        let catalogue = try leaves.catalogue()
        let kind = try leaves.kind(named: name, in: catalogue)
        body = try ShownLeaf.body(kind, catalogue.context)
        let known = Set(body.layout.entries.map(\.value.name))
        if let unknown = values.keys.filter({ !known.contains($0) }).min() {
            throw ProgramFailure(
                .malformed,
                "leaf '\(kind.name)' takes no value '\(SafeText.printable(unknown))'",
                next: "'bitvmx-watcher script show \(kind.name) --body' lists its values")
        }
        do throws(LeafFault) {
            witness = try body.witness { values[$0.name] }
        } catch {
            throw Self.failure(error)
        }
        screen = LeafScreen.lines(body.layout) { values[$0.name] }
    }

    private static func failure(_ fault: LeafFault) -> ProgramFailure {
        switch fault {
        case .noSignedValue(let value):
            ProgramFailure(
                .malformed, "there is no value '\(value.name)'",
                next: "add a line '\(value.name)=' with \(2 * value.byteCount) hex digits")
        case .signedByteCount(let value):
            ProgramFailure(
                .malformed, "'\(value.name)' has another length than \(value.byteCount) bytes",
                next: "give it as \(2 * value.byteCount) hex digits")
        case .unreadDigit(let value):
            ProgramFailure(
                .malformed, "'\(value.name)' is above 0f, which no whole leaf takes",
                next: "give it as 00 to 0f")
        default: preconditionFailure("a body has no other faults: \(fault)")
        }
    }

    /// The values of a file: value=hex on each line.
    static func messages(_ path: String) throws -> [String: [UInt8]] {
        var messages: [String: [UInt8]] = [:]
        for line in try PlainFile.text(path, limit: byteLimit).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].filter { !$0.isWhitespace }
            guard parts.count == 2,
                let bytes = try? Hex.decode(parts[1].filter { !$0.isWhitespace })
            else {
                throw ProgramFailure(
                    .malformed, "a line of the values is not value=hex",
                    next: "write lines such as last_step=00000000000007d0")
            }
            guard messages.updateValue(bytes, forKey: name) == nil else {
                throw ProgramFailure(
                    .malformed, "'\(SafeText.printable(name))' stands there twice",
                    next: "leave one of the lines out")
            }
        }
        return messages
    }
}
