import Bitcoin
import Primitives

/// A witness program that is spent (Bitcoin Core's `VerifyWitnessProgram`).
struct WitnessProgram {
    let version: UInt8
    let program: [UInt8]
    let place: WitnessPlace

    func verify(
        _ witness: Witness, flags: ScriptVerifyFlags, checker: any SignatureChecker
    ) throws(ScriptError) {
        if version == 0 {
            try verifyV0(witness, flags, checker)
        } else if version == 1, program.count == 32, place == .native {
            if flags.contains(.taproot) {
                try TaprootWitness(witness, flags: flags, checker: checker).verify(program)
            }
        } else if version == 1, program == [0x4E, 0x73], place == .native {
            return
        } else if flags.contains(.discourageUpgradableWitnessProgram) {
            throw .discourageUpgradableWitnessProgram
        }
    }

    private func verifyV0(
        _ witness: Witness, _ flags: ScriptVerifyFlags, _ checker: any SignatureChecker
    ) throws(ScriptError) {
        let script: Script
        let stack: [[UInt8]]
        if let hash = Bytes32(program) {
            guard let last = witness.items.last else { throw .witnessProgramWitnessEmpty }
            guard SHA256.hash(last) == hash else { throw .witnessProgramMismatch }
            script = Script(last)
            stack = witness.items.dropLast()
        } else if let hash = Bytes20(program) {
            guard witness.items.count == 2 else { throw .witnessProgramMismatch }
            script = .payToPublicKeyHash(hash)
            stack = witness.items
        } else {
            throw .witnessProgramWrongLength
        }
        try Interpreter.evaluate(
            CompiledScript(script), stack: stack,
            context: ScriptContext(.witnessV0, flags: flags, checker: checker))
    }
}

/// A witness that spends a taproot output.
struct TaprootWitness {
    /// What a witness of no bytes could spend (`VALIDATION_WEIGHT_OFFSET`).
    private static let validationWeightOffset = 50

    private let flags: ScriptVerifyFlags
    private let checker: any SignatureChecker
    /// Without the annex.
    private let items: ArraySlice<[UInt8]>
    private let annex: [UInt8]?
    private let validationWeight: Int

    init(_ witness: Witness, flags: ScriptVerifyFlags, checker: any SignatureChecker) {
        self.flags = flags
        self.checker = checker
        annex = witness.annex
        items = witness.annex == nil ? witness.items[...] : witness.items.dropLast()
        validationWeight = Self.validationWeightOffset + witness.byteCount
    }

    func verify(_ outputKey: [UInt8]) throws(ScriptError) {
        guard let first = items.first else { throw .witnessProgramWitnessEmpty }
        guard items.count > 1 else {
            try checker.checkSchnorrSignature(
                first, publicKey: outputKey, spend: TaprootSpend(path: .keyPath, annex: annex))
            return
        }
        let block: ControlBlock
        do throws(ControlBlockError) {
            block = try ControlBlock(decoding: items[items.endIndex - 1])
        } catch {
            throw .taprootWrongControlSize
        }
        let script = Script(items[items.endIndex - 2])
        let leafHash = TapLeaf(version: block.leafVersion, script: script).hash
        guard let key = Bytes32(outputKey), block.proves(leafHash: leafHash, committedBy: key)
        else { throw .witnessProgramMismatch }
        guard block.leafVersion == TapLeaf.tapscriptVersion else {
            if flags.contains(.discourageUpgradableTaprootVersion) {
                throw .discourageUpgradableTaprootVersion
            }
            return
        }
        var context = ScriptContext(.tapscript, flags: flags, checker: checker)
        context.leafHash = leafHash
        context.annex = annex
        context.validationWeight = validationWeight
        try Interpreter.evaluate(
            CompiledScript(script), stack: Array(items.dropLast(2)), context: context)
    }
}
