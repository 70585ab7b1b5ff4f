internal import Dispute
internal import RiscV
internal import Tapscript

extension ChallengeWriter {
    private static let haltNumber: UInt32 = 93
    private static let systemCall: UInt32 = 0x73

    mutating func writeHalt() {
        let isLast = assembler.isSuccessor(
            digits(.conflictStep), .move, digits(.lastStep), .move)
        assembler.verify(.move(isLast))
        let flags = [
            assembler.isConstant(digits(.secondValue), .move, Digits.of(UInt32(0))),
            assembler.isConstant(digits(.firstValue), .move, Digits.of(Self.haltNumber)),
            assembler.isConstant(digits(.opcode), .move, Digits.of(Self.systemCall)),
            assembler.isSame(digits(.lastHash), .move, digits(.nextHash), .move),
        ]
        let isRight = assembler.allOf(flags)
        assembler.verify(.move(assembler.not(.move(isRight))))
    }

    mutating func writeEarlyHalt() {
        let isLast = assembler.isSuccessor(
            digits(.conflictStep), .move, digits(.lastStep), .move)
        assembler.verify(.move(assembler.not(.move(isLast))))
        assembler.verifyConstant(digits(.firstValue), Digits.of(Self.haltNumber))
        assembler.verifyConstant(digits(.opcode), Digits.of(Self.systemCall))
    }

    mutating func writeEntryPoint() {
        assembler.verifyConstant(digits(.conflictStep), Digits.of(UInt64(0)))
        let isEntry = assembler.isConstant(
            digits(.counterAddress) + digits(.counterMicro), .move,
            Digits.of(context.program.entryPoint) + [0, 0])
        assembler.verify(.move(assembler.not(.move(isEntry))))
    }

    mutating func writeFutureRead(_ read: ChallengeLeaf.Read) {
        let last = digits(read.lastStep)
        let isNever = assembler.isConstant(last, .copy, Digits.of(UInt64.max))
        assembler.verify(.move(assembler.not(.move(isNever))))
        let isLater = assembler.isSmaller(digits(.conflictStep), .move, last, .move)
        assembler.verify(.move(isLater))
    }

    mutating func verifyNeverWritten(_ read: ChallengeLeaf.Read) {
        assembler.verifyConstant(digits(read.lastStep), Digits.of(MemoryMap.neverWritten))
    }

    /// - Parameter word: nil if the owner's word is on the stack.
    mutating func writeInput(_ index: Int, word: UInt32?) {
        let read = ChallengeLeaf.Read(.second)
        guard let range = context.program.inputRange else {
            preconditionFailure("a program with input words has an input section")
        }
        verifyNeverWritten(read)
        assembler.verifyConstant(
            digits(read.address), Digits.of(range.start + 4 * UInt32(index)))
        if let word {
            let isRight = assembler.isConstant(digits(read.value), .move, Digits.of(word))
            assembler.verify(.move(assembler.not(.move(isRight))))
        } else {
            verifyDifferent(.input(wordIndex: index), read.value)
        }
    }

    mutating func writeUninitialized(_ read: ChallengeLeaf.Read) {
        verifyNeverWritten(read)
        let (index, isWord) = assembler.wordIndex(digits(read.address), .move)
        let isInside = isWithin(index, context.program.uninitialized)
        assembler.verify(.move(assembler.and(.move(isInside), .move(isWord))))
        assembler.verify(.move(assembler.isAnySet(digits(read.value))))
    }

    /// Whether a word lies in one of some ranges; consumes its index.
    mutating func isWithin(_ index: Item, _ ranges: [AddressRange]) -> Item {
        var flags: [Item] = []
        for range in ranges where range.last - range.start >= 3 {
            let first = (Int64(range.start) + 3) / 4
            let end = Int64(range.last - 3) / 4 + 1
            flags.append(
                assembler.isWithin(.copy(index), from: .number(first), below: .number(end)))
        }
        let isInside = flags.isEmpty ? assembler.number(0) : assembler.anyOf(flags)
        assembler.drop(index)
        return isInside
    }

    /// Demands that an address is in a chunk, and that a value is not the word there.
    mutating func check(
        _ value: LeafValue, at address: LeafValue, in chunk: MemoryChunk
    ) {
        let (index, isWord) = assembler.wordIndex(digits(address), .move)
        assembler.verify(.move(isWord))
        let position = assembler.subtract(
            .move(index), .number(Int64(chunk.start / 4)), as: "position")
        let isInside = assembler.isWithin(
            .copy(position), from: 0, below: .number(Int64(chunk.words.count)))
        assembler.verify(.move(isInside))
        let word = assembler.wordConstant(digits(value))
        let table = assembler.table("word", chunk.words.map(WordConstant.number))
        let constant = assembler.lookup(table, .move(position))
        let isRight = assembler.isEqual(.move(constant), .move(word))
        assembler.verify(.move(assembler.not(.move(isRight))))
        assembler.drop(table.items)
    }

    // MARK: Places of accesses

    mutating func writeAddresses() {
        let ranges = context.program.ranges
        let witness = digits(.memoryWitness)
        // The low digit holds the kinds of the second read, times 4, and of the write.
        let flags = [
            assembler.isGreaterOrEqual(.copy(witness[1]), 4),
            assembler.isGreaterOrEqual(.copy(witness[1]), 8),
        ]
        let second = assembler.add(.move(flags[0]), .move(flags[1]))
        let upper = assembler.shiftLeft(.copy(second), by: 2)
        let write = assembler.subtract(.move(witness[1]), .move(upper))
        let counter = assembler.wordIndex(digits(.counterAddress), .move)
        let isCode = isWithin(counter.index, ranges.code)
        let readable = ranges.readWrite + ranges.readOnly
        let allowed = [
            assembler.and(.move(isCode), .move(counter.isWord)),
            isAllowed(.writeAddress, kind: write, memory: ranges.readWrite),
            isAllowed(.secondAddress, kind: second, memory: readable),
            isAllowed(.firstAddress, kind: witness[0], memory: readable),
        ]
        let isRight = assembler.allOf(allowed)
        assembler.verify(.move(assembler.not(.move(isRight))))
    }

    /// Whether an address may be accessed in the way that a kind, 0 to 2, says.
    private mutating func isAllowed(
        _ value: LeafValue, kind: Item, memory: [AddressRange]
    ) -> Item {
        let (index, isWord) = assembler.wordIndex(digits(value), .move)
        let twin = assembler.copy(index)
        let isMemory = isWithin(twin, memory)
        let isRegister = isWithin(index, context.program.ranges.registers)
        let saysMemory = assembler.isNumEqual(.copy(kind), 1)
        let saysRegister = assembler.not(.copy(kind))
        let isUnused = assembler.isNumEqual(.move(kind), 2)
        let isRightMemory = assembler.and(.move(isMemory), .move(saysMemory))
        let isRightRegister = assembler.and(.move(isRegister), .move(saysRegister))
        let isPlaced = assembler.or(.move(isRightMemory), .move(isRightRegister))
        let isRight = assembler.and(.move(isPlaced), .move(isWord))
        return assembler.or(.move(isRight), .move(isUnused))
    }
}
