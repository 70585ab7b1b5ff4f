package import Curve

/// Why bytes are not a bundle, or a bundle cannot be written or read.
package enum ExchangeError: Error, Equatable {
    case tooLarge(byteCount: Int, limit: Int)
    case notABundle
    case unsupportedVersion(UInt64, supported: UInt64)
    case malformed(part: String, reason: String)
    case unknownKind(UInt64)
    case badSignature(sender: XOnlyPublicKey)
    case unexpectedKind(found: BundleKind, direction: BundleDirection, expected: String)
    case fileExists(name: String)
    case media(operation: String, name: String, reason: String)
    case readBackDiffers(name: String)
    case notARegularFile(name: String)
    case checksumDiffers(name: String)
}

extension ExchangeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let byteCount, let limit):
            "the bundle has \(byteCount) bytes; at most \(limit) are read"
        case .notABundle:
            "not a BitVMX bundle: it does not start with 'BVXB'"
        case .unsupportedVersion(let version, let supported):
            "bundle format version \(version); this program reads version \(supported)"
        case .malformed(let part, let reason):
            "malformed bundle, \(part): \(reason)"
        case .unknownKind(let kind):
            "bundle kind \(kind) is unknown; a newer program may have written it"
        case .badSignature(let sender):
            "the bundle's signature is not one of its sender \(sender.hexPrefix)…"
        case .unexpectedKind(let found, let direction, let expected):
            "this is a \(found.word) \(direction.word) bundle; \(expected) is needed"
        case .fileExists(let name):
            "'\(name)' exists and is never overwritten; move it away or choose another folder"
        case .media(let operation, let name, let reason):
            "cannot \(operation) '\(name)': \(reason)"
        case .readBackDiffers(let name):
            "'\(name)' reads back differently from what was written; the medium is faulty"
        case .notARegularFile(let name):
            "'\(name)' is not a regular file"
        case .checksumDiffers(let name):
            "'\(name)' does not match its .sha256 file; copy it again"
        }
    }
}
