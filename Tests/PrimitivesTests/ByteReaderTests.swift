import Primitives
import TestSupport
import Testing

@Suite("ByteReader and ByteWriter")
struct ByteReaderTests {
    @Test("numbers are read in the byte order that their name says")
    func byteOrder() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        func reader() -> ByteReader { ByteReader(bytes) }
        var first = reader()
        #expect(try first.readUInt8() == 1)
        #expect(try first.readUInt16LE() == 0x0302)
        #expect(try first.readUInt32LE() == 0x0706_0504)
        #expect(first.remainingCount == 1)
        #expect(first.readCount == 7)
        var second = reader()
        #expect(try second.readUInt64LE() == 0x0807_0605_0403_0201)
        try second.finish()
        var third = reader()
        #expect(try third.readUInt16BE() == 0x0102)
        #expect(try third.readUInt32BE() == 0x0304_0506)
        var fourth = reader()
        #expect(try fourth.readUInt64BE() == 0x0102_0304_0506_0708)
    }

    @Test("what was written is read back, whole")
    func roundTrip() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let number = random.next()
            let tail = random.bytes(count: Int(random.next() % 40))
            let digest = SHA256.hash(tail)
            let short = Hash160.hash(tail)
            var writer = ByteWriter()
            writer.appendUInt8(UInt8(truncatingIfNeeded: number))
            writer.appendUInt16LE(UInt16(truncatingIfNeeded: number))
            writer.appendUInt32LE(UInt32(truncatingIfNeeded: number))
            writer.appendUInt64LE(number)
            writer.appendUInt16BE(UInt16(truncatingIfNeeded: number))
            writer.appendUInt32BE(UInt32(truncatingIfNeeded: number))
            writer.appendUInt64BE(number)
            writer.append(digest)
            writer.append(short)
            writer.appendSized(tail)
            var reader = ByteReader(writer.bytes)
            #expect(try reader.readUInt8() == UInt8(truncatingIfNeeded: number))
            #expect(try reader.readUInt16LE() == UInt16(truncatingIfNeeded: number))
            #expect(try reader.readUInt32LE() == UInt32(truncatingIfNeeded: number))
            #expect(try reader.readUInt64LE() == number)
            #expect(try reader.readUInt16BE() == UInt16(truncatingIfNeeded: number))
            #expect(try reader.readUInt32BE() == UInt32(truncatingIfNeeded: number))
            #expect(try reader.readUInt64BE() == number)
            #expect(try reader.readBytes32() == digest)
            #expect(try reader.readBytes20() == short)
            #expect(try reader.readCompactSize() == UInt64(tail.count))
            #expect(try reader.read(count: tail.count) == tail)
            try reader.finish()
        }
    }

    @Test("a read beyond the end throws and moves nothing", arguments: 0..<8)
    func bounds(available: Int) throws {
        var reader = ByteReader([UInt8](repeating: 0, count: available))
        let end = ByteReaderError.endOfInput(needed: 8, available: available)
        #expect(throws: end) { try reader.readUInt64LE() }
        #expect(throws: end) { try reader.readUInt64BE() }
        #expect(throws: end) { try reader.read(count: 8) }
        #expect(throws: end) { try reader.skip(count: 8) }
        #expect(throws: ByteReaderError.endOfInput(needed: 32, available: available)) {
            try reader.readBytes32()
        }
        #expect(throws: ByteReaderError.endOfInput(needed: 20, available: available)) {
            try reader.readBytes20()
        }
        #expect(throws: ByteReaderError.endOfInput(needed: .max, available: available)) {
            try reader.read(count: .max)
        }
        #expect(reader.remainingCount == available)
        if available > 0 {
            #expect(throws: ByteReaderError.trailingBytes(available)) { try reader.finish() }
        } else {
            #expect(throws: ByteReaderError.endOfInput(needed: 1, available: 0)) {
                try reader.readUInt8()
            }
        }
    }

    @Test(
        "compact sizes at every boundary",
        arguments: zip(
            [0, 0xFC, 0xFD, 0xFFFF, 0x1_0000, 0xFFFF_FFFF, 0x1_0000_0000, UInt64.max],
            [
                "00", "fc", "fdfd00", "fdffff", "fe00000100", "feffffffff",
                "ff0000000001000000", "ffffffffffffffffff",
            ]))
    func compactSize(value: UInt64, encoding: String) throws {
        var writer = ByteWriter()
        writer.appendCompactSize(value)
        #expect(Hex.encode(writer.bytes) == encoding)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.readCompactSize() == value)
        try reader.finish()
        for count in 0..<writer.bytes.count {
            var short = ByteReader(Array(writer.bytes.prefix(count)))
            #expect(throws: ByteReaderError.self) { try short.readCompactSize() }
        }
    }

    @Test(
        "compact sizes that are not in their shortest form are refused",
        arguments: zip(
            [
                "fd0000", "fdfc00", "fe00000000", "feffff0000", "ff0000000000000000",
                "ffffffffff00000000",
            ],
            [0, 0xFC, 0, 0xFFFF, 0, 0xFFFF_FFFF] as [UInt64]))
    func nonMinimal(encoding: String, value: UInt64) throws {
        var reader = ByteReader(try Hex.decode(encoding))
        #expect(throws: ByteReaderError.nonMinimalCompactSize(value)) {
            try reader.readCompactSize()
        }
    }
}
