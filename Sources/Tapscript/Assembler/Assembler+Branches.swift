import Bitcoin

extension Assembler {
    /// Executes one of two branches.
    ///
    /// Some nodes relay no OP_IF in tapscript; a lookup or arithmetic does without where it costs
    /// little more.
    ///
    /// - Parameters:
    ///   - condition: Exactly empty or the byte 1, or the script fails.
    ///   - then: Executed for 1. Returns its results, which it leaves on top of the stack.
    ///   - otherwise: Executed for 0. Returns as many results.
    /// - Returns: The results of whichever branch ran.
    /// - Throws: `branchesDiffer` unless both leave the same items in the same places.
    public mutating func branch(
        on condition: Operand, then: (inout Assembler) -> Items,
        otherwise: (inout Assembler) -> Items
    ) throws(AssemblerError) -> Items {
        apply(.if, [condition])
        let start = (stack, altStack)
        let thenResults = then(&self)
        let thenShape = shape(leaving: thenResults)
        emit(.else)
        (stack, altStack) = start
        let elseResults = otherwise(&self)
        let elseShape = shape(leaving: elseResults)
        emit(.endIf)
        guard thenShape == elseShape else {
            throw .branchesDiffer(then: thenShape.texts, else: elseShape.texts)
        }
        let results = elseResults.map { newItem(name(of: $0)) }
        stack.removeLast(results.count)
        stack += results
        return Items(results)
    }

    private struct Shape: Equatable {
        /// What lies under the results, bottom first.
        let stack: [Item]
        let altStack: [Item]
        let resultCount: Int
        let texts: [String]

        static func == (left: Shape, right: Shape) -> Bool {
            left.stack == right.stack && left.altStack == right.altStack
                && left.resultCount == right.resultCount
        }
    }

    private func shape(leaving results: Items) -> Shape {
        precondition(
            stack.suffix(results.count).elementsEqual(results),
            "a branch leaves its results on top of the stack")
        return Shape(
            stack: stack.dropLast(results.count), altStack: altStack, resultCount: results.count,
            texts: texts(stack + altStack))
    }
}
