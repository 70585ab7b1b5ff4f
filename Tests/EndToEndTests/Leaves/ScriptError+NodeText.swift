import Tapscript

extension ScriptError {
    /// How a node calls the error; nil for errors that leaves do not meet.
    ///
    /// - Source: Bitcoin Core, `src/script/script_error.cpp`.
    var nodeText: String? {
        switch self {
        case .evalFalse:
            "Script evaluated without error but finished with a false/empty top stack element"
        case .verify: "Script failed an OP_VERIFY operation"
        case .equalVerify: "Script failed an OP_EQUALVERIFY operation"
        case .checkSigVerify: "Script failed an OP_CHECKSIGVERIFY operation"
        case .numEqualVerify: "Script failed an OP_NUMEQUALVERIFY operation"
        case .cleanStack: "Stack size must be exactly one after execution"
        case .stackSize: "Stack size limit exceeded"
        case .pushSize: "Push value size limit exceeded"
        case .invalidStackOperation: "Operation not valid with the current stack size"
        case .unsatisfiedLockTime: "Locktime requirement not satisfied"
        case .tapscriptMinimalIf: "OP_IF/NOTIF argument must be minimal in tapscript"
        case .schnorrSig: "Invalid Schnorr signature"
        case .witnessProgramMismatch: "Witness program hash mismatch"
        case .scriptNum: "unknown error"
        default: nil
        }
    }

    /// Whether a node's reason names the error.
    func isNamed(in reason: String) -> Bool {
        nodeText.map { reason.contains("(\($0))") } ?? false
    }
}
