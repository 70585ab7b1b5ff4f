import Primitives
import RiscV
import Testing

/// Rows and hashes that BitVMX-CPU printed for its own hello-world.
///
/// - Source: docs/protocol/trace.md, "Known answers".
@Suite("Known answers of the reference")
struct KnownAnswerTests {
    static let firstRows = [
        "0000000000000001;f0000000;00000000;ffffffffffffffff;00000000;00000000;0000000000000000;"
            + "800000fc;00;00000513;f0000028;00000000;80000100;00;00000000;08;"
            + "3ebf30cdfd74fa9635abb08f13bb0d09bb6ae403",
        "0000000000000002;00000000;00000000;0000000000000000;00000000;00000000;0000000000000000;"
            + "80000100;00;f7dff0ef;f0000004;80000104;8000007c;00;00000000;28;"
            + "9fd8c6b0f168406e0e0d50962d0e7e5ba413c8d1",
        "0000000000000003;f0000008;e0800000;ffffffffffffffff;00000000;00000000;0000000000000000;"
            + "8000007c;00;fd010113;f0000008;e07fffd0;80000080;00;00000000;08;"
            + "41e4fd9c78e8e8540464c63e7c78e3893cf8b2b7",
        "0000000000000004;f0000008;e07fffd0;0000000000000003;f0000004;80000104;0000000000000002;"
            + "80000080;00;02112623;e07ffffc;80000104;80000084;00;00000000;01;"
            + "8360c422f2053d78428326485b3e18b399457995",
    ]

    static let byteStore = [
        "0000000000000022;f000003c;a0001003;0000000000000021;a0001000;00000000;ffffffffffffffff;"
            + "80000044;00;00e78023;f0000080;00000000;80000044;01;00000000;04;"
            + "a2278eac93ea367bb9d94e35786a266cb1358bf8",
        "0000000000000023;f000003c;a0001003;0000000000000021;f0000038;00000048;0000000000000020;"
            + "80000044;01;00e78023;f0000084;48000000;80000044;02;00000000;00;"
            + "609cdd37503782fa05c17dcf8c84d03c6647fa9e",
        "0000000000000024;f0000080;00000000;0000000000000022;f0000084;48000000;0000000000000023;"
            + "80000044;02;00e78023;f0000080;48000000;80000044;03;00000000;00;"
            + "66e5b2201060710d4415575f1c866a4f6d0ea4bc",
        "0000000000000025;f000003c;a0001003;0000000000000021;f0000080;48000000;0000000000000024;"
            + "80000044;03;00e78023;a0001000;48000000;80000048;00;00000000;01;"
            + "f354bac6aeb8f54defb13497599c777cda72db1f",
    ]

    @Test("the chain begins with the hash of one byte")
    func beginning() {
        #expect(BLAKE3Chain.initialHash.hex == "99d44d377bc5936d8cb7f5df90713d84c7587739")
        let row =
            "0000000000000000;00000000;00000000;0000000000000000;00000000;00000000;"
            + "0000000000000000;00000000;00;00000000;00000000;00000000;00000000;00;00000000;2a;"
            + "99d44d377bc5936d8cb7f5df90713d84c7587739"
        #expect(TraceRow(stepNumber: 0).csv(hash: BLAKE3Chain.initialHash) == row)
    }

    @Test("the first four rows")
    func rows() throws {
        var words = [UInt32](repeating: 0x13, count: 34)
        words[0] = 0xFD01_0113
        words[1] = 0x0211_2623
        words[32] = 0x0000_0513
        words[33] = 0xF7DF_F0EF
        let program = try Program(
            entryPoint: 0x8000_00FC,
            sections: [
                Section(
                    name: ".text", start: 0x8000_007C, byteCount: 136, kind: .code,
                    content: .initialized(words)),
                Section(
                    name: ".stack", start: 0xE000_0000, byteCount: 0x80_0000, kind: .readWrite,
                    content: .uninitialized), .registers,
            ])
        let machine = try Machine(program, tracking: .writesAndHashes)
        var lines: [String] = []
        machine.record(to: 4) { row, hash in lines.append(row.csv(hash: hash)) }
        #expect(lines == Self.firstRows)
    }

    @Test("the four rows of a byte store, begun with the registers that they show")
    func storedByte() throws {
        var words = [UInt32](repeating: 0x13, count: 32)
        // x15 = a0001003 in step 0x21 and x14 = 48 in step 0x20, as the rows say.
        words[30] = 0x0480_0713
        words[31] = 0x0037_8793
        words[29] = 0xA000_17B7
        let start: UInt32 = 0x8000_0044 - 4 * 33
        let program = try Program(
            entryPoint: start,
            sections: [
                Section(
                    name: ".text", start: start, byteCount: 4 * 34, kind: .code,
                    content: .initialized([0x13] + words + [0x00E7_8023])),
                Section(
                    name: ".bss", start: 0xA000_0000, byteCount: 0x1004, kind: .readWrite,
                    content: .uninitialized), .registers,
            ])
        let machine = try Machine(program, tracking: .writes)
        var lines: [String] = []
        machine.record(to: 0x25) { row, _ in
            if row.stepNumber >= 0x22 { lines.append(row.csv) }
        }
        #expect(lines == Self.byteStore.map { String($0.dropLast(41)) })
    }

    @Test(
        "single links of the chain",
        arguments: [
            (
                "99d44d377bc5936d8cb7f5df90713d84c7587739", 0xF000_0028, 0, 0x8000_0100,
                "3ebf30cdfd74fa9635abb08f13bb0d09bb6ae403"
            ),
            (
                "e2f115006467b4b1b2b27612bbfd40ed3bc8299b", 0xF000_0028, 1, 0x8000_010C,
                "345721506e79c53d2549fc63d02ba8fc3b17efa4"
            ),
            (
                "006942ae363a1a52823aa28eebe597d32b9d92e9", 0xF000_0038, 0x1E, 0x8000_0060,
                "3e87b9ecc502799716c371d74afeefb830191400"
            ),
            (
                "3e87b9ecc502799716c371d74afeefb830191400", 0xF000_003C, 0x3F, 0x8000_0064,
                "b26883b2c7c5582cecc3394a2071725470048264"
            ),
        ] as [(String, UInt32, UInt32, UInt32, String)])
    func links(_ link: (String, UInt32, UInt32, UInt32, String)) throws {
        var hash = try #require(Bytes20(hex: link.0))
        let steps = [
            ChainStep(
                writeAddress: link.1, writeValue: link.2, nextAddress: link.3, nextMicro: 0)
        ]
        BLAKE3Chain.extend(&hash, by: steps.span)
        #expect(hash.hex == link.4)
    }

    @Test("the hashes of the byte store follow from each other")
    func linksOfTheStore() throws {
        for (before, after) in zip(Self.byteStore, Self.byteStore.dropFirst()) {
            let fields = after.split(separator: ";").map(String.init)
            var hash = try #require(Bytes20(hex: String(before.suffix(40))))
            let numbers = try [10, 11, 12, 13].map {
                try #require(UInt32(fields[$0], radix: 16))
            }
            let steps = [
                ChainStep(
                    writeAddress: numbers[0], writeValue: numbers[1], nextAddress: numbers[2],
                    nextMicro: numbers[3])
            ]
            BLAKE3Chain.extend(&hash, by: steps.span)
            #expect(hash.hex == fields[16])
        }
    }
}
