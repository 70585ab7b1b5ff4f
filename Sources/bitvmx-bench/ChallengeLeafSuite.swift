import Bitcoin
import Dispute
import DisputeLeaves
import Foundation
import Primitives
import RiscV
import Tapscript

/// The leaves of all challenges to one step of a large program, in one tree.
enum ChallengeLeafSuite {
    /// As large as a verifier of proofs, whose code is 700 kB.
    private static let chunkCount = 1_800
    private static let stepLimit: UInt64 = 500_000_000
    private static let arity = 8
    /// Any number will do where nothing is signed.
    private static let internalKey = SHA256.hash([UInt8]())

    static func run() throws -> SuiteReport {
        var report = SuiteReport("challenge leaves")
        let context = LeafContext(try program())
        let kinds = ChallengeKind.challenges(of: context)
        var leaves: [TapLeaf] = []
        report.measurements.append(
            try Measurement.once("write a script", count: kinds.count) {
                leaves = try kinds.map { try ChallengeLeaf($0, context).script.tapLeaf }
            })
        var tree: TapTree?
        report.measurements.append(
            try Measurement.once("join the tree", count: 1) { tree = try TapTree.balanced(leaves) })
        guard let tree else { return report }
        var byteCount = 0
        report.measurements.append(
            Measurement.repeated("make a control block") {
                byteCount =
                    tree.controlBlock(
                        forLeaf: chunkCount / 2, internalKey: internalKey, outputKeyParity: 0
                    ).byteCount
            })
        let scriptBytes = leaves.reduce(0) { $0 + $1.script.byteCount }
        report.figures.append(("leaves", leaves.count, ""))
        report.figures.append(("all scripts", scriptBytes, "bytes"))
        report.figures.append(("control block", byteCount, "bytes"))
        return report
    }

    private static func program() throws -> DisputeProgram {
        let words = (0..<UInt32(chunkCount * MemoryMap.chunkWordCount)).map { index in
            (index % 4096) << 20 | 0x13
        }
        let code = Section(
            name: ".text", start: 0x8000_0000, byteCount: UInt32(4 * words.count), kind: .code,
            content: .initialized(words))
        let program = try RiscV.Program(entryPoint: 0x8000_0000, sections: [code, .registers])
        let commitment = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: 0)
        guard let shape = SearchShape(covering: stepLimit, arity: arity) else {
            preconditionFailure("the shape is one of those that the product allows")
        }
        return try DisputeProgram(commitment, stepLimit: stepLimit, shape: shape)
    }
}
