/// Why a script does not accept; raw values are Bitcoin Core's names without `SCRIPT_ERR_`.
///
/// - Source: Bitcoin Core, `src/script/script_error.h`.
public enum ScriptError: String, Error, Hashable, CaseIterable, Sendable,
    CustomStringConvertible
{
    /// The script ran through and left false, or nothing.
    case evalFalse = "EVAL_FALSE"
    /// OP_RETURN was executed.
    case opReturn = "OP_RETURN"
    /// A number has too many bytes, or more than its shortest form needs.
    case scriptNum = "SCRIPTNUM"

    // Limits.

    /// More than 10,000 bytes, outside tapscript.
    case scriptSize = "SCRIPT_SIZE"
    /// An item of more than 520 bytes.
    case pushSize = "PUSH_SIZE"
    /// More than 201 counted opcodes, outside tapscript.
    case opCount = "OP_COUNT"
    /// More than 1,000 items on both stacks together.
    case stackSize = "STACK_SIZE"
    /// OP_CHECKMULTISIG wants a negative number of signatures, or more than there are keys.
    case sigCount = "SIG_COUNT"
    /// OP_CHECKMULTISIG wants a negative number of keys, or more than 20.
    case pubkeyCount = "PUBKEY_COUNT"

    // Operations that verify.

    /// OP_VERIFY found false.
    case verify = "VERIFY"
    /// OP_EQUALVERIFY found a difference.
    case equalVerify = "EQUALVERIFY"
    /// OP_CHECKMULTISIGVERIFY found too few valid signatures.
    case checkMultisigVerify = "CHECKMULTISIGVERIFY"
    /// OP_CHECKSIGVERIFY found no valid signature.
    case checkSigVerify = "CHECKSIGVERIFY"
    /// OP_NUMEQUALVERIFY found a difference.
    case numEqualVerify = "NUMEQUALVERIFY"

    // Structure.

    /// An opcode without meaning, or a push that ends behind the script.
    case badOpcode = "BAD_OPCODE"
    /// An opcode that was switched off in 2010.
    case disabledOpcode = "DISABLED_OPCODE"
    /// The stack has fewer items than the opcode takes.
    case invalidStackOperation = "INVALID_STACK_OPERATION"
    /// The alt stack is empty.
    case invalidAltStackOperation = "INVALID_ALTSTACK_OPERATION"
    /// OP_IF without OP_ENDIF, or OP_ELSE or OP_ENDIF without OP_IF.
    case unbalancedConditional = "UNBALANCED_CONDITIONAL"

    // Locks.

    /// A lock time or sequence below zero.
    case negativeLockTime = "NEGATIVE_LOCKTIME"
    /// The transaction does not wait as long as the script demands.
    case unsatisfiedLockTime = "UNSATISFIED_LOCKTIME"

    // Malleability.

    /// An ECDSA signature with a sighash type that does not exist.
    case sigHashType = "SIG_HASHTYPE"
    /// An ECDSA signature that is not strict DER.
    case sigDER = "SIG_DER"
    /// A push or number that has a shorter form.
    case minimalData = "MINIMALDATA"
    /// A scriptSig that does more than push.
    case sigPushOnly = "SIG_PUSHONLY"
    /// An ECDSA signature with s in the upper half.
    case sigHighS = "SIG_HIGH_S"
    /// OP_CHECKMULTISIG's superfluous item is not empty.
    case sigNullDummy = "SIG_NULLDUMMY"
    /// A public key that is neither compressed nor uncompressed.
    case pubkeyType = "PUBKEYTYPE"
    /// Not exactly one item at the end.
    case cleanStack = "CLEANSTACK"
    /// The argument of OP_IF in witness version 0 is neither empty nor 1.
    case minimalIf = "MINIMALIF"
    /// An ECDSA signature that is not valid and not empty.
    case sigNullFail = "SIG_NULLFAIL"

    // What relay leaves to later rules.

    /// OP_NOP1 or OP_NOP4 to OP_NOP10.
    case discourageUpgradableNops = "DISCOURAGE_UPGRADABLE_NOPS"
    /// A witness version without a meaning yet.
    case discourageUpgradableWitnessProgram = "DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM"
    /// A leaf version without a meaning yet.
    case discourageUpgradableTaprootVersion = "DISCOURAGE_UPGRADABLE_TAPROOT_VERSION"
    /// OP_SUCCESSx.
    case discourageOpSuccess = "DISCOURAGE_OP_SUCCESS"
    /// A public key of tapscript that has not 32 bytes.
    case discourageUpgradablePubkeyType = "DISCOURAGE_UPGRADABLE_PUBKEYTYPE"

    // Segregated witness.

    /// A program of version 0 of neither 20 nor 32 bytes.
    case witnessProgramWrongLength = "WITNESS_PROGRAM_WRONG_LENGTH"
    /// No items at all.
    case witnessProgramWitnessEmpty = "WITNESS_PROGRAM_WITNESS_EMPTY"
    /// The witness shows a script or key that the program does not commit to.
    case witnessProgramMismatch = "WITNESS_PROGRAM_MISMATCH"
    /// A scriptSig beside a native witness program.
    case witnessMalleated = "WITNESS_MALLEATED"
    /// A scriptSig that is not exactly the push of the witness program in P2SH.
    case witnessMalleatedP2SH = "WITNESS_MALLEATED_P2SH"
    /// A witness where no witness program is spent.
    case witnessUnexpected = "WITNESS_UNEXPECTED"
    /// A public key of witness version 0 that is not compressed.
    case witnessPubkeyType = "WITNESS_PUBKEYTYPE"

    // Taproot.

    /// A BIP-340 signature of neither 64 nor 65 bytes.
    case schnorrSigSize = "SCHNORR_SIG_SIZE"
    /// A BIP-340 signature with a sighash type that does not exist or covers what is not there.
    case schnorrSigHashType = "SCHNORR_SIG_HASHTYPE"
    /// A BIP-340 signature that is not valid.
    case schnorrSig = "SCHNORR_SIG"
    /// A control block of another size than 33 + 32k bytes, k being 0 to 128.
    case taprootWrongControlSize = "TAPROOT_WRONG_CONTROL_SIZE"
    /// More signatures were checked than the witness is large.
    case tapscriptValidationWeight = "TAPSCRIPT_VALIDATION_WEIGHT"
    /// OP_CHECKMULTISIG in tapscript.
    case tapscriptCheckMultisig = "TAPSCRIPT_CHECKMULTISIG"
    /// The argument of OP_IF in tapscript is neither empty nor 1.
    case tapscriptMinimalIf = "TAPSCRIPT_MINIMALIF"
    /// A public key without bytes in tapscript.
    case tapscriptEmptyPubkey = "TAPSCRIPT_EMPTY_PUBKEY"

    // What relay refuses in scripts before segwit.

    /// OP_CODESEPARATOR.
    case opCodeSeparator = "OP_CODESEPARATOR"
    /// A signature that stands in the script that it signs.
    case sigFindAndDelete = "SIG_FINDANDDELETE"

    /// Bitcoin Core's name.
    public var description: String {
        rawValue
    }
}
