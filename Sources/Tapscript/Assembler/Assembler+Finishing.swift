import Bitcoin

extension Assembler {
    /// Ends a fragment.
    ///
    /// - Parameter results: Everything that lies on the stack, bottom first.
    /// - Throws: Unless exactly the results are left and nothing on the altstack, for the
    ///   assembler's books and for an independent count of the steps.
    public func finish(leaving results: Items = .none) throws(AssemblerError) -> AssembledScript {
        guard stack.elementsEqual(results) else {
            throw .unbalanced(found: texts(stack), needed: texts(Array(results)))
        }
        guard altStack.isEmpty else { throw .leftOnAltStack(texts(altStack)) }
        return try AssembledScript(
            inputs: inputs, steps: Peephole.optimize(steps), sections: sections,
            resultCount: results.count)
    }

    /// Ends a leaf: everything was verified and consumed, and the script succeeds.
    ///
    /// A check that comes last gives the result itself.
    ///
    /// - Throws: Unless stack and altstack are empty.
    public func finishVerified() throws(AssemblerError) -> AssembledScript {
        guard stack.isEmpty else { throw .unbalanced(found: texts(stack), needed: []) }
        guard altStack.isEmpty else { throw .leftOnAltStack(texts(altStack)) }
        var steps = Peephole.optimize(steps)
        let result: Opcode? =
            switch steps.last?.instruction {
            case .opcode(.equalVerify): .equal
            case .opcode(.numEqualVerify): .numEqual
            case .opcode(.checkSigVerify): .checkSig
            default: nil
            }
        if let result, let last = steps.indices.last {
            steps[last].instruction = .opcode(result)
            steps[last].names = ["valid"]
        } else if steps.last?.isOpcode(.verify) == true {
            steps.removeLast()
        } else {
            steps.append(ScriptStep(.push([1]), names: ["valid"]))
        }
        return try AssembledScript(
            inputs: inputs, steps: steps, sections: sections, resultCount: 1)
    }

    /// Ends a fragment without the peephole pass, to compare the two.
    package func finishUnoptimized(
        leaving results: Items
    ) throws(AssemblerError) -> AssembledScript {
        guard stack.elementsEqual(results) else {
            throw .unbalanced(found: texts(stack), needed: texts(Array(results)))
        }
        guard altStack.isEmpty else { throw .leftOnAltStack(texts(altStack)) }
        return try AssembledScript(
            inputs: inputs, steps: steps, sections: sections, resultCount: results.count)
    }
}
