import Glibc

/// A child process whose input is empty and whose output goes to files.
///
/// Foundation's `Process` waits for everybody who has inherited its notification socket: for a
/// daemon that a script has started, for ever.
struct SpawnedProcess {
    private let identifier: pid_t

    /// Where a child writes to.
    struct Output {
        let standardOutput: String
        let standardError: String
    }

    /// - Parameters:
    ///   - words: The path of the program, then its arguments.
    ///   - environment: All of it.
    init(
        _ words: [String], environment: [String: String], output: Output
    ) throws(SpawnError) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 1, output.standardOutput, writing, 0o600)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 2, output.standardError, writing, 0o600)

        let variables = environment.map { "\($0.key)=\($0.value)" }
        var child: pid_t = 0
        let code = unsafe Self.withStrings(words) { arguments in
            unsafe Self.withStrings(variables) { environment in
                unsafe posix_spawn(
                    &child, words[0], &actions, nil, arguments, environment)
            }
        }
        guard code == 0 else { throw SpawnError(program: words[0], code: code) }
        identifier = child
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: Its exit code, or 128 and the number of the signal that killed it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Lends C strings, ended by a null pointer.
    @unsafe private static func withStrings<Result>(
        _ strings: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("a list with its end has an address")
            }
            return unsafe body(base)
        }
    }
}

/// A program that could not be started.
struct SpawnError: Error {
    let program: String
    let code: Int32
}
