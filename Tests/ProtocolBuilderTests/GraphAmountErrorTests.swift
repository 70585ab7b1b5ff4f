import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript
import Testing

/// Rules of amounts, relay and locks, at the limit and beyond it.
@Suite("Graphs that nodes or sums refuse")
struct GraphAmountErrorTests {
    typealias Description = GraphDescription<TestLabel>
    typealias Failure = GraphError<TestLabel>

    private func build(
        _ change: (inout Description) throws -> Void
    ) throws -> Graph<TestLabel> {
        var description = try SampleGraph.description()
        try change(&description)
        return try Graph(building: description)
    }

    private func expect(
        _ expected: Failure, _ change: (inout Description) throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(throws: expected, sourceLocation: sourceLocation) { _ = try build(change) }
        #expect(!"\(expected)".isEmpty)
    }

    @Test("too little money says how much there is and how much is needed")
    func insufficient() throws {
        try expect(.insufficientAmount(at: "accept", available: 70_000, needed: 70_241)) {
            $0.transactions[0].fee = .fixed(1)
            $0.transactions[0].outputs[0].amount = .exact(70_000)
        }
    }

    @Test("without a remainder the fee must come out exactly")
    func balance() throws {
        func change(_ amount: Amount) -> (inout Description) -> Void {
            {
                $0.transactions[2].fee = .fixed(1_000)
                $0.transactions[2].outputs = [
                    OutputDescription("all", .exact(amount), .payout(SampleGraph.payout))
                ]
            }
        }
        let fee = try build { _ in }.transactions[0].outputs[1].txOut.value
        let rest = try fee.subtracting(1_000)
        _ = try build(change(rest))
        try expect(.unbalanced(at: "collect", surplus: 1_001, fee: 1_000)) {
            change(try rest.subtracting(1))(&$0)
        }
        try expect(
            .insufficientAmount(at: "collect", available: fee, needed: try fee.adding(1))
        ) { change(try rest.adding(1))(&$0) }
    }

    @Test("sums beyond 21 million bitcoin")
    func overflow() throws {
        try expect(.amountOverflow(at: "accept")) {
            $0.transactions[0].outputs[0].amount = .exact(.maximum)
        }
        try expect(.amountOverflow(at: "accept")) {
            $0.transactions[0].fee = .rate(FeeRate(satoshiPerKilovirtualbyte: .max))
        }
        try expect(.amountOverflow(at: "accept")) {
            var external = try SampleGraph.external("request fee", 1, .maximum, SampleGraph.request)
            external.name = "rich"
            $0.transactions[0].inputs[1].source = .external(external)
        }
    }

    @Test("remainders and shares")
    func remainders() throws {
        try expect(.severalRemainders(at: "accept", outputIndexes: [0, 1])) {
            $0.transactions[0].outputs[0].amount = .remainder
        }
        try expect(.severalRemainders(at: "release", outputIndexes: [0, 1, 2])) {
            $0.transactions[1].outputs[0].amount = .remainder
        }
        let wrong: [(OutputAmount, OutputAmount)] = [
            (.share(index: 0, of: 2), .share(index: 0, of: 2)),
            (.share(index: 1, of: 2), .share(index: 2, of: 2)),
            (.share(index: 0, of: 3), .share(index: 1, of: 3)),
            (.share(index: 0, of: 2), .share(index: 1, of: 3)),
            (.share(index: -1, of: 2), .share(index: 1, of: 2)),
        ]
        for (first, second) in wrong {
            try expect(.invalidShares(at: "release", outputIndexes: [1, 2])) {
                $0.transactions[1].outputs[1].amount = first
                $0.transactions[1].outputs[2].amount = second
            }
        }
        let swapped = try build {
            $0.transactions[1].outputs[1].amount = .share(index: 1, of: 2)
            $0.transactions[1].outputs[2].amount = .share(index: 0, of: 2)
        }
        let values = try #require(swapped["release"]).outputs.map { $0.txOut.value.satoshi }
        #expect(values[1] == values[2] || values[1] + 1 == values[2])
    }

