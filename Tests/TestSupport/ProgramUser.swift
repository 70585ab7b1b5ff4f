package import Bitcoin
package import Curve
package import Primitives
package import ProtocolBuilder

/// The user of a lock in a test: a key and a secret that everybody may know.
package struct ProgramUser: Sendable {
    private let keyByte: UInt8
    /// What accepting reveals.
    package let secret: [UInt8]

    package init(keyByte: UInt8 = 0x11, secretByte: UInt8 = 0x77) {
        self.keyByte = keyByte
        secret = [UInt8](repeating: secretByte, count: 32)
    }

    package var secretHash: Bytes32 { SHA256.hash(secret) }
    package var secretHex: String { Hex.encode(secret) }

    package var publicKey: XOnlyPublicKey {
        get throws { try key().publicKey.xOnly }
    }

    private func key() throws -> SecretKey {
        try SecretKey(repeating: keyByte)
    }

    /// An output with a tree of leaves, as somebody sees it who wants to spend it.
    package struct Spendable: Sendable {
        package let outPoint: OutPoint
        package let prevout: TxOut
        package let taproot: TaprootDescription

        package init(_ outPoint: OutPoint, _ prevout: TxOut, _ taproot: TaprootDescription) {
            self.outPoint = outPoint
            self.prevout = prevout
            self.taproot = taproot
        }
    }

    /// `takeBack` to the user's own key, as a node reads it.
    package func takeBackHex(
        _ output: Spendable, leaf: String, after delay: BlockCount
    ) throws -> String {
        let key = try XOnlyPublicKey.nums.tapTweaked(merkleRoot: nil).outputKey
        let destination = Script.payToTaproot(outputKey: key.bytes32)
        return Hex.encode(
            try takeBack(output, leaf: leaf, after: delay, to: destination).encoded())
    }

    /// A transaction of the user alone that takes an output back after a time-out.
    ///
    /// - Parameters:
    ///   - leaf: Name of the leaf that pays the user.
    ///   - destination: Gets everything but the fee.
    package func takeBack(
        _ output: Spendable, leaf: String, after delay: BlockCount, to destination: Script
    ) throws -> Transaction {
        let taproot = output.taproot
        guard let index = taproot.index(ofLeaf: leaf) else {
            preconditionFailure("the output has no leaf '\(leaf)'")
        }
        let tree = try TapTree.balanced(taproot.leaves.map { TapLeaf(script: $0.script) })
        let parity = try taproot.internalKey.tapTweaked(merkleRoot: tree.merkleRoot).parity
        var transaction = Transaction(
            version: 2,
            inputs: [
                TxIn(
                    outPoint: output.outPoint, scriptSig: Script([]), sequence: .blocks(delay),
                    witness: .empty)
            ],
            outputs: [
                TxOut(
                    value: try output.prevout.value.subtracting(Amount(1_000)),
                    scriptPubKey: destination)
            ])
        let sighash = try Sighash.taproot(
            transaction: transaction, inputIndex: 0, prevouts: [output.prevout], type: .default,
            path: .scriptPath(leafHash: tree.leaves[index].hash))
        let signature = try key().schnorrSign(message: sighash.bytes, auxiliary: .zero)
        transaction.inputs[0].witness = [
            signature.bytes, taproot.leaves[index].script.bytes,
            tree.controlBlock(
                forLeaf: index, internalKey: taproot.internalKey.bytes32, outputKeyParity: parity
            ).bytes,
        ]
        return transaction
    }
}

extension SecretKey {
    /// A key that everybody knows; only for tests.
    package init(repeating byte: UInt8) throws {
        try self.init(known: [UInt8](repeating: byte, count: 32))
    }

    /// A key from bytes that are no secret; only for tests.
    package init(known bytes: [UInt8]) throws {
        var page = try SecretPage(byteCount: bytes.count)
        page.withMutableBytes { span in
            for index in span.indices { span[index] = bytes[index] }
        }
        try self.init(validating: page)
    }
}
