import Bitcoin
package import Model
package import Protocols

/// The user's transaction in front of the outputs that the program expects from it.
package struct FundingSubject: Sendable {
    package let aggregates: ProgramAggregates
    package let funding: Funding

    package init(aggregates: ProgramAggregates, funding: Funding) {
        self.aggregates = aggregates
        self.funding = funding
    }

    func index(of output: LockOutput) -> UInt32 {
        output == .ordinal ? funding.ordinalIndex : funding.feeIndex
    }
}

/// FUN: the money comes from where, and in the amounts that, the definition says.
///
/// The whole transaction is given, so its txid proves amounts and scripts.
package enum FundingRules {
    package static let all: [Rule<FundingSubject>] = [outputs, amounts, scripts, finality]

    static let outputs = Rule<FundingSubject>(
        "FUN-OUTPUTS", "The funding transaction has both outputs, and they are two."
    ) { subject in
        let count = subject.funding.transaction.outputs.count
        for output in LockOutput.allCases where Int(subject.index(of: output)) >= count {
            return "output \(subject.index(of: output)) (\(output.rawValue)) does not exist; "
                + "the transaction has \(count)"
        }
        guard subject.funding.ordinalIndex == subject.funding.feeIndex else { return nil }
        return "asset and fee are both output \(subject.funding.feeIndex)"
    }

    static let amounts = Rule<FundingSubject>(
        "FUN-AMOUNTS", "The funding outputs hold exactly the amounts of the definition."
    ) { subject in
        for expected in subject.aggregates.requestOutputs {
            let index = Int(subject.index(of: expected.output))
            guard index < subject.funding.transaction.outputs.count else { continue }
            let found = subject.funding.transaction.outputs[index].value
            if found != expected.value {
                return "the \(expected.output.rawValue) output holds \(found), "
                    + "the definition says \(expected.value)"
            }
        }
        return nil
    }

    static let finality = Rule<FundingSubject>(
        "FUN-TXID", "Nobody can change the funding transaction's txid: its inputs are segwit.",
        severity: .warning
    ) { subject in
        for (index, input) in subject.funding.transaction.inputs.enumerated() {
            // An input without a witness is unsigned, or not segwit: its signature changes the txid.
            let isFinal = input.scriptSig.isEmpty && !input.witness.isEmpty
            if !isFinal {
                return "input \(index) is unsigned or not segwit; wait until the transaction is "
                    + "confirmed, or another txid may take its place and nothing signed here fits"
            }
        }
        return nil
    }

    static let scripts = Rule<FundingSubject>(
        "FUN-SCRIPTS", "The funding outputs pay to the request scripts of this ceremony."
    ) { subject in
        for expected in subject.aggregates.requestOutputs {
            let index = Int(subject.index(of: expected.output))
            guard index < subject.funding.transaction.outputs.count else { continue }
            let found = subject.funding.transaction.outputs[index].scriptPubKey
            if found != expected.script {
                return "the \(expected.output.rawValue) output pays to another script"
            }
        }
        return nil
    }
}
