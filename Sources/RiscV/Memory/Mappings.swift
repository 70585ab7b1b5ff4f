internal import Glibc

/// Zeroed memory straight from the system, given back together at the end of the value.
///
/// Pages that are never touched take no memory, however large a section claims to be.
@safe
struct Mappings: ~Copyable {
    private var regions: [UnsafeMutableRawBufferPointer] = unsafe []

    init() {}

    /// Room for some values of a type whose zero bytes are a value.
    mutating func reserve<Value: BitwiseCopyable>(
        _ type: Value.Type, count: Int
    ) throws(ProgramFault) -> UnsafeMutablePointer<Value> {
        let byteCount = max(1, count * MemoryLayout<Value>.stride)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else {
            throw .outOfMemory(byteCount: UInt64(byteCount))
        }
        unsafe regions.append(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
        return unsafe start.bindMemory(to: type, capacity: count)
    }

    deinit {
        for index in unsafe regions.indices {
            unsafe munmap(regions[index].baseAddress, regions[index].count)
        }
    }
}
