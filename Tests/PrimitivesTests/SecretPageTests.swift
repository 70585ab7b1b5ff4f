import Foundation
import Primitives
import Testing

@Suite("SecretPage and ConstantTime")
struct SecretPageTests {
    @Test(
        "a page is zero at first, and keeps and wipes what is written",
        arguments: [1, 32, 4096, 4097])
    func contents(byteCount: Int) throws {
        var page = try SecretPage(byteCount: byteCount)
        #expect(page.byteCount == byteCount)
        page.withBytes { bytes in
            #expect(bytes.count == byteCount)
            let zero = ConstantTime.isZero(bytes)
            #expect(zero)
        }
        page.withMutableBytes { bytes in
            #expect(bytes.count == byteCount)
            for index in bytes.indices { bytes[index] = 0xA5 }
        }
        page.withBytes { bytes in
            for index in bytes.indices { #expect(bytes[index] == 0xA5) }
        }
        page.wipe()
        let zero = page.withBytes { ConstantTime.isZero($0) }
        #expect(zero)
    }

    @Test("the kernel locks the page, dumps it never, and empties it in a fork")
    func flags() throws {
        let page = try SecretPage(byteCount: 32)
        let address = page.withBytes { bytes in
            unsafe bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
        }
        let flags = try #require(try memoryFlags(at: address))
        #expect(flags.isSuperset(of: ["lo", "dd", "wf"]), "\(flags)")
        let before = try #require(try memoryFlags(at: address - 4096), "a fence below")
        let after = try #require(try memoryFlags(at: address + 4096), "a fence above")
        for fence in [before, after] {
            #expect(fence.isDisjoint(with: ["rd", "wr", "ex"]), "\(fence)")
        }
    }

    @Test("a read beyond the last page stops the process")
    func fence() async {
        await #expect(processExitsWith: .failure) {
            let page = try SecretPage(byteCount: 4096)
            let byte = page.withBytes { bytes in
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe buffer.baseAddress.map { unsafe ($0 + 4096).load(as: UInt8.self) }
                }
            }
            print(byte as Any)
        }
    }

    @Test("a page goes back to the system, whichever way its scope ends")
    func release() throws {
        struct Interruption: Error {}
        var address = 0
        do {
            let page = try SecretPage(byteCount: 1 << 20)
            address = page.withBytes { bytes in
                unsafe bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
            }
            #expect(try memoryFlags(at: address)?.contains("lo") == true)
            try page.withBytes { _ in throw Interruption() }
        } catch is Interruption {
            #expect(try memoryFlags(at: address)?.contains("lo") != true)
        }
    }

    @Test("more memory than there is gives an error, not a crash")
    func noMemory() {
        #expect(throws: SecretPageError.noMemory(errorNumber: ENOMEM)) {
            _ = try SecretPage(byteCount: 1 << 50)
        }
    }

    @Test("comparison sees a difference in every byte and in length")
    func comparison() {
        let bytes = Array(UInt8(1)...64)
        #expect(equal(bytes, Array(bytes)))
        #expect(equal([], []))
        #expect(!equal(bytes, bytes.dropLast()))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!equal(bytes, other))
            var zeros = [UInt8](repeating: 0, count: 64)
            #expect(isZero(zeros))
            zeros[index] = 1
            #expect(!isZero(zeros))
        }
        var wiped = bytes
        var span = wiped.mutableSpan
        ConstantTime.wipe(&span)
        #expect(wiped.allSatisfy { $0 == 0 })
    }

    private func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        ConstantTime.equal(left.span, right.span)
    }

    private func isZero(_ bytes: [UInt8]) -> Bool {
        ConstantTime.isZero(bytes.span)
    }

    /// The kernel's flags of the mapping that an address is in; `nil` when it is in none.
    private func memoryFlags(at address: Int) throws -> Set<String>? {
        // The kernel gives this file a page at a time; `String(contentsOfFile:)` stops at the first.
        let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
        let maps = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        var inside = false
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            let bounds = words.first?.split(separator: "-").compactMap { Int($0, radix: 16) } ?? []
            if bounds.count == 2 {
                inside = (bounds[0]..<bounds[1]).contains(address)
            } else if inside, line.hasPrefix("VmFlags:") {
                return Set(words.dropFirst().map(String.init))
            }
        }
        return nil
    }
}
