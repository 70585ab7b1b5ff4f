internal import Bitcoin
internal import Curve
internal import Tapscript
internal import Winternitz

/// Writes the script of a whole leaf.
struct LeafWriter {
    let kind: LeafKind
    let context: LeafContext
    let layout: LeafLayout
    let key: XOnlyPublicKey
    let oneTimeKeys: [OneTimeKey]

    /// The script in the form that the rule of `LeafCosts` prefers.
    ///
    /// - Throws: What is wrong with the form without OP_IF, where the other does not fit either.
    func smallest() throws(AssemblerError) -> (DigitForm, AssembledScript) {
        // Bits take more items than numbers: what is too much of these is too much of those.
        let plain = try script(.nibble)
        guard layout.entries.contains(where: { $0.profile == .base16 }),
            LeafCosts.itemCount(layout, .bits) <= AssembledScript.maximumItemCount,
            let branching = try? script(.bits)
        else { return (.nibble, plain) }
        let plainSize = LeafCosts.sixteenths(plain, layout, .nibble)
        let branchingSize = LeafCosts.sixteenths(branching, layout, .bits)
        return LeafCosts.prefersPlain(plainSize, over: branchingSize)
            ? (.nibble, plain) : (.bits, branching)
    }

    /// The script in one form of digits.
    func script(_ form: DigitForm) throws(AssemblerError) -> AssembledScript {
        var assembler = Assembler()
        let declared = zip(layout.entries, oneTimeKeys).map { entry, key in
            DeclaredValue(entry, LeafCommitment(entry, key, form), &assembler)
        }
        let signature = assembler.input("signature", byteCount: LeafCosts.signatureByteCount)
        if case .timeout(_, let wait) = kind {
            assembler.section("wait") { assembler in
                let wait = assembler.apply(.checkSequenceVerify, [.number(Int64(wait.value))])
                assembler.drop(wait)
            }
        }
        assembler.section("signature") { assembler in
            _ = assembler.apply(.checkSigVerify, [.move(signature), .bytes(key.bytes)])
        }
        let items = verify(declared, &assembler)
        assembler.section("check") { assembler in
            check(items, &assembler)
        }
        return try assembler.finishVerified()
    }

    /// Checks all one-time signatures, from the top of the stack.
    ///
    /// - Returns: What the body takes of each value, on the stack in the order of the layout.
    private func verify(
        _ declared: [DeclaredValue], _ assembler: inout Assembler
    ) -> [LeafValue: Items] {
        var items: [LeafValue: Items] = [:]
        var stashed: [Items] = []
        var rest = declared[...]
        while let batch = Self.lastBatch(&rest) {
            var kept: Items = .none
            for (value, read) in batch.verify(&assembler) {
                items[value] = read
                kept = kept + read
            }
            // What lies on top now would be in the way of what comes up next.
            if !rest.isEmpty, !kept.isEmpty {
                assembler.stash(kept)
                stashed.append(kept)
            }
        }
        for kept in stashed.reversed() { assembler.unstash(kept) }
        return items
    }

    /// The uppermost values that one call checks: neighbours in base 16, or one of chosen chains.
    private static func lastBatch(
        _ rest: inout ArraySlice<DeclaredValue>
    ) -> DeclaredBatch? {
        guard let last = rest.popLast() else { return nil }
        guard case .base16(let declared) = last.handle else {
            return .chosenChains(last)
        }
        var batch = [(last.entry, declared)]
        while case .base16(let declared) = rest.last?.handle, let next = rest.popLast() {
            batch.insert((next.entry, declared), at: 0)
        }
        return .base16(batch)
    }

    private func check(_ items: [LeafValue: Items], _ assembler: inout Assembler) {
        let lowest = readDigits(items, &assembler)
        switch kind {
        case .instruction(let code):
            var writer = ChallengeWriter(
                assembler: assembler, values: lowest, context: context)
            writer.verifyOpenedStep(.conflictStep) { .selection(round: $0) }
            assembler = writer.assembler
            var fields: [RowField: Items] = [:]
            for (value, digits) in lowest {
                if case .row(let field) = value { fields[field] = digits }
            }
            InstructionLeaf.check(code, fields, &assembler)
        case .challenge(let kind):
            ChallengeLeaf.check(kind, context, lowest, &assembler)
        case .publication, .timeout: break
        }
    }

    /// Proves digits zero that a body does not read, and leaves those that it reads.
    private func readDigits(
        _ items: [LeafValue: Items], _ assembler: inout Assembler
    ) -> [LeafValue: Items] {
        var lowest: [LeafValue: Items] = [:]
        var zeros: Items = .none
        for entry in layout.entries {
            guard let digits = items[entry.value] else { continue }
            let unreadCount = digits.count - entry.readItemCount
            zeros = zeros + digits[0..<unreadCount]
            lowest[entry.value] = digits[unreadCount..<digits.count]
        }
        if !zeros.isEmpty {
            let sum = assembler.isAnySet(zeros)
            assembler.verify(.move(assembler.not(.move(sum))))
        }
        return lowest
    }
}

/// A value whose witness items have handles.
struct DeclaredValue {
    enum Handle {
        case base16(WinternitzCommitment.Declared)
        case chosenChains(CompositionCommitment.Declared)
    }

    let entry: LeafLayout.Entry
    let handle: Handle

    init(
        _ entry: LeafLayout.Entry, _ commitment: LeafCommitment, _ assembler: inout Assembler
    ) {
        self.entry = entry
        handle =
            switch commitment {
            case .base16(let commitment): .base16(commitment.declare(in: &assembler))
            case .chosenChains(let commitment): .chosenChains(commitment.declare(in: &assembler))
            }
    }
}

/// Values that are checked at once.
enum DeclaredBatch {
    case base16([(entry: LeafLayout.Entry, declared: WinternitzCommitment.Declared)])
    case chosenChains(DeclaredValue)

    /// Checks the signatures.
    ///
    /// - Returns: What stays, in the order of the layout.
    func verify(_ assembler: inout Assembler) -> [(LeafValue, Items)] {
        switch self {
        case .base16(let batch):
            let kept = assembler.verify(batch.map(\.declared))
            return zip(batch, kept).filter { $0.0.entry.isRead }
                .map { ($0.0.entry.value, $0.1) }
        case .chosenChains(let value):
            guard case .chosenChains(let declared) = value.handle else { return [] }
            let kept = assembler.verify(declared, value.entry.isRead ? .keep : .drop)
            return value.entry.isRead ? [(value.entry.value, kept)] : []
        }
    }
}
