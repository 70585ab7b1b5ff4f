/// The loop of runs that nobody watches.
///
/// It makes whole instructions, and steps are counted where the program jumps: a stretch of code
/// without a jump takes no more steps than `MachineMemory.CodeView.stretchStepCount`, and as long
/// as so many are left, the limit need not be looked at. The last steps are for `MachineLoop`.
enum PlainLoop {
    /// Makes steps as long as they are not among the last ones.
    ///
    /// - Parameters:
    ///   - place: Changed when the loop stops.
    ///   - target: At most so many steps will have been made; not below those made so far.
    /// - Returns: nil if the program goes on.
    static func run(
        _ memory: MachineMemory, from place: inout MachineLoop.Place, to target: UInt64
    ) -> MachineLoop.Stop? {
        while place.counter.micro == 0, let code = try? memory.codeView(at: place.counter.address),
            target - place.stepNumber >= code.stretchStepCount
        {
            let left = min(target - place.stepNumber - code.stretchStepCount, 1 << 62)
            if let stop = run(memory, code, from: &place, to: place.stepNumber + left) {
                return stop
            }
        }
        return nil
    }

    /// Makes steps as long as they are in one section of code and not among the last ones.
    ///
    /// - Parameters:
    ///   - place: At micro 0, in that section; changed when the loop stops.
    ///   - last: No jump is followed after more steps.
    /// - Returns: nil if the program goes on.
    @inline(never)
    private static func run(
        _ memory: MachineMemory, _ code: MachineMemory.CodeView,
        from place: inout MachineLoop.Place, to last: UInt64
    ) -> MachineLoop.Stop? {
        var access = PlainAccess(memory)
        var cursor = PlainCursor(code, place, last: last)
        while true {
            let successor: Successor
            do throws(Trap) {
                successor = try cursor.makeNext(&access)
            } catch {
                place = cursor.place(last)
                // Behind the last instruction of the section: no step of this loop.
                if place.counter.address &- code.start == code.byteCount { return nil }
                place.stepNumber &+= 1
                return .trap(error)
            }
            switch successor {
            case .following: cursor.goOn()
            case .jump(let address):
                let offset = address &- code.start
                if address & 3 == 0, offset < code.byteCount {
                    let target = unsafe UnsafePointer(code.plain + Int(offset >> 2))
                    if unsafe cursor.jump(to: target) { continue }
                    place = cursor.place(last)
                    return nil
                }
                place = cursor.place(last)
                place.counter.address = address
                place.stepNumber &+= 1
                return address & 3 == 0 ? nil : .trap(.unalignedJump(address))
            case .micro(let next):
                place = cursor.place(last)
                place.counter.micro = UInt8(truncatingIfNeeded: next)
                place.stepNumber &+= 1
                let first = place.stepNumber
                if let trap = makeRest(of: memory, code, &place) { return .trap(trap) }
                cursor.count(Int64(place.stepNumber - first))
                cursor.goOn()
            case .halt:
                place = cursor.place(last)
                place.stepNumber &+= 1
                return .halt
            }
        }
    }

    /// Makes those steps of a load or store that only one makes that crosses words.
    ///
    /// - Parameter place: At the first of them, in a section of code; then behind the last one.
    @inline(never)
    private static func makeRest(
        of memory: MachineMemory, _ code: MachineMemory.CodeView, _ place: inout MachineLoop.Place
    ) -> Trap? {
        var access = PlainAccess(memory)
        let index = Int((place.counter.address &- code.start) >> 2)
        let instruction = unsafe UnsafePointer(code.instructions + index)
        while true {
            let step = unsafe Step(
                at: Operands.place(of: instruction), address: place.counter.address,
                micro: UInt32(place.counter.micro))
            place.stepNumber &+= 1
            do throws(Trap) {
                let next = unsafe step.next(
                    try step.makeLater(instruction.pointee.code, &access))
                place.counter = next.counter
                if next.micro == 0 { return nil }
            } catch {
                return error
            }
        }
    }
}