    @Test(
        "dust begins where Bitcoin Core says",
        arguments: [
            ("5120" + String(repeating: "79", count: 32), 330),
            ("0014" + String(repeating: "11", count: 20), 294),
            ("0020" + String(repeating: "11", count: 32), 330),
            ("76a914" + String(repeating: "11", count: 20) + "88ac", 546),
            ("a914" + String(repeating: "11", count: 20) + "87", 540),
        ] as [(String, UInt64)])
    func dust(script: String, limit: UInt64) throws {
        let payout = OutputContent.payout(try #require(Script(hex: script)))
        func change(_ amount: Amount) -> (inout Description) -> Void {
            { $0.transactions[1].outputs[0] = OutputDescription("x", .exact(amount), payout) }
        }
        _ = try build(change(Amount(limit)))
        try expect(
            .dust(
                at: "release", outputIndex: 0, amount: Amount(limit - 1), limit: Amount(limit))
        ) { change(try Amount(limit - 1))(&$0) }
    }

    @Test("anchors: 240 satoshi, or none beside no fee")
    func anchors() throws {
        try expect(.dust(at: "accept", outputIndex: 2, amount: 239, limit: 240)) {
            $0.transactions[0].outputs[2] = .anchor(239)
        }
        try expect(.zeroAmount(at: "accept", outputIndex: 2)) {
            $0.transactions[0].outputs[2] = .anchor(0)
        }
        try expect(.zeroAmount(at: "collect", outputIndex: 2)) {
            var second = OutputDescription.anchor(0)
            second.name = "second"
            $0.transactions[2].outputs.append(second)
        }
        try expect(.dust(at: "release", outputIndex: 0, amount: 0, limit: 330)) {
            $0.transactions[1].outputs[0].amount = .exact(0)
        }
    }

    @Test("relay rules")
    func relay() throws {
        try expect(.feeless(at: "collect")) { $0.transactions[2].version = .two }
        try expect(.burnt(at: "release", outputIndex: 3, amount: 1)) {
            $0.transactions[1].outputs[3].amount = .exact(1)
        }
        try expect(.severalDataOutputs(at: "release", outputIndexes: [3, 4])) {
            $0.transactions[1].outputs.append(OutputDescription("more", .exact(0), .data([])))
        }
        let bytes = [UInt8](repeating: 7, count: 81)
        _ = try build { $0.transactions[1].outputs[3].content = .data(Array(bytes.dropLast())) }
        try expect(.dataTooLong(at: "release", outputIndex: 3, byteCount: 81, limit: 80)) {
            $0.transactions[1].outputs[3].content = .data(bytes)
        }
        for script in [Script.empty, Script([0x51]), .payToAnchor, .opReturn([1])] {
            try expect(.nonStandardPayout(at: "release", outputIndex: 1)) {
                $0.transactions[1].outputs[1].content = .payout(script)
            }
        }
        // One input, one anchor: 4 + 1 + 41 + 1 + 13 + 4 bytes.
        try expect(.tooSmall(at: "collect", byteCount: 64, least: 65)) {
            $0.transactions[2].fee = .fixed(100)
            $0.transactions[2].outputs = [OutputDescription("anchor", .remainder, .anchor)]
        }
    }

    @Test("version 3 carries 10,000 vB, other versions 100,000")
    func weight() throws {
        func change(
            _ version: TransactionVersion, byteCount: Int
        ) -> (inout Description) -> Void {
            { description in
                var taproot = SampleGraph.locked
                let signature = LeafScript.checkSignature(SampleGraph.operators).script.bytes
                let filler = [UInt8](repeating: 0x61, count: byteCount)
                taproot.leaves[1].script = Script(filler + signature)
                description.transactions[0].outputs[0].content = .taproot(taproot)
                description.transactions[1].version = version
                description.transactions[1].fee = .fixed(500)
            }
        }
        let small = try #require(try build(change(.three, byteCount: 0))["release"])
        let base = small.largestWeight.units
        // The leaf of the same input that is heaviest without filler is `both`.
        let graph = try build(change(.three, byteCount: 38_000))
        let grown = try #require(graph["release"])
        let room = 40_000 - grown.largestWeight.units
        #expect(base < 4_000 && room > 0)
        let full = try build(change(.three, byteCount: 38_000 + room))
        #expect(full["release"]?.largestVirtualSize == RelayRule.versionThreeLimit)
        try expect(
            .tooHeavy(at: "release", size: VirtualSize(10_001), limit: VirtualSize(10_000)),
            change(.three, byteCount: 38_001 + room))
        _ = try build(change(.two, byteCount: 38_001 + room))
        #expect(throws: Failure.self) { _ = try build(change(.two, byteCount: 400_000)) }
    }

    @Test("locks of a leaf and of its input")
    func locks() throws {
        let place = InputPlace<TestLabel>("collect", 0)
        let required = Sequence.blocks(SampleGraph.wait)
        let others = [143, 145].map { Sequence.blocks(BlockCount($0)) }
        for found in [Sequence.final, .replaceable] + others {
            try expect(
                .relativeLockMismatch(.leaf(0), required: required, found: found, at: place)
            ) { $0.transactions[2].inputs[0].sequence = found }
        }
        for raw in [0, 0x0040_0001, 0x0001_0000, 0x8000_0000, 0xFFFF_FFFC] as [UInt32] {
            try expect(.unsupportedSequence(Sequence(raw), at: place)) {
                $0.transactions[2].inputs[0].sequence = Sequence(raw)
            }
        }
        try expect(.ineffectiveLockTime(at: "accept")) {
            $0.transactions[0].lockTime = LockTime(800_000)
            $0.transactions[0].inputs[0].sequence = .final
            $0.transactions[0].inputs[1].sequence = .final
        }
        _ = try build { $0.transactions[0].lockTime = LockTime(800_000) }
    }

    @Test("an absolute lock of a leaf needs a transaction that waits for it")
    func absoluteLocks() throws {
        func change(
            _ lockTime: LockTime, _ sequence: Sequence = .replaceable
        ) -> (inout Description) -> Void {
            { description in
                var builder = ScriptBuilder()
                builder.number(800_000)
                builder.opcodes(.checkLockTimeVerify, .drop)
                builder.push(SampleGraph.operators.bytes)
                builder.opcode(.checkSig)
                var taproot = SampleGraph.locked
                taproot.leaves[1].script = builder.script
                description.transactions[0].outputs[0].content = .taproot(taproot)
                description.transactions[1].lockTime = lockTime
                description.transactions[1].inputs[0].sequence = sequence
            }
        }
        let place = InputPlace<TestLabel>("release", 0)
        let required = LockTime(800_000)
        _ = try build(change(required))
        _ = try build(change(LockTime(800_001)))
        for found in [LockTime.zero, LockTime(799_999), LockTime(1_700_000_000)] {
            try expect(
                .absoluteLockMismatch(.leaf(1), required: required, found: found, at: place),
                change(found))
        }
        try expect(
            .absoluteLockMismatch(.leaf(1), required: required, found: required, at: place),
            change(required, .final))
    }
}
