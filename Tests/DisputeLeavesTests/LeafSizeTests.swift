import DisputeLeaves
import DisputeSupport
import Foundation
import RiscV
import Tapscript
import Testing

/// The table of docs/protocol/leaves.md against the scripts.
@Suite("Sizes of instruction leaves")
struct LeafSizeTests {
    /// Bytes of the scripts of BitVMX-CPU 0.7.0, as measured for this project.
    static let reference: [String: Int] = {
        var sizes: [String: Int] = [
            "add": 966, "addi": 857, "and": 1243, "andi": 1136, "auipc": 739, "beq": 1297,
            "bge": 1374, "bgeu": 1336, "blt": 1373, "bltu": 1335, "bne": 1298, "div": 5833,
            "divu": 4777, "ecall": 601, "jal": 989, "jalr": 982, "lb_0": 1428, "lbu_0": 1332,
            "lh_0": 1438, "lh_1": 1054, "lh_2": 980, "lh_3": 715, "lhu_0": 1374, "lhu_1": 1022,
            "lhu_2": 980, "lhu_3": 715, "lui": 619, "lw_0": 1426, "lw_1": 1042, "lw_2": 980,
            "lw_3": 715, "mul": 3895, "mulh": 4487, "mulhsu": 4315, "mulhu": 3895, "nop": 325,
            "or": 1243, "ori": 1136, "rem": 5821, "remu": 4765, "sll": 1635, "slli": 1561,
            "slt": 1059, "slti": 1005, "sltiu": 969, "sltu": 1021, "sra": 1623, "srai": 1549,
            "srl": 1638, "srli": 1564, "sub": 1093, "xor": 1243, "xori": 1136,
        ]
        let storeSizes = [1506, 1297, 718, 1008, 1646, 1297, 718, 1138]
        for (name, count) in [("sb", 4), ("sh", 8), ("sw", 8)] {
            for micro in 0..<count { sizes["\(name)_\(micro)"] = storeSizes[micro] }
        }
        return sizes
    }()

    @Test("the table says what the scripts are")
    func table() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/protocol/leaves.md")
        let documented = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n").map(String.init)
        var lines: [String] = []
        var total = 0
        for code in StepCode.withScript {
            let key = try #require(code.scriptKey)
            guard let leaf = ScriptedLeaf.all[code]?.leaf else { continue }
            let properties = leaf.script.properties
            let reference = try #require(Self.reference[key])
            total += properties.byteCount
            lines.append(
                "| `\(key)` | \(properties.byteCount) | \(reference) | \(properties.peakItemCount) "
                    + "| \(leaf.layout.readItemCount) |")
        }
        lines.append("| all 73 | \(total) | 112119 | | |")
        let missing = lines.filter { !documented.contains($0) }
        if !missing.isEmpty { print("docs/protocol/leaves.md:\n" + lines.joined(separator: "\n")) }
        #expect(missing.isEmpty)
    }

    @Test("the reference's sizes are of the same 73 scripts")
    func references() {
        #expect(Set(Self.reference.keys) == Set(StepCode.withScript.compactMap(\.scriptKey)))
    }
}
