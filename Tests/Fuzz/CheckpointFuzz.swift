import Primitives
import RiscV

/// Reads the bytes as the manifest of a checkpoint, as they are and with the digest that makes them
/// whole, so that what comes behind the digest is reached as well.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: byteCount))
    let code = Section(
        name: ".text", start: 0x8000_0000, byteCount: 8, kind: .code,
        content: .initialized([0x73, 0x13]))
    let data = Section(
        name: ".data", start: 0x9000_0000, byteCount: 0x4000, kind: .readWrite,
        content: .uninitialized)
    guard
        let program = try? Program(
            entryPoint: code.start, sections: [code, data, .registers])
    else { preconditionFailure("the sections make a program") }
    for whole in [bytes, bytes + SHA256.hash(bytes).bytes] {
        _ = try? CheckpointManifest(decoding: whole, of: program, name: "fuzz")
    }
    return 0
}
