public import Bitcoin

/// How many items an opcode takes from the stack and how many it leaves in their place.
public struct StackEffect: Hashable, Sendable {
    /// Items that the opcode takes, or at least needs.
    public let consumed: Int
    /// Items that it leaves.
    public let produced: Int
    /// Change of the altstack.
    public let altStackChange: Int

    private init(_ consumed: Int, _ produced: Int, alt: Int = 0) {
        self.consumed = consumed
        self.produced = produced
        altStackChange = alt
    }

    /// The effect of an opcode whose counts do not depend on the stack's contents.
    ///
    /// PICK and ROLL count their index only and their deepest need is not in the counts; ROLL's
    /// item is taken and put back on top.
    ///
    /// - Returns: nil for opcodes that no leaf may use: disabled, reserved, signature-count and
    ///   such whose effect depends on values.
    public static func of(_ opcode: Opcode) -> StackEffect? {
        table[opcode]
    }

    private static let table: [Opcode: StackEffect] = {
        var table: [Opcode: StackEffect] = [:]
        let rows: [(StackEffect, [Opcode])] = [
            (Self(0, 0), [.nop, .else, .endIf, .codeSeparator]),
            (Self(1, 0), [.if, .notIf, .verify, .drop]),
            (Self(1, 0, alt: 1), [.toAltStack]),
            (Self(0, 1, alt: -1), [.fromAltStack]),
            (Self(0, 1), [.depth]),
            (Self(2, 0), [.twoDrop, .equalVerify, .numEqualVerify, .checkSigVerify]),
            (Self(2, 4), [.twoDup]),
            (Self(3, 6), [.threeDup]),
            (Self(4, 6), [.twoOver]),
            (Self(6, 6), [.twoRot]),
            (Self(4, 4), [.twoSwap]),
            (Self(1, 2), [.dup, .size]),
            (Self(2, 1), [.nip]),
            (Self(2, 3), [.over, .tuck]),
            (Self(2, 1), [.roll]),
            (Self(2, 2), [.pick, .swap]),
            (Self(3, 3), [.rot]),
            (
                Self(1, 1),
                [
                    .oneAdd, .oneSub, .negate, .abs, .not, .zeroNotEqual, .ripemd160, .sha1,
                    .sha256, .hash160, .hash256, .checkSequenceVerify, .checkLockTimeVerify,
                ]
            ),
            (
                Self(2, 1),
                [
                    .equal, .add, .sub, .boolAnd, .boolOr, .numEqual, .numNotEqual, .lessThan,
                    .greaterThan, .lessThanOrEqual, .greaterThanOrEqual, .min, .max, .checkSig,
                ]
            ),
            (Self(3, 1), [.within, .checkSigAdd]),
        ]
        for (effect, opcodes) in rows {
            for opcode in opcodes {
                table[opcode] = effect
            }
        }
        return table
    }()
}
