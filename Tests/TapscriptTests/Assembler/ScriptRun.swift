import Bitcoin
import Tapscript

/// Runs of scripts on the interpreter, as values that can be compared.
enum ScriptRun {
    /// What a script leaves, or nil where it fails.
    static func stack(_ script: Script, on items: [[UInt8]]) -> [[UInt8]]? {
        try? Interpreter.execute(CompiledScript(script), stack: items)
    }

    /// Whether a leaf accepts a witness.
    static func accepts(_ script: Script, _ items: [[UInt8]]) -> Bool {
        (try? Interpreter.evaluate(CompiledScript(script), stack: items)) != nil
    }

    /// Numbers as items.
    static func items(_ numbers: [Int64]) -> [[UInt8]] {
        numbers.map(ScriptNumber.encode)
    }
}
