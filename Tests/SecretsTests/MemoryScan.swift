import Glibc

/// Bytes to look for, kept so that the search itself is no find.
struct Needle {
    private static let mask: UInt8 = 0x5A

    let name: String
    /// Each byte combined with a mask; never put together in the clear.
    private let masked: [UInt8]

    /// - Parameter byte: Gives the byte at an index.
    init(_ name: String, count: Int, byte: (Int) -> UInt8) {
        self.name = name
        masked = (0..<count).map { byte($0) ^ Self.mask }
    }

    /// The same bytes from the last to the first, as libraries keep big numbers.
    var reversed: Needle {
        Needle("\(name), reversed", count: masked.count) { index in
            masked[masked.count - 1 - index] ^ Self.mask
        }
    }

    var count: Int { masked.count }

    func byte(_ index: Int) -> UInt8 { masked[index] ^ Self.mask }

    func matches(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        guard start + masked.count <= bytes.count else { return false }
        for index in masked.indices where unsafe bytes[start + index] ^ Self.mask != masked[index] {
            return false
        }
        return true
    }
}

/// Looks through all memory of this process.
enum MemoryScan {
    struct Find {
        let name: String
        let mapping: String
    }

    enum Failure: Error {
        case unreadable(String)
    }

    private static let chunkByteCount = 1 << 20

    /// Every place of every needle.
    static func search(_ needles: [Needle]) throws -> (finds: [Find], byteCount: Int) {
        let all = needles + needles.map(\.reversed)
        let descriptor = unsafe open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.unreadable("/proc/self/mem") }
        defer { close(descriptor) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(
            byteCount: chunkByteCount, alignment: 16)
        defer { unsafe chunk.deallocate() }
        let overlap = all.map(\.count).max() ?? 0
        var finds: [Find] = []
        var total = 0
        for mapping in try mappings() {
            var address = mapping.start
            while address < mapping.end {
                let wanted = min(chunk.count, mapping.end - address)
                let got = unsafe pread(descriptor, chunk.baseAddress, wanted, off_t(address))
                if got <= 0 { break }
                total += got
                let bytes = unsafe UnsafeRawBufferPointer(rebasing: chunk[..<got])
                finds += unsafe find(all, bytes).map { Find(name: $0, mapping: mapping.name) }
                // A copy of a find in the buffer would be found again in every later chunk.
                unsafe chunk.initializeMemory(as: UInt8.self, repeating: 0)
                address += address + got < mapping.end ? max(got - overlap, 1) : got
            }
        }
        return (finds, total)
    }

    private static func find(_ needles: [Needle], _ bytes: UnsafeRawBufferPointer) -> [String] {
        var starts = [[Int]](repeating: [], count: 256)
        for (index, needle) in needles.enumerated() {
            starts[Int(needle.byte(0))].append(index)
        }
        let isStart = starts.map { !$0.isEmpty }
        var found: [String] = []
        for position in bytes.indices where isStart[Int(unsafe bytes[position])] {
            for index in starts[Int(unsafe bytes[position])]
            where unsafe needles[index].matches(bytes, at: position) {
                found.append(needles[index].name)
            }
        }
        return found
    }

    private static func mappings() throws -> [(start: Int, end: Int, name: String)] {
        guard let file = unsafe fopen("/proc/self/maps", "r") else {
            throw Failure.unreadable("/proc/self/maps")
        }
        defer { unsafe fclose(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = unsafe fread(&buffer, 1, buffer.count, file)
            if got == 0 { break }
            text += buffer[..<got]
        }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            let range = fields[0].split(separator: "-")
            guard fields[1].hasPrefix("r"), let start = Int(range[0], radix: 16),
                let end = Int(range[1], radix: 16)
            else { return nil }
            return (start, end, fields.count > 5 ? String(fields[5]) : "anonymous")
        }
    }
}
