import Dispute
import DisputeLeaves
import Foundation
import RiscV
import Testing

/// After a wanted change: `BITVMX_RECORD=1 Airgap/test unit`, and read the difference.
@Suite("docs/protocol/leaves-layouts.md")
struct LayoutDocumentTests {
    private static let isRecording =
        ProcessInfo.processInfo.environment["BITVMX_RECORD"] == "1"

    @Test("its tables are those of the catalogue")
    func tables() throws {
        var text = try String(contentsOf: LayoutDocument.file, encoding: .utf8)
        for (name, lines) in try LayoutDocument().tables {
            let start = try #require(text.range(of: "<!-- table: \(name) -->\n"))
            let end = try #require(
                text.range(of: "\n<!-- end -->", range: start.upperBound..<text.endIndex))
            let found = String(text[start.upperBound..<end.lowerBound])
            let wanted = lines.joined(separator: "\n")
            if Self.isRecording {
                text.replaceSubrange(start.upperBound..<end.lowerBound, with: wanted)
            } else {
                #expect(found == wanted, "table '\(name)'")
            }
        }
        if Self.isRecording {
            try text.write(to: LayoutDocument.file, atomically: true, encoding: .utf8)
        }
    }

    @Test("leaves with a hash, openings, and all others fit the stack; few have conditions")
    func limits() throws {
        let scene = try LeafScene(stepLimit: 500_000_000, arity: 8)
        let context = scene.catalogue.context
        for name in ["addi", "div", "nop", "trace_hash", "read_value_2", "round[0]"] {
            let leaf = try CommittedLeaf(example: scene.catalogue.kind(named: name), context)
            #expect(leaf.costs.peakItemCount <= 1_000, "\(name)")
            #expect(!leaf.costs.hasConditions, "\(name)")
        }
    }

    @Test("a screen names every value with its committer, bytes and meaning")
    func screen() throws {
        let layout = InstructionLeaf.layout(of: .addi)
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0FF5_0593
        row.readCounter = ProgramCounter(address: 0x8000_0010, micro: 0)
        row.firstRead = TraceRow.Read(address: 0xF000_0028, value: 7, lastStep: .max)
        row.memoryWitness = MemoryWitness(.register, .unused, .register)
        let lines = LeafScreen.lines(layout) { value in
            if case .row(let field) = value, field != .writeValue {
                field.message(of: row)
            } else {
                nil
            }
        }
        #expect(lines.count == layout.entries.count)
        func line(_ name: String) -> String {
            lines.first { $0.hasPrefix(name + " ") } ?? ""
        }
        #expect(line("opcode").hasSuffix("0ff50593          addi a1, a0, 255"))
        #expect(line("read_1.address").hasSuffix("f0000028          a0"))
        #expect(line("read_1.last_step").hasSuffix("ffffffffffffffff  never written"))
        #expect(line("mem_witness").contains("read_1 register, read_2 unused, write register"))
        #expect(line("write_1.value").hasSuffix("  -"))
        #expect(lines.allSatisfy { $0.contains("  prover  ") })
    }
}
