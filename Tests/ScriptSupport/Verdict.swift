package import Tapscript

/// How a verification ended.
package enum Verdict: Hashable, CustomStringConvertible {
    case accepted
    case refused(ScriptError)

    /// Verifies one input of a transaction.
    package init(
        _ data: PrecomputedTransactionData, inputIndex: Int, flags: ScriptVerifyFlags
    ) {
        do throws(ScriptError) {
            try Interpreter.verify(data, inputIndex: inputIndex, flags: flags)
            self = .accepted
        } catch {
            self = .refused(error)
        }
    }

    package var description: String {
        switch self {
        case .accepted: "OK"
        case .refused(let reason): reason.rawValue
        }
    }
}
