import RiscV

/// Reads the bytes as an ELF file; what loads is run in two ways, which have to agree.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: byteCount))
    guard let program = try? Program(elf: bytes),
        let machine = try? Machine(program, tracking: .none),
        let recorder = try? Machine(program, tracking: .writesAndHashes)
    else { return 0 }
    let limit: UInt64 = 300
    let result = machine.run(limit: limit)
    var rowCount: UInt64 = 0
    recorder.record(to: limit) { row, _ in
        rowCount += 1
        precondition(row.stepNumber == rowCount, "rows come in order")
        let isFailed = row == TraceRow(stepNumber: rowCount)
        precondition(isFailed || RowJudge.finding(in: row) == nil, "a row is one of a step")
    }
    precondition(recorder.stepNumber == machine.stepNumber, "both make the same steps")
    precondition(recorder.run(limit: limit) == result, "both end in the same way")
    precondition(recorder.counter == machine.counter, "both stand at the same place")
    precondition(
        (0..<34).allSatisfy { machine.register($0) == recorder.register($0) },
        "both have the same registers")
    return 0
}
