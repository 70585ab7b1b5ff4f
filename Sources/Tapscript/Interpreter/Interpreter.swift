import Bitcoin
import Primitives

/// Executes scripts as Bitcoin Core does.
///
/// - Source: Bitcoin Core, `src/script/interpreter.cpp`; BIP-141, BIP-143, BIP-341, BIP-342.
public enum Interpreter {
    /// Executes a script and returns what it leaves on the stack (`EvalScript`).
    ///
    /// Success opcodes, the sizes of the first items and the final stack are not looked at.
    ///
    /// - Parameter stack: The bottom first.
    /// - Returns: The bottom first.
    public static func execute(
        _ script: CompiledScript, stack: [[UInt8]], context: ScriptContext = ScriptContext()
    ) throws(ScriptError) -> [[UInt8]] {
        var machine = ScriptMachine(script, items: stack, context: context)
        var nobody = NoScriptObserver()
        try machine.run(&nobody)
        return machine.items(machine.stack)
    }

    /// Executes a script of a witness and demands that it accepts (`ExecuteWitnessScript`).
    ///
    /// - Parameters:
    ///   - stack: The bottom first.
    ///   - context: Of version `tapscript` or `witnessV0`.
    public static func evaluate(
        _ script: CompiledScript, stack: [[UInt8]], context: ScriptContext = ScriptContext()
    ) throws(ScriptError) {
        var nobody = NoScriptObserver()
        try evaluate(script, stack: stack, context: context, &nobody)
    }

    static func evaluate(
        _ script: CompiledScript, stack: [[UInt8]], context: ScriptContext,
        _ observer: inout some ScriptObserver
    ) throws(ScriptError) {
        if context.version == .tapscript {
            if script.succeeds {
                if context.flags.contains(.discourageOpSuccess) { throw .discourageOpSuccess }
                return
            }
            if script.isTruncated { throw .badOpcode }
            if stack.count > ScriptMachine.maximumItemCount { throw .stackSize }
        }
        for item in stack where item.count > Script.maximumElementByteCount {
            throw .pushSize
        }
        var machine = ScriptMachine(script, items: stack, context: context)
        try machine.run(&observer)
        guard machine.stack.count == 1 else { throw .cleanStack }
        guard machine.arena.isTrue(machine.stack[0]) else { throw .evalFalse }
    }

    /// Verifies one input of a transaction.
    ///
    /// - Parameter inputIndex: 0-based; the transaction has such an input.
    public static func verify(
        _ data: PrecomputedTransactionData, inputIndex: Int,
        flags: ScriptVerifyFlags = .consensus
    ) throws(ScriptError) {
        let checker = data.checker(forInput: inputIndex)
        let input = data.transaction.inputs[inputIndex]
        try verify(
            ScriptSpend(
                scriptSig: input.scriptSig, witness: input.witness,
                scriptPubKey: data.prevouts[inputIndex].scriptPubKey),
            flags: flags, checker: checker)
    }

    /// Verifies that scriptSig and witness satisfy a scriptPubKey (`VerifyScript`).
    public static func verify(
        _ spend: ScriptSpend, flags: ScriptVerifyFlags, checker: any SignatureChecker
    ) throws(ScriptError) {
        var verification = ScriptVerification(spend: spend, flags: flags, checker: checker)
        try verification.run()
    }
}
