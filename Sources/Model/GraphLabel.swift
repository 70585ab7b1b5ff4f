/// A transaction's name inside a graph.
///
/// Labels are enums; `text` is their one spelling at the edge: 1 to 40 of `a`–`z`, `0`–`9`
/// and `-`, different for different labels of one graph.
package protocol GraphLabel: Hashable, Sendable {
    var text: String { get }
}

/// The transactions of a cardinal lock.
package enum LockTransaction: Hashable, Sendable, CaseIterable {
    /// The user's funding transaction; made outside the program.
    case request
    /// The operators accept: the locked asset and the fee come under their key.
    case accept
    /// The asset goes to the release key, the fee to the operators' cold addresses.
    case release
    /// The fee alone goes to the operators after the lock's end of life.
    case collect

    package var text: String {
        switch self {
        case .request: "request"
        case .accept: "accept"
        case .release: "release"
        case .collect: "collect"
        }
    }
}

/// A transaction of any program.
package enum TransactionLabel: GraphLabel {
    case lock(LockTransaction)

    package var text: String {
        switch self {
        case .lock(let transaction): transaction.text
        }
    }

    /// The label of `program` that is spelled `text`, or nil.
    package init?(_ text: String, of program: ProgramKind) {
        switch program {
        case .cardinalLock:
            guard let transaction = LockTransaction.allCases.first(where: { $0.text == text })
            else { return nil }
            self = .lock(transaction)
        }
    }
}

/// The programs that this version knows.
///
/// The raw value names template and version in encodings.
package enum ProgramKind: String, Sendable, CaseIterable {
    case cardinalLock = "cardinal-lock/1"
}
