import Bitcoin

extension ScriptMachine {
    /// What each checked signature takes of the weight (`VALIDATION_WEIGHT_PER_SIGOP_PASSED`).
    static let validationWeightPerSignature = 50

    /// OP_CHECKSIG, OP_CHECKSIGVERIFY and OP_CHECKSIGADD.
    mutating func checkSignature(_ action: ScriptAction) throws(ScriptError) {
        if action == .checkSigAdd {
            guard context.version == .tapscript else { throw .badOpcode }
            try need(3)
            let count = try number(1)
            let isValid = try isValid(signature: stack[2], publicKey: stack[0])
            stack.drop(2)
            stack[0] = .number(count + (isValid ? 1 : 0))
            return
        }
        try need(2)
        let isValid = try isValid(signature: stack[1], publicKey: stack[0])
        stack.drop(1)
        if action == .checkSig {
            stack[0] = .truth(isValid)
        } else {
            guard isValid else { throw .checkSigVerify }
            stack.drop(1)
        }
    }

    private mutating func isValid(
        signature: StackSlot, publicKey: StackSlot
    ) throws(ScriptError) -> Bool {
        guard context.version == .tapscript else {
            return try isValidECDSA(
                arena.bytes(of: signature), publicKey: arena.bytes(of: publicKey))
        }
        let isPresent = signature.byteCount > 0
        if isPresent {
            validationWeightLeft -= Self.validationWeightPerSignature
            guard validationWeightLeft >= 0 else { throw .tapscriptValidationWeight }
        }
        switch publicKey.byteCount {
        case 0: throw .tapscriptEmptyPubkey
        case 32:
            if isPresent {
                try context.checker.checkSchnorrSignature(
                    arena.bytes(of: signature), publicKey: arena.bytes(of: publicKey),
                    spend: TaprootSpend(
                        path: .scriptPath(
                            leafHash: context.leafHash,
                            codeSeparatorPosition: codeSeparatorPosition),
                        annex: context.annex))
            }
        default:
            if context.flags.contains(.discourageUpgradablePubkeyType) {
                throw .discourageUpgradablePubkeyType
            }
        }
        return isPresent
    }

    private func isValidECDSA(
        _ signature: [UInt8], publicKey: [UInt8]
    ) throws(ScriptError) -> Bool {
        let scriptCode = try scriptCode(without: [signature])
        try ECDSAEncoding.check(
            signature: signature, publicKey: publicKey, context.version, context.flags)
        let isValid = context.checker.checkECDSASignature(
            signature, publicKey: publicKey, scriptCode: scriptCode, version: context.version)
        if !isValid, !signature.isEmpty, context.flags.contains(.nullFail) {
            throw .sigNullFail
        }
        return isValid
    }

    /// What signatures cover of the script: all behind the last executed OP_CODESEPARATOR, and
    /// before segwit without the signatures themselves.
    func scriptCode(without signatures: [[UInt8]]) throws(ScriptError) -> Script {
        var code = Script(Array(script.script.bytes[scriptCodeOffset...]))
        guard context.version == .base else { return code }
        for signature in signatures {
            if code.findAndDelete(pushOf: signature) > 0,
                context.flags.contains(.constScriptCode)
            {
                throw .sigFindAndDelete
            }
        }
        return code
    }

    /// OP_CHECKMULTISIG and OP_CHECKMULTISIGVERIFY.
    mutating func checkMultisig(_ action: ScriptAction) throws(ScriptError) {
        guard context.version != .tapscript else { throw .tapscriptCheckMultisig }
        let arguments = try multisigArguments()
        let scriptCode = try scriptCode(without: arguments.signatures)
        let isValid = try areValid(arguments, scriptCode: scriptCode)
        if !isValid, context.flags.contains(.nullFail),
            !arguments.signatures.allSatisfy(\.isEmpty)
        {
            throw .sigNullFail
        }
        stack.drop(arguments.itemCount)
        // One item more than it needs is taken: a bug that became a rule.
        try need(1)
        if context.flags.contains(.nullDummy), stack[0].byteCount > 0 { throw .sigNullDummy }
        if action == .checkMultisig {
            stack[0] = .truth(isValid)
        } else {
            guard isValid else { throw .checkMultisigVerify }
            stack.drop(1)
        }
    }

    /// The arguments of OP_CHECKMULTISIG, the last keys and signatures first.
    private struct MultisigArguments {
        let publicKeys: [[UInt8]]
        let signatures: [[UInt8]]
        /// Without the superfluous one.
        var itemCount: Int { 2 + publicKeys.count + signatures.count }
    }

    private mutating func multisigArguments() throws(ScriptError) -> MultisigArguments {
        try need(1)
        let keyCount = try number(0)
        guard (0...20).contains(keyCount) else { throw .pubkeyCount }
        countedOperationCount += Int(keyCount)
        if countedOperationCount > Self.maximumOperationCount { throw .opCount }
        let firstKey = 1
        let countDepth = firstKey + Int(keyCount)
        try need(countDepth + 1)
        let signatureCount = try number(countDepth)
        guard (0...keyCount).contains(signatureCount) else { throw .sigCount }
        let firstSignature = countDepth + 1
        try need(firstSignature + Int(signatureCount))
        var publicKeys: [[UInt8]] = []
        for depth in firstKey..<countDepth {
            publicKeys.append(arena.bytes(of: stack[depth]))
        }
        var signatures: [[UInt8]] = []
        for depth in firstSignature..<firstSignature + Int(signatureCount) {
            signatures.append(arena.bytes(of: stack[depth]))
        }
        return MultisigArguments(publicKeys: publicKeys, signatures: signatures)
    }

    /// Whether each signature belongs to a key, both in the same order.
    private func areValid(
        _ arguments: MultisigArguments, scriptCode: Script
    ) throws(ScriptError) -> Bool {
        var signatures = arguments.signatures[...]
        var publicKeys = arguments.publicKeys[...]
        while let signature = signatures.first, let publicKey = publicKeys.popFirst() {
            try ECDSAEncoding.check(
                signature: signature, publicKey: publicKey, context.version, context.flags)
            let isValid = context.checker.checkECDSASignature(
                signature, publicKey: publicKey, scriptCode: scriptCode,
                version: context.version)
            if isValid { signatures.removeFirst() }
            if signatures.count > publicKeys.count { return false }
        }
        return true
    }
}
