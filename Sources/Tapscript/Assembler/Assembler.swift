import Bitcoin

/// Writes a leaf script while keeping track of what lies where.
///
/// Leaf code names items by handle; the assembler finds out how deep they lie and which opcode is
/// the shortest. Only `finish` gives a script out, and only if exactly the declared result is left.
///
/// Using a handle whose item is gone is a caller's bug and stops the program.
///
/// - Source: docs/protocol/assembler.md.
public struct Assembler: Sendable {
    /// Items before the first step, bottom first.
    private(set) var inputs: [ScriptInput] = []
    /// What was written so far, before the peephole pass.
    var steps: [ScriptStep] = []
    /// Names of sections; the first is the script itself.
    private(set) var sections = [""]
    private var openSections = [0]
    /// The main stack, bottom first.
    var stack: [Item] = []
    /// The altstack, bottom first.
    var altStack: [Item] = []
    /// Names by identity.
    private var names: [String] = []

    /// Starts with an empty stack and without steps.
    public init() {}

    // MARK: Names

    /// A new identity.
    mutating func newItem(_ name: String) -> Item {
        names.append(name)
        return Item(id: names.count - 1)
    }

    /// What an item is called; empty where nobody named it.
    public func name(of item: Item) -> String {
        names[item.id]
    }

    /// Calls an item something else from here on; costs nothing.
    public mutating func rename(_ item: Item, as name: String) {
        names[item.id] = name
    }

    // MARK: Inputs

    /// Declares items that the witness puts on the stack, above those declared before.
    ///
    /// - Parameters:
    ///   - name: Of the run; each item gets its 0-based position behind it.
    ///   - count: At least 0.
    ///   - byteCount: The most bytes of each item.
    /// - Returns: First item deepest.
    public mutating func input(_ name: String, count: Int, byteCount: Int = 1) -> Items {
        precondition(steps.isEmpty, "inputs are declared before the first instruction")
        let items = (0..<count).map { newItem("\(name)[\($0)]") }
        stack += items
        inputs += items.map { ScriptInput(name: names[$0.id], maximumByteCount: byteCount) }
        return Items(items)
    }

    /// Declares one item that the witness puts on the stack, above those declared before.
    public mutating func input(_ name: String, byteCount: Int = 1) -> Item {
        precondition(steps.isEmpty, "inputs are declared before the first instruction")
        let item = newItem(name)
        stack.append(item)
        inputs.append(ScriptInput(name: name, maximumByteCount: byteCount))
        return item
    }

    // MARK: Sections

    /// Writes steps that belong together and are listed and measured under a name.
    public mutating func section<Result, Failure: Error>(
        _ name: String, _ body: (inout Assembler) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = sections[openSections.last ?? 0]
        sections.append(outer.isEmpty ? name : outer + "/" + name)
        openSections.append(sections.count - 1)
        defer { openSections.removeLast() }
        return try body(&self)
    }

    // MARK: Steps

    mutating func emit(_ instruction: ScriptStep.Instruction, names: [String] = []) {
        let names = names.allSatisfy(\.isEmpty) ? [] : names
        steps.append(
            ScriptStep(instruction, names: names, sectionIndex: openSections.last ?? 0))
    }

    mutating func emit(_ opcode: Opcode, names: [String] = []) {
        emit(.opcode(opcode), names: names)
    }

    mutating func emit(number: Int64) {
        emit(.push(ScriptNumber.encode(number)))
    }

    // MARK: Trying

    /// A place in a script that can be returned to, within a section.
    struct Place {
        fileprivate let stepCount: Int
        fileprivate let nameCount: Int
        fileprivate let stack: [Item]
        fileprivate let altStack: [Item]
    }

    /// Where the script is.
    var place: Place {
        Place(
            stepCount: steps.count, nameCount: names.count, stack: stack, altStack: altStack)
    }

    /// Forgets what was written since; items that were made since are gone.
    mutating func rewind(to place: Place) {
        steps.removeLast(steps.count - place.stepCount)
        names.removeLast(names.count - place.nameCount)
        (stack, altStack) = (place.stack, place.altStack)
    }

    /// Bytes of the steps since.
    func byteCount(since place: Place) -> Int {
        steps[place.stepCount...].reduce(0) { $0 + $1.byteCount }
    }

    // MARK: Places

    /// How many items lie on the main stack.
    public var itemCount: Int {
        stack.count
    }

    /// Handles to the uppermost items of the main stack, deepest first.
    public func uppermost(_ count: Int) -> Items {
        precondition(count <= stack.count, "the stack has so many items")
        return Items(stack.suffix(count))
    }

    /// How many items lie above an item of the main stack.
    func depth(of item: Item) -> Int {
        guard let position = stack.lastIndex(of: item) else {
            preconditionFailure("\(describe(item)) lies on the main stack")
        }
        return stack.count - 1 - position
    }

    func describe(_ item: Item) -> String {
        names.indices.contains(item.id) ? "item \(item.id) \"\(names[item.id])\"" : "a foreign item"
    }

    func texts(_ items: [Item]) -> [String] {
        items.map { names[$0.id] }
    }
}
