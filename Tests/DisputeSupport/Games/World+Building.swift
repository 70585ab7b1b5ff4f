internal import Dispute
internal import Foundation
package import MachineSupport
package import RiscV

extension World {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Programs/elf")

    /// One of the test programs, with its words of input.
    package init(
        elf name: String, inputWords: [UInt32] = [], stepLimit: UInt64 = 2000, arity: Int = 8
    ) throws {
        let bytes = try Data(contentsOf: Self.folder.appending(path: "\(name).elf"))
        try self.init(
            RiscV.Program(elf: [UInt8](bytes)), inputWords: inputWords, stepLimit: stepLimit,
            arity: arity)
    }

    package init(
        _ program: RiscV.Program, inputWords: [UInt32], stepLimit: UInt64, arity: Int
    ) throws {
        let commitment = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: UInt64(4 * inputWords.count))
        let shape = try required(
            SearchShape(covering: stepLimit, arity: arity), "a shape of \(stepLimit) steps")
        self.init(
            program: program,
            dispute: try DisputeProgram(commitment, stepLimit: stepLimit, shape: shape),
            inputWords: inputWords)
    }
}

extension SlowMachine {
    /// A section that only this machine has, before all others; words that are there stay.
    mutating func add(_ extra: Section) {
        sections.insert(extra, at: 0)
        for (index, word) in (extra.initialWords ?? []).enumerated() {
            words[extra.start + 4 * UInt32(index), default: word] |= 0
        }
    }

    /// Puts something into a register or a word that nobody wrote there.
    package mutating func falsify(_ read: TraceRow.Read) {
        if read.address >= 0xF000_0000, read.address < 0xF000_0088 {
            let index = Int(read.address - 0xF000_0000) / 4
            registers[index] = read.value
            registerStamps[index] = read.lastStep
        } else {
            words[read.address] = read.value
            stamps[read.address] = read.lastStep
        }
    }
}

extension Lie {
    /// A step that finds something else than there is, and everything after it.
    package static func read(_ read: TraceRow.Read, at step: UInt64) -> Lie {
        Lie(step: step, before: { $0.falsify(read) })
    }

    /// A step that executes another word of code.
    package static func opcode(_ word: UInt32, at step: UInt64) -> Lie {
        var address: UInt32 = 0
        var truth: UInt32?
        return Lie(
            step: step,
            before: { machine in
                address = machine.pc & ~3
                truth = machine.words[address]
                machine.words[address] = word
            },
            after: { machine, _ in machine.words[address] = truth })
    }

    /// A step somewhere else.
    package static func counter(at step: UInt64, _ change: @escaping (inout UInt32) -> Void) -> Lie
    {
        Lie(step: step, before: { change(&$0.pc) })
    }

    /// A false hash, and all hashes after it.
    package static func hash(at step: UInt64) -> Lie {
        Lie(step: step, hash: { $0.falsified })
    }
}
