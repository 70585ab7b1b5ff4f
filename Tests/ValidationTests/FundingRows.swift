import Bitcoin
import Model
import Protocols
import TestSupport
import Validation

enum FundingRows {
    static func all() throws -> [RuleRow] {
        let fixture = try CeremonyFixture()
        let aggregates = fixture.program.aggregates
        let transaction = fixture.funding.transaction
        func subject(
            ordinal: UInt32 = 0, fee: UInt32 = 1, _ change: (inout Transaction) -> Void = { _ in }
        ) -> FundingSubject {
            var transaction = transaction
            change(&transaction)
            return FundingSubject(
                aggregates: aggregates,
                funding: Funding(
                    transaction: transaction, ordinalIndex: ordinal, feeIndex: fee))
        }
        let table = RuleTable(rules: FundingRules.all, base: subject())
        let swapped = subject(ordinal: 1, fee: 0) { $0.outputs.swapAt(0, 1) }
        return [
            table.row("FUN-OUTPUTS", "no such asset output", breaks: subject(ordinal: 3)),
            table.row("FUN-OUTPUTS", "no such fee output", breaks: subject(fee: .max)),
            table.row(
                "FUN-OUTPUTS", "one output for both", also: ["FUN-AMOUNTS", "FUN-SCRIPTS"],
                breaks: subject(fee: 0)),
            table.row(
                "FUN-AMOUNTS", "a satoshi less for the asset", base: swapped,
                breaks: subject { $0.outputs[0].value = 9_999 }),
            table.row(
                "FUN-AMOUNTS", "a satoshi more for the fee",
                breaks: subject { $0.outputs[1].value = 100_001 }),
            table.row(
                "FUN-SCRIPTS", "another script for the asset",
                breaks: subject { $0.outputs[0].scriptPubKey = .payToAnchor }),
            table.row(
                "FUN-SCRIPTS", "asset and fee pay each other's scripts",
                breaks: subject {
                    let script = $0.outputs[0].scriptPubKey
                    $0.outputs[0].scriptPubKey = $0.outputs[1].scriptPubKey
                    $0.outputs[1].scriptPubKey = script
                }),
            table.row(
                "FUN-TXID", "an input with a script signature",
                breaks: subject { $0.inputs[0].scriptSig = .payToAnchor }),
            table.row(
                "FUN-TXID", "an unsigned input",
                breaks: subject { $0.inputs[0].witness = .empty }),
        ]
    }
}
