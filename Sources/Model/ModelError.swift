import Primitives

/// Why a value of the model was refused.
package enum ModelError: Error, Equatable {
    case invalidName(what: String, text: String, limit: Int)
    case invalidTitle(byteCount: Int, limit: Int)
    case participantCount(Int, allowed: ClosedRange<Int>)
    case duplicateName(OperatorName)
    case duplicateIdentity(OperatorName, OperatorName)
    case unknownLastSigner(String)
    case invalidField(name: String, reason: String)
    case malformed(record: String, reason: String)
    case unknownProgram(String)
    case wrongInstanceLength(byteCount: Int)
}

extension ModelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidName(let what, let text, let limit):
            "\(what) '\(text)' must be 1 to \(limit) of a-z, 0-9 and '-', not starting with '-'"
        case .invalidTitle(let byteCount, let limit):
            "the title has \(byteCount) bytes; 1 to \(limit) printable ASCII characters are allowed"
        case .participantCount(let count, let allowed):
            "\(count) operators; a program has \(allowed.lowerBound) to \(allowed.upperBound)"
        case .duplicateName(let name):
            "two operators are called '\(name)'"
        case .duplicateIdentity(let first, let second):
            "operators '\(first)' and '\(second)' have the same identity key"
        case .unknownLastSigner(let text):
            "the last signer '\(text)' is not one of the operators"
        case .invalidField(let name, let reason):
            "\(name): \(reason)"
        case .malformed(let record, let reason):
            "malformed \(record): \(reason)"
        case .unknownProgram(let text):
            "unknown program template '\(text)'"
        case .wrongInstanceLength(let byteCount):
            "the instance has \(byteCount) bytes; 16 random bytes (32 hex digits) are needed"
        }
    }
}
