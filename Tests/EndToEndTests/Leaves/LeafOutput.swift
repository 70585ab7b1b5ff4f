import Bitcoin
import Curve
import Primitives
import Tapscript

/// A taproot output that only the leaves of a tree can spend.
struct LeafOutput {
    let tree: TapTree
    let scriptPubKey: Script
    private let internalKey: XOnlyPublicKey
    private let parity: UInt8

    /// - Parameter name: Determines the internal key.
    init(_ tree: TapTree, _ name: String) throws {
        self.tree = tree
        internalKey = .unspendable(derivedFrom: SHA256.hash(Array(name.utf8)))
        let (outputKey, parity) = try internalKey.tapTweaked(merkleRoot: tree.merkleRoot)
        self.parity = parity
        scriptPubKey = .payToTaproot(outputKey: outputKey.bytes32)
    }

    func controlBlock(ofLeaf index: Int) -> [UInt8] {
        tree.controlBlock(
            forLeaf: index, internalKey: internalKey.bytes32, outputKeyParity: parity
        ).bytes
    }
}

/// A transaction that spends such an output through one of its leaves.
struct LeafSpend {
    /// What every output of a leaf holds.
    static let funding = 150_000
    private static let satoshiPerVbyte = 2

    let output: LeafOutput
    let leafIndex: Int
    private let prevout: TxOut
    private var unsigned: Transaction

    /// - Parameters:
    ///   - sequence: What the leaf's lock asks for.
    ///   - witnessByteCount: About; the fee is for so many.
    init(
        _ output: LeafOutput, leaf leafIndex: Int, of outPoint: OutPoint,
        _ sequence: Bitcoin.Sequence = .replaceable, witnessByteCount: Int
    ) throws {
        self.output = output
        self.leafIndex = leafIndex
        prevout = TxOut(
            value: try Amount(UInt64(Self.funding)), scriptPubKey: output.scriptPubKey)
        let vbytes = 150 + witnessByteCount / 4
        let change = Self.funding - Self.satoshiPerVbyte * vbytes
        precondition(change > 1_000, "the output pays for the largest leaf")
        unsigned = Transaction(
            version: 2, inputs: [TxIn(outPoint: outPoint, sequence: sequence)],
            outputs: [
                TxOut(
                    value: try Amount(UInt64(change)),
                    scriptPubKey: .payToTaproot(outputKey: XOnlyPublicKey.nums.bytes32))
            ])
    }

    private var leaf: TapLeaf { output.tree.leaves[leafIndex] }

    /// What the parties sign.
    func sighash() throws -> Bytes32 {
        try Sighash.taproot(
            transaction: unsigned, inputIndex: 0, prevouts: [prevout],
            path: .scriptPath(leafHash: leaf.hash))
    }

    /// The transaction with a witness.
    ///
    /// - Parameters:
    ///   - items: For the script, bottom first.
    ///   - otherLeaf: Whose control block is shown; by default the leaf's own.
    func transaction(_ items: [[UInt8]], controlBlockOf otherLeaf: Int? = nil) -> Transaction {
        var transaction = unsigned
        let controlBlock = output.controlBlock(ofLeaf: otherLeaf ?? leafIndex)
        transaction.inputs[0].witness = Witness(items + [leaf.script.bytes, controlBlock])
        return transaction
    }

    /// Why our interpreter refuses a transaction; nil where it does not.
    func refusal(of transaction: Transaction, _ flags: ScriptVerifyFlags) throws -> ScriptError? {
        let data = try PrecomputedTransactionData(transaction: transaction, prevouts: [prevout])
        do throws(ScriptError) {
            try Interpreter.verify(data, inputIndex: 0, flags: flags)
            return nil
        } catch {
            return error
        }
    }
}
